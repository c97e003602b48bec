import { listPagePaths, startShop, type Shop } from '@vasistas/example-shop'
import { eventually, openChromium, type ChromiumPage } from '@vasistas/testing'
import type { Browser } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startProduct, type Product } from '../framework/startProduct.ts'
import { watchRequests } from '../framework/visit.ts'

async function openShop(product: Product): Promise<Shop> {
  const key = await product.createSite()
  const shop = await startShop({ port: 0, scriptUrl: `${product.origin}/v.js`, siteKey: key })
  await product.updateSite(key, { origins: [shop.origin] })
  return shop
}

async function newVisitor(browser: Browser, locale = 'en-GB'): Promise<ChromiumPage> {
  return (await browser.newContext({ locale, viewport: { width: 1100, height: 720 } })).newPage()
}

/** The notice lies in a closed shadow tree: it is found as a screen reader finds it, and pressed as a hand does. */
async function press(page: ChromiumPage, name: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const node = await eventually(async () => {
    const { nodes } = await cdp.send('Accessibility.getFullAXTree')
    const found = nodes.find((candidate) => candidate.role?.value === 'button' && candidate.name?.value === name)
    if (found?.backendDOMNodeId === undefined) throw new Error(`no button is called ${name}`)
    return found.backendDOMNodeId
  })
  const { model } = await cdp.send('DOM.getBoxModel', { backendNodeId: node })
  const [left = 0, top = 0, , , right = 0, bottom = 0] = model.content
  await page.mouse.click((left + right) / 2, (top + bottom) / 2)
  await cdp.detach()
}

const storageOf = (page: ChromiumPage) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage).filter((name) => name.startsWith('vasistas')),
    session: Object.keys(sessionStorage).filter((name) => name.startsWith('vasistas')),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cookies: document.cookie,
  }))

const pathsOf = (requests: readonly { readonly url: string }[]) => requests.map(({ url }) => new URL(url).pathname)

describe('before and without consent', () => {
  it('nothing but the loader is asked for, and nothing is kept, before there was an answer', async () => {
    await using product = await startProduct()
    await using browser = await openChromium()
    await using shop = await openShop(product)
    const page = await newVisitor(browser)
    const requests = watchRequests(page, product.origin)
    await page.goto(`${shop.origin}/en/`)
    await page.mouse.click(300, 300)
    await page.mouse.wheel(0, 500)
    await page.waitForTimeout(1500)
    expect(pathsOf(requests)).toEqual(['/v.js'])
    expect(await storageOf(page)).toEqual({ local: [], session: [], databases: [], cookies: '' })
  })

  it.each([
    ['en-GB', 'Refuse', 'en'],
    ['fr-FR', 'Refuser', 'fr'],
  ])(
    'a refusal in %s means no request at all afterwards, and only the refusal is kept',
    async (locale, word, language) => {
      await using product = await startProduct()
      await using browser = await openChromium()
      await using shop = await openShop(product)
      const page = await newVisitor(browser, locale)
      const requests = watchRequests(page, product.origin)
      await page.goto(`${shop.origin}/${language}/`)
      await press(page, word)
      for (const path of listPagePaths()
        .filter((candidate) => candidate.startsWith(`/${language}/`))
        .slice(0, 5)) {
        await page.goto(shop.origin + path)
        await page.waitForTimeout(300)
      }
      expect(new Set(pathsOf(requests))).toEqual(new Set(['/v.js']))
      expect(await storageOf(page)).toEqual({ local: ['vasistas.consent'], session: [], databases: [], cookies: '' })
      expect(await page.evaluate(() => localStorage.getItem('vasistas.consent'))).toContain('"denied"')
      expect(await product.listRecordings()).toEqual([])
    },
  )

  it('a browser that sends Global Privacy Control is not asked and not recorded, whatever the site calls', async () => {
    await using product = await startProduct()
    await using browser = await openChromium()
    await using shop = await openShop(product)
    const page = await newVisitor(browser)
    await page.context().addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })
    })
    const requests = watchRequests(page, product.origin)
    await page.goto(`${shop.origin}/en/`)
    await page.evaluate(() => (window as unknown as Site).vasistas('consent:grant', { recording: true }))
    await page.waitForTimeout(800)
    expect(pathsOf(requests)).toEqual(['/v.js'])
    expect(await page.locator('vasistas-notice').count()).toBe(0)
    expect(await storageOf(page)).toEqual({ local: [], session: [], databases: [], cookies: '' })
  })
})

describe('after consent', () => {
  it('a visitor who accepts is recorded, and one who changes his mind is not any more, in no tab', async () => {
    await using product = await startProduct()
    await using browser = await openChromium()
    await using shop = await openShop(product)
    const page = await newVisitor(browser)
    const requests = watchRequests(page, product.origin)
    await page.goto(`${shop.origin}/en/`)
    await press(page, 'Accept')
    await product.waitForRecording()
    const second = await page.context().newPage()
    await second.goto(`${shop.origin}/en/help`)
    await eventually(() => expect(pathsOf(requests).filter((path) => path === '/v1/start')).toHaveLength(2))

    await page.bringToFront()
    await press(page, 'Recording of your visit: allowed')
    await press(page, 'Stop recording')
    const sentUntilThen = requests.length
    for (const tab of [page, second]) {
      await tab.bringToFront()
      await tab.mouse.move(200, 200)
      await tab.mouse.wheel(0, 400)
      await tab.waitForTimeout(700)
    }
    await second.goto(`${shop.origin}/en/contact`)
    await second.waitForTimeout(500)
    expect(pathsOf(requests.slice(sentUntilThen)).filter((path) => path !== '/v.js')).toEqual([])
    expect(await storageOf(page)).toMatchObject({ local: ['vasistas.consent'], databases: [] })
  })

  it('withdrawing with erasure leaves no recording of this visitor', async () => {
    await using product = await startProduct()
    await using browser = await openChromium()
    await using shop = await openShop(product)
    const page = await newVisitor(browser)
    await page.goto(`${shop.origin}/en/`)
    await press(page, 'Accept')
    const { id } = await product.waitForRecording()
    await page.evaluate(() => (window as unknown as Site).vasistas('consent:withdraw', { erase: true }))
    await eventually(async () => expect(await product.listRecordings()).toEqual([]))
    await expect(product.exportRecording(id)).rejects.toThrow('There is nothing here.')
  })
})

interface Site {
  vasistas(name: string, detail: unknown): void
}
