import { fileURLToPath } from 'node:url'
import { bundleForBrowser, openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import { decodeRecord, type ReplayRecord } from '@vasistas/wire/recording'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRecording } from './aRecording.ts'
import { openPlayerBench, type PlayerBench } from './openPlayerBench.ts'
import type * as recorder from './recorderInPage.ts'

declare global {
  interface Window {
    recorderInPage: typeof recorder
    recording: ReturnType<typeof recorder.begin>
    tell(record: string): Promise<void>
  }
}

let bench: PlayerBench
beforeAll(async () => {
  bench = await openPlayerBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const PAGE = (title: string, body: string) => `<!doctype html><title>${title}</title>
<style>body{margin:0;font:16px sans-serif} .on{color:rgb(200,0,0)} li:nth-child(odd){opacity:.5} .tall{height:2000px} .box{height:40px;overflow:auto}</style>
<script src="/recorder.js"></script><script>recording = recorderInPage.begin((record) => tell(record))</script>${body}`

const HOME = PAGE(
  'Home',
  `<h1 id="title">Doors</h1><ul id="list"><li>oak</li><li>ash</li></ul><div class="box"><p class="tall">long</p></div>
  <div id="host"></div><iframe srcdoc="<!doctype html><p class=inside>inside</p>" width="200" height="60"></iframe><a href="/basket">basket</a>
  <script>
    host.attachShadow({ mode: 'open' }).innerHTML = '<style>b{color:rgb(0,0,200)}</style><b>shadow</b>'
    function grow() { for (let i = 0; i < 30; i++) { const li = document.createElement('li'); li.textContent = 'tree ' + String.fromCharCode(97 + i % 26); list.append(li) } title.className = 'on' }
    function mix() { list.append(...[...list.children].reverse()); list.children[3].remove(); document.querySelector('.box').scrollTop = 300 }
    function style() { document.styleSheets[0].insertRule('h1 { margin-left: 33px }', 0); const sheet = new CSSStyleSheet(); sheet.replaceSync('ul { padding-left: 55px }'); document.adoptedStyleSheets = [sheet] }
    function deep() { host.shadowRoot.querySelector('b').textContent = 'changed'; document.querySelector('iframe').contentDocument.querySelector('p').append(' and more') }
  </script>`,
)
const BASKET = PAGE('Basket', '<h2>Basket</h2><p class="tall"></p>')

/** What the visited and the replayed page must have in common. */
function describeInPage(document: Document): readonly unknown[] {
  const told: unknown[] = []
  const look = (root: Document | ShadowRoot, depth: number): void => {
    for (const element of root.querySelectorAll('body *')) describe(element, depth)
    if (!('body' in root)) for (const element of root.querySelectorAll('*')) describe(element, depth)
  }
  const describe = (element: Element, depth: number): void => {
    if (/^(?:script|noscript|style)$/.test(element.localName)) return
    const { color, opacity, marginLeft, paddingLeft } = (element.ownerDocument.defaultView ?? window).getComputedStyle(
      element,
    )
    const own = [...element.childNodes]
      .filter(({ nodeType }) => nodeType === 3)
      .map(({ nodeValue }) => nodeValue?.trim())
    told.push([
      depth,
      element.localName,
      own.filter(Boolean),
      element.scrollTop,
      color,
      opacity,
      marginLeft,
      paddingLeft,
    ])
    if (element.shadowRoot) look(element.shadowRoot, depth + 1)
    if (element.localName === 'iframe') look((element as HTMLIFrameElement).contentDocument as Document, depth + 1)
  }
  look(document, 0)
  told.push(document.scrollingElement?.scrollTop)
  return told
}

describe('a recorded visit', () => {
  it('is replayed as it was at every moment, sought back and forth', async () => {
    const script = await bundleForBrowser(
      fileURLToPath(new URL('recorderInPage.ts', import.meta.url)),
      'recorderInPage',
    )
    await using site = await startStaticServer({ '/': HOME, '/basket': BASKET, '/recorder.js': script })
    await using browser = await openChromium()
    const visitor = await browser.newPage({ viewport: { width: 900, height: 500 } })
    const loads: ReplayRecord[][] = []
    visitor.on('framenavigated', (frame) => {
      if (frame === visitor.mainFrame()) loads.push([])
    })
    await visitor.exposeFunction('tell', (text: string) => {
      const record = decodeRecord(JSON.parse(text))
      if (record) loads.at(-1)?.push(record)
    })

    const moments: { readonly at: number; readonly told: readonly unknown[] }[] = []
    const remember = async () => {
      // What waits is told, and a moment later nothing new has come.
      await visitor.evaluate(() => window.recording?.flush())
      await visitor.waitForTimeout(300)
      await visitor.evaluate(() => window.recording?.flush())
      const [at, told] = await describeNow(visitor)
      moments.push({ at, told })
      await visitor.waitForTimeout(30)
    }
    await visitor.goto(site.origin)
    await remember()
    for (const name of ['grow', 'mix', 'style', 'deep']) {
      await visitor.evaluate(`${name}()`)
      await remember()
    }
    await visitor.click('a')
    await visitor.waitForURL('**/basket')
    await visitor.mouse.wheel(0, 400)
    await visitor.waitForFunction(() => (document.scrollingElement?.scrollTop ?? 0) > 300)
    await remember()
    await visitor.close()

    const recording = aRecording(
      loads.filter(({ length }) => length > 0).map((records, index) => ({ stream: index + 1, batches: [records] })),
    )
    const start = Math.min(...recording.manifest.streams.map(({ batches }) => batches[0]?.firstAt ?? Infinity))
    const { page, loaded, seek } = await bench.open(recording)
    await loaded()
    for (const { at, told } of [...moments, ...moments.toReversed()]) {
      await seek(at - start)
      const frame = await page.evaluateHandle(() => window.player.frame.contentDocument as Document)
      expect(await frame.evaluate(describeInPage)).toEqual(told)
    }
    await page.close()
  })
})

async function describeNow(visitor: ChromiumPage): Promise<readonly [number, readonly unknown[]]> {
  const document = await visitor.evaluateHandle(() => window.document)
  const told = await document.evaluate(describeInPage)
  return [await visitor.evaluate(() => Date.now()), told]
}
