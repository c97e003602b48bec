import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listPagePaths, startShop } from '@vasistas/example-shop'
import { openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import { describe, expect, it } from 'vitest'
import { comparePages } from '../framework/comparePages.ts'
import { comparePictures } from '../framework/comparePictures.ts'
import { describeDocument } from '../framework/describeDocument.ts'
import type { DescribedElement } from '../framework/describePage.ts'
import { openReplay, type Replay } from '../framework/openReplay.ts'
import { startProduct, type Product } from '../framework/startProduct.ts'
import { leave, openConsentingVisitor, VIEWPORT } from '../framework/visit.ts'
import { withoutKnown } from './knownDifferences.ts'
import { SITES } from '../sites/index.ts'

/** Share of pixels: masks, redactions and placeholders change letters, antialiasing the rest. */
const PICTURE_TOLERANCE = 0.04
const STILL_MS = 700
const NO_NOTICE = 'data-notice="off"'

interface Moment {
  readonly name: string
  readonly at: number
  readonly page: readonly DescribedElement[]
  readonly picture: Buffer
}

/** Some pages change by themselves: a moment counts when the page was the same before and after its picture. */
async function remember(page: ChromiumPage, name: string): Promise<Moment> {
  await page.waitForTimeout(STILL_MS)
  await waitForTransitions(page)
  for (;;) {
    const before = await describeDocument(page)
    const at = Date.now()
    const picture = await page.screenshot()
    const after = await describeDocument(page)
    if (JSON.stringify(before) !== JSON.stringify(after)) continue
    await page.waitForTimeout(STILL_MS)
    return { name, at, page: after, picture }
  }
}

/** A colour on its way is another one in every picture. Bounded, because a page may begin ever new ones. */
async function waitForTransitions(page: ChromiumPage): Promise<void> {
  for (let look = 0; look < 20; look++) {
    const isMoving = await page.evaluate(() =>
      document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === 'running'),
    )
    if (!isMoving) return
    await page.waitForTimeout(100)
  }
}

/** As large as the visitor's window was at that moment: the player scales a page down to its container. */
async function sizeAs(page: ChromiumPage, picture: Buffer): Promise<void> {
  await page.setViewportSize({ width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) })
}

async function replayOf(product: Product, page: ChromiumPage): Promise<Replay> {
  await product.signIn(page)
  const { id } = await product.waitForRecording()
  await product.waitForAssets()
  return openReplay(page, product.origin, id)
}

/** Forwards, backwards, and forwards again over the same moments. */
async function compareMoments(
  replay: Replay,
  page: ChromiumPage,
  moments: readonly Moment[],
  echoes: readonly string[],
) {
  const differences: Record<string, string[]> = {}
  for (const { name, at, page: visited, picture } of [...moments, ...moments.toReversed(), ...moments.slice(-1)]) {
    await sizeAs(page, picture)
    await replay.seekTo(at)
    await page.waitForTimeout(150)
    const found = comparePages(visited, await replay.describe(), { echoes })
    if (found.length > 0) differences[name] = found
    const share = await comparePictures(page, picture, await replay.screenshot())
    if (share <= PICTURE_TOLERANCE) continue
    differences[`${name} (picture)`] = [`${(share * 100).toFixed(1)} % of the pixels differ`]
    keepPictures(name, picture, await replay.screenshot())
  }
  return differences
}

/** With VASISTAS_PICTURES=folder, both pictures of a difference are left there to look at. */
function keepPictures(name: string, visited: Buffer, replayed: Buffer): void {
  const folder = process.env['VASISTAS_PICTURES']
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  const stem = join(folder, name.replace(/\W+/g, '-'))
  writeFileSync(`${stem}.visited.png`, visited)
  writeFileSync(`${stem}.replayed.png`, replayed)
}

describe('a replayed page equals the visited page', () => {
  it.each(SITES)('on the test site $name, after every step and after seeking back and forth', async (site) => {
    await using product = await startProduct()
    await using browser = await openChromium()
    const key = await product.createSite()
    await using server = await startStaticServer(site.pages(product.snippet(key, NO_NOTICE)))
    await product.updateSite(key, { origins: [server.origin] })

    const visitor = await openConsentingVisitor(browser)
    await visitor.goto(server.origin + site.start)
    const moments = [await remember(visitor, 'arrival')]
    for (const step of site.steps) {
      await step.run(visitor)
      moments.push(await remember(visitor, step.name))
    }
    await leave(visitor)

    const agent = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
    const replay = await replayOf(product, agent)
    expect(withoutKnown(site.name, await compareMoments(replay, agent, moments, site.typed))).toEqual({})
  })

  it.each(listPagePaths().filter((path) => path.startsWith('/en/')))('on the demo shop’s page %s', async (path) => {
    await using product = await startProduct()
    await using browser = await openChromium()
    const key = await product.createSite()
    await using shop = await startShop({ port: 0, scriptUrl: `${product.origin}/v.js`, siteKey: key })
    await product.updateSite(key, { origins: [shop.origin] })

    const visitor = await openConsentingVisitor(browser)
    await visitor.goto(shop.origin + path)
    const moments = [await remember(visitor, 'arrival')]
    await visitor.mouse.wheel(0, 600)
    moments.push(await remember(visitor, 'scrolled'))
    await leave(visitor)

    const agent = await (await browser.newContext({ viewport: VIEWPORT })).newPage()
    const replay = await replayOf(product, agent)
    expect(await compareMoments(replay, agent, moments, [])).toEqual({})
  })
})
