import { gzipSync } from 'node:zlib'
import {
  aPageLoad,
  eventually,
  openChromium,
  startStaticServer,
  startVisit,
  type ChromiumPage,
  type StaticServer,
} from '@vasistas/testing'
import {
  encodeRecords,
  encodeReplayBatch,
  rrweb,
  type ReplayRecord,
  type SerializedNode,
} from '@vasistas/wire/recording'
import { describe, expect, it } from 'vitest'
import { startProduct, type Product } from '../framework/startProduct.ts'

const PAGE_ORIGIN = 'https://shop.example'
const RUN = 'top.pwned = parent.pwned = window.pwned = 1'

const element = (
  id: number,
  tagName: string,
  attributes: Record<string, string>,
  children: SerializedNode[] = [],
): SerializedNode => ({
  type: rrweb.NODE.element,
  id,
  tagName,
  attributes,
  childNodes: children,
})
const text = (id: number, content: string): SerializedNode => ({ type: rrweb.NODE.text, id, textContent: content })

/** Ways to run something or to reach somebody, as a forger would put them into a recording. */
function hostileNodes(evil: string): readonly (readonly [how: string, node: SerializedNode])[] {
  return [
    ['a script', element(10, 'script', {}, [text(11, RUN)])],
    ['a script from elsewhere', element(10, 'script', { src: `${evil}/x.js` })],
    ['an event handler', element(10, 'img', { src: `${evil}/x.png`, onerror: RUN, onload: RUN })],
    ['a handler that needs nobody', element(10, 'details', { open: '', ontoggle: RUN }, [text(11, 'x')])],
    ['a javascript: address', element(10, 'iframe', { src: `javascript:${RUN}` })],
    [
      'a document in an attribute',
      element(10, 'iframe', { srcdoc: `<script>${RUN}</script><img src="${evil}/s.png">` }),
    ],
    [
      'an animation that sets an address',
      element(10, 'svg', {}, [element(11, 'set', { attributeName: 'href', to: `javascript:${RUN}` })]),
    ],
    ['a refresh', element(10, 'meta', { 'http-equiv': 'refresh', content: `0;url=${evil}/refresh` })],
    ['a base', element(10, 'base', { href: `${evil}/` })],
    ['an object', element(10, 'object', { data: `${evil}/object.svg`, type: 'image/svg+xml' })],
    ['an embed', element(10, 'embed', { src: `${evil}/embed.svg` })],
    ['a sheet from elsewhere', element(10, 'link', { rel: 'stylesheet', href: `${evil}/sheet.css` })],
    [
      'a sheet that imports and fetches',
      element(10, 'style', { _cssText: `@import "${evil}/i.css"; body { background: url(${evil}/b.png) }` }),
    ],
    [
      'a style that fetches',
      element(10, 'div', { style: `background-image: url("${evil}/style.png")` }, [text(11, 'x')]),
    ],
    [
      'a form that goes by itself',
      element(10, 'form', { action: `${evil}/form` }, [element(11, 'input', { autofocus: '', onfocus: RUN })]),
    ],
    ['media from elsewhere', element(10, 'video', { src: `${evil}/v.mp4`, poster: `${evil}/p.png`, autoplay: '' })],
    ['an image set', element(10, 'img', { srcset: `${evil}/set.png 1x` })],
  ]
}

/** Notes everything that anybody asks of it. */
async function startEvil(asked: string[]): Promise<StaticServer> {
  const answer = (request: { url?: string }, response: { writeHead(status: number): { end(body: string): void } }) => {
    asked.push(request.url ?? '')
    response.writeHead(200).end('')
  }
  return startStaticServer(new Proxy({}, { get: () => answer }) as Parameters<typeof startStaticServer>[0])
}

async function openSite(product: Product): Promise<string> {
  const site = await product.createSite([PAGE_ORIGIN])
  // The running server hears of it within a second.
  await eventually(() => startVisit({ origin: product.origin, site, pageOrigin: PAGE_ORIGIN }))
  return site
}

async function sendForged(product: Product, site: string, records: readonly ReplayRecord[]): Promise<string> {
  const visit = await startVisit({ origin: product.origin, site, pageOrigin: PAGE_ORIGIN })
  const response = await visit.openStream().send(records)
  expect(response.status).toBe(200)
  await product.waitForIndex()
  return visit.recording
}

const isUntouched = (page: ChromiumPage) =>
  page.evaluate(
    () =>
      !Object.hasOwn(window, 'pwned') &&
      [...document.querySelectorAll('iframe')].every(
        (frame) => !frame.contentWindow || !Object.hasOwn(frame.contentWindow, 'pwned'),
      ),
  )

describe('a forged recording', () => {
  // Addresses of sheets and images are told of honest pages too; that nobody goes there is the player's part, below.
  it('shows no code that it carries to the player and to exports', async () => {
    await using product = await startProduct()
    const site = await openSite(product)
    const harmless = await sendForged(product, site, aPageLoad(`${PAGE_ORIGIN}/`, Date.now()))
    expect(await product.exportRecording(harmless)).toContain('"href":"https://shop.example/"')
    for (const [how, node] of hostileNodes('https://evil.example')) {
      const recording = await sendForged(product, site, aPageLoad(`${PAGE_ORIGIN}/`, Date.now(), [node]))
      expect(await product.exportRecording(recording), how).not.toMatch(/pwned|javascript:|srcdoc/)
    }
  })

  it('runs nothing and fetches nothing in the dashboard, even when it got past the server', async () => {
    const asked: string[] = []
    await using evil = await startEvil(asked)
    await using product = await startProduct()
    await using browser = await openChromium()
    const at = Date.now()
    const recording = await sendForged(
      product,
      await openSite(product),
      aPageLoad(`${PAGE_ORIGIN}/`, at, [element(10, 'p', {}, [text(11, 'harmless')])]),
    )
    await product.waitForRecording()
    for (const [how, node] of hostileNodes(evil.origin)) {
      const context = await browser.newContext()
      const page = await context.newPage()
      const outside: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith(product.origin) && !/^(?:data|blob|about):/.test(request.url()))
          outside.push(request.url())
      })
      page.on('dialog', (dialog) => complaints.push(dialog.message()))
      await product.signIn(page)
      await page.route('**/api/recordings/*/batches*', async (route) => {
        const stream = Number(new URL(route.request().url()).searchParams.get('stream'))
        const records: ReplayRecord[] = [
          ...aPageLoad(`${PAGE_ORIGIN}/`, at, [element(20, 'p', {}, [text(21, 'shown')]), node]),
          {
            type: 'mutation',
            at: at + 50,
            removes: [],
            texts: [],
            attributes: [],
            adds: [{ parentId: 3, nextId: null, node: element(30, 'div', {}, [node]) }],
          },
        ]
        const payload = new Uint8Array(gzipSync(encodeRecords(records)))
        await route.fulfill({
          contentType: 'application/octet-stream',
          body: Buffer.from(encodeReplayBatch({ stream, sequence: 0, gzip: true, payload })),
        })
      })
      await page.goto(`${product.origin}/recordings/${recording}`)
      await eventually(async () => {
        const shown = await page.evaluate(() =>
          [...document.querySelectorAll('iframe')].some((frame) =>
            frame.contentDocument?.body?.textContent?.includes('shown'),
          ),
        )
        expect(shown, `${how}: the rest of the page is shown`).toBe(true)
      })
      await page.waitForTimeout(400)
      expect(await isUntouched(page), `${how}: nothing ran`).toBe(true)
      expect(outside, `${how}: nothing was fetched`).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    }
    expect(asked).toEqual([])
  })
})
