import { fileURLToPath } from 'node:url'
import { bundleForBrowser, eventually, openChromium, startStaticServer, type StaticServer } from '@vasistas/testing'
import { rrweb, type AttributeValue, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type * as rebuilding from '../src/rebuild/rrwebReplay.ts'
import { aNode, aPage, aRecording, element, mutation, opening, START, STREAM, type Page } from './aRecording.ts'
import { openPlayerBench, type PlayerBench } from './openPlayerBench.ts'

/** Whoever is asked for anything here writes it down. */
const asked: string[] = []
let evil: StaticServer
let bench: PlayerBench
const RUN = 'top.pwned = (top.pwned || 0) + 1; parent.pwned = 1; window.pwned = 1'

beforeAll(async () => {
  evil = await startStaticServer(
    new Proxy(
      {},
      {
        get:
          () =>
          (
            request: { url?: string },
            response: { writeHead: (status: number, head: object) => { end: (body: string) => void } },
          ) => {
            asked.push(request.url ?? '')
            response
              .writeHead(200, { 'content-type': 'text/css', 'access-control-allow-origin': '*' })
              .end(`*{color:red}`)
          },
      },
    ),
  )
  bench = await openPlayerBench()
})
afterAll(async () => {
  await bench[Symbol.asyncDispose]()
  await evil.close()
})
beforeEach(() => {
  asked.length = 0
  bench.requests.length = 0
})

const at = (path: string) => `${evil.origin}/${path}`

/** Every attribute through which a browser was ever made to load, run or go somewhere. */
const ADDRESS_ATTRIBUTES =
  'src href srcset data action formaction poster background ping cite longdesc manifest profile codebase classid archive code object usemap icon lowsrc dynsrc xlink:href xml:base imagesrcset srcdoc content'.split(
    ' ',
  )
const ELEMENTS =
  'a applet area audio base bgsound blockquote body button del embed fencedframe form frame head html iframe image img input ins isindex link meta object portal q script source style table td track video webview x-custom'.split(
    ' ',
  )
const SVG_ELEMENTS =
  'a animate feImage filter image linearGradient mpath pattern script set style textPath use foreignObject'.split(' ')
const HANDLERS =
  'onload onerror onclick onfocus onmouseover onanimationstart ontoggle onbegin onend onpageshow onresize onbeforetoggle onscrollend oncontentvisibilityautostatechange'

function everyAddress(path: string): Record<string, AttributeValue> {
  const attributes = Object.fromEntries(ADDRESS_ATTRIBUTES.map((name) => [name, at(`${path}/${name}`)]))
  return {
    ...attributes,
    ...Object.fromEntries(HANDLERS.split(' ').map((name) => [name, RUN])),
    srcset: `${at(`${path}/srcset`)} 1x, ${at(`${path}/srcset2`)} 2x`,
    srcdoc: `<script>${RUN}</script><img src="${at(`${path}/srcdoc`)}">`,
    rel: 'stylesheet preload prefetch dns-prefetch preconnect modulepreload icon',
    'http-equiv': 'refresh',
    content: `0;url=${at(`${path}/refresh`)}`,
    as: 'script',
    type: 'module',
    autofocus: true,
    autoplay: true,
    target: '_top',
    style: `background:url(${at(`${path}/style`)});cursor:url("${at(`${path}/cursor`)}"),auto`,
    rr_dataURL: at(`${path}/dataurl`),
    _cssText: `@import url(${at(`${path}/css`)});*{background:url(${at(`${path}/cssbg`)})}`,
  }
}

const SHEETS = (path: string) => [
  `@import "${at(`${path}/1`)}";`,
  `@import url(${at(`${path}/2`)}) screen;`,
  `<!-- @import "${at(`${path}/3`)}"; -->`,
  `@\\69mport "${at(`${path}/4`)}";`,
  `@IMPORT/**/"${at(`${path}/5`)}";`,
  `body{background:url(${at(`${path}/6`)})}`,
  `body{background:u\\72l(${at(`${path}/7`)})}`,
  `body{background:URL( "${at(`${path}/8`)}" )}`,
  `body{background-image:image-set("${at(`${path}/9`)}" 1x)}`,
  `body{--a:"${at(`${path}/10`)}";background-image:image-set(var(--a) 1x)}`,
  `body{background-image:-webkit-image-set(url(${at(`${path}/11`)}) 1x)}`,
  `@font-face{font-family:f;src:url(${at(`${path}/12`)}),url('${at(`${path}/13`)}') format("woff2")} body{font-family:f}`,
  `body::before{content:url(${at(`${path}/14`)})}`,
  `body{list-style:url(${at(`${path}/15`)});border-image:url(${at(`${path}/16`)}) 1;mask:url(${at(`${path}/17`)}#m);filter:url(${at(`${path}/18`)}#f);shape-outside:url(${at(`${path}/19`)})}`,
  `body{background:url("data:text/html,<script>${RUN}</script>")}`,
  `@namespace url(${at(`${path}/20`)});`,
  `@media all{@import "${at(`${path}/21`)}";body{background:url(${at(`${path}/22`)})}}`,
  `body{background:url("${at(`${path}/23`)}`,
  `a{b:"\n}@import "${at(`${path}/24`)}";`,
  `body{background:url@x("${at(`${path}/25`)}")}`,
  `body{background:cross-fade(url(${at(`${path}/26`)}),red)}`,
  `@property --u{syntax:"<url>";inherits:false;initial-value:url(${at(`${path}/27`)})} body{background:var(--u)}`,
  `@charset "utf-8";@import "${at(`${path}/28`)}";`,
  `/*/@import "${at(`${path}/29`)}";/**/@import "${at(`${path}/30`)}";`,
]

function aHostilePage({ isBuildable = false } = {}): Page {
  return aPage(
    [
      ...ELEMENTS.map((name) =>
        element(name, { ...everyAddress(`html/${name}`), key: name }, name === 'script' ? [RUN] : ['text']),
      ),
      element(
        'svg',
        everyAddress('svg/svg'),
        [
          ...SVG_ELEMENTS.map((name) =>
            element(
              name,
              {
                ...everyAddress(`svg/${name}`),
                attributeName: 'href',
                to: `javascript:${RUN}`,
                begin: '0s',
                dur: '1s',
              },
              name === 'script' ? [RUN] : [],
              { isSVG: true },
            ),
          ),
          element(
            'a',
            {},
            [element('set', { attributeName: 'xlink:href', to: at('svg/set-to') }, [], { isSVG: true })],
            { isSVG: true },
          ),
          element('animate', { attributeName: 'onbegin', to: RUN }, [], { isSVG: true }),
          element(
            'rect',
            { fill: `url(${at('svg/fill')}#a)`, filter: `url(${at('svg/filter')}#a)`, width: '10', height: '10' },
            [],
            { isSVG: true },
          ),
        ],
        { isSVG: true },
      ),
      ...[
        // oxlint-disable-next-line no-script-url -- it is what must not run
        'javascript:',
        ' java\nscript:',
        'vbscript:',
        'data:text/html,',
        'blob:',
        'filesystem:',
        'file:///',
        'view-source:',
      ].map((scheme) => element('a', { href: `${scheme}${RUN}`, key: scheme }, ['link'])),
      element('iframe', { key: 'frame', srcdoc: `<script>${RUN}</script>`, src: `javascript:${RUN}` }),
      element('div', { key: 'host' }, [element('script', {}, [RUN], { isShadow: true })], { isShadowHost: true }),
      // A browser refuses shadow roots here with an exception, in the middle of rebuilding.
      ...(isBuildable ? [] : [element('img', {}, [element('p', {}, [], { isShadow: true })], { isShadowHost: true })]),
      element(
        'form',
        { key: 'form' },
        (isBuildable ? [] : ['appendChild', 'setAttribute', 'childNodes', 'parentNode', 'nodeName']).map((name) =>
          element('input', { name, id: name }),
        ),
      ),
      ...(isBuildable ? [] : [element('__proto__', { constructor: 'x' }), element('constructor')]),
      element('style', {}, SHEETS('styletext')),
      ...SHEETS('sheet').map((css) => element('style', { _cssText: css })),
      ...SHEETS('link').map((css) => element('link', { rel: 'stylesheet', _cssText: css })),
    ],
    [
      element('link', { rel: 'stylesheet', href: at('link.css') }),
      element('link', { rel: 'preload', as: 'image', href: at('preload.png') }),
      element('base', { href: at('base/') }),
      element('meta', { 'http-equiv': 'refresh', content: `0;url=${at('refresh')}` }),
    ],
  )
}

function hostileRecords(page: Page): readonly ReplayRecord[] {
  const body = page.id('body')
  const doc = (id: number): SerializedNode => ({
    type: rrweb.NODE.document,
    id,
    childNodes: [
      aNode(
        element('html', {}, [
          element('head', {}, [element('style', { _cssText: SHEETS('frame')[0] ?? '' })]),
          element('body', {}, [
            element('script', {}, [RUN]),
            element('img', everyAddress('frame/img')),
            element('iframe', everyAddress('frame/iframe')),
          ]),
        ]),
        id + 1,
      ),
    ],
  })
  const moved = ELEMENTS.map((name, index) => ({
    parentId: body,
    nextId: null,
    node: aNode(element(name, everyAddress(`added/${name}`)), 50_000 + index * 10),
  }))
  return [
    ...opening(page),
    mutation(100, { adds: [{ parentId: page.id('frame'), nextId: null, node: doc(40_000) }], isAttachIframe: true }),
    mutation(200, { adds: moved }),
    mutation(300, {
      attributes: [
        ...ELEMENTS.map((name) => ({ id: page.id(name), attributes: everyAddress(`changed/${name}`) })),
        { id: 50_000, attributes: { href: `javascript:${RUN}` } },
      ],
    }),
    mutation(400, {
      adds: SHEETS('addedtext').map((css, index) => ({
        parentId: page.id('style'),
        nextId: null,
        node: { type: rrweb.NODE.text, id: 60_000 + index, textContent: css },
      })),
    }),
    mutation(450, { texts: SHEETS('texts').map((value, index) => ({ id: 60_000 + index, value })) }),
    ...SHEETS('rule').map((rule): ReplayRecord => ({
      type: 'style-sheet',
      at: START + 500,
      node: page.id('style'),
      adds: [{ rule, index: 0 }],
    })),
    ...SHEETS('replace').map((replace): ReplayRecord => ({
      type: 'style-sheet',
      at: START + 500,
      node: page.id('style'),
      replace,
    })),
    {
      type: 'adopted-sheets',
      at: START + 600,
      node: 1,
      styleIds: [1, 2, 99],
      styles: [
        { styleId: 1, rules: SHEETS('adopted').map((rule) => ({ rule, index: 0 })) },
        { styleId: 2, rules: [] },
      ],
    },
    { type: 'style-sheet', at: START + 650, styleId: 2, replace: SHEETS('adoptedreplace').join('\n') },
    // Nonsense that would make a trusting player throw, loop or hang.
    mutation(700, {
      adds: Array.from({ length: 2000 }, (_, index) => ({
        parentId: body,
        nextId: 900_000 + index,
        node: aNode(element('i'), 70_000 + index),
      })),
    }),
    mutation(710, {
      adds: Array.from({ length: 2000 }, (_, index) => ({
        parentId: 910_000 + index,
        nextId: null,
        node: aNode(element('i'), 80_000 + index),
      })),
    }),
    mutation(720, {
      adds: [
        { parentId: body, nextId: null, node: aNode(element('div'), body) },
        {
          parentId: body,
          nextId: null,
          node: { type: rrweb.NODE.doctype, id: 90_000, name: 'html', publicId: '', systemId: '' },
        },
        { parentId: 1, nextId: null, node: { type: rrweb.NODE.text, id: 90_001, textContent: 'text of a document' } },
      ],
    }),
    mutation(730, {
      removes: [
        { parentId: 1, id: 1 },
        { parentId: body, id: 123_456 },
      ],
    }),
    { type: 'focus', at: START + 740, node: page.id('iframe'), focused: true },
    { type: 'scroll', at: START + 750, node: 1, left: 1e308, top: -1e308 },
    { type: 'viewport', at: START + 760, width: 1e9, height: -5 },
    { type: 'input', at: START + 770, node: page.id('input'), text: RUN, checked: true },
    {
      type: 'media',
      at: START + 780,
      node: page.id('video'),
      action: 'play',
      currentTime: -1,
      volume: 55,
      muted: false,
      loop: true,
      playbackRate: 1e9,
    },
    {
      type: 'error',
      at: START + 790,
      name: `<img src=${at('error')} onerror=${RUN}>`,
      message: `<script>${RUN}</script>`,
    },
    { type: 'custom', at: START + 800, name: `<img src=${at('event')}>`, props: {} },
    { type: 'navigation', at: START + 810, url: `javascript:${RUN}` },
    mutation(1000, { adds: [{ parentId: body, nextId: null, node: aNode(element('p', {}, []), 99_000) }] }),
  ]
}

describe('a forged recording', () => {
  it('runs nothing and fetches nothing', async () => {
    const page = aHostilePage()
    const {
      page: tab,
      loaded,
      seek,
    } = await bench.open(aRecording([{ stream: STREAM, batches: [hostileRecords(page)] }]))
    const errors: string[] = []
    tab.on('pageerror', (error) => errors.push(error.message))
    await loaded()
    expect(await tab.evaluate(() => window.player.state.status)).toBe('paused')
    await tab.evaluate(() => {
      window.player.setSpeed(1)
      window.player.play()
    })
    await eventually(async () => expect(await tab.evaluate(() => window.player.state.status)).toBe('ended'))
    await seek(500)
    await seek(1000)
    await tab.mouse.click(300, 300)
    await tab.keyboard.press('Tab')
    await tab.keyboard.press('Enter')
    await new Promise((resolve) => setTimeout(resolve, 500))

    expect(asked).toEqual([])
    expect(bench.requests.filter((path) => path !== '/favicon.ico')).toEqual([])
    expect(await tab.evaluate(() => 'pwned' in window || 'pwned' in (window.player.frame.contentWindow ?? {}))).toBe(
      false,
    )
    expect(errors).toEqual([])
    expect(tab.url()).toBe(`${bench.origin}/`)
    const remains = await tab.evaluate(() => {
      const found: string[] = []
      const look = (root: Document | ShadowRoot) => {
        for (const element of root.querySelectorAll('*')) {
          if (/^(script|base|applet|portal)$/i.test(element.localName)) found.push(element.localName)
          for (const { name, value } of element.attributes) {
            if (/^(on|src|action|ping|http-equiv|data$|formaction|autofocus|xml:base)/i.test(name))
              found.push(`${element.localName} ${name}`)
            if (/javascript:|127\.0\.0\.1/i.test(value) && !/^(to|data-|alt|title)/.test(name))
              found.push(`${element.localName} ${name}=${value}`)
          }
          if (element.shadowRoot) look(element.shadowRoot)
          const inner = 'contentDocument' in element ? (element.contentDocument as Document | null) : null
          if (inner) look(inner)
        }
      }
      const document = window.player.frame.contentDocument
      if (document) look(document)
      return found
    })
    expect(remains).toEqual([])
    // It was really built: what was harmless of it is there, to the last record.
    expect(await tab.evaluate(() => window.player.frame.contentDocument?.querySelectorAll('body i').length)).toBe(2000)
    expect(
      await tab.evaluate(() => window.player.frame.contentDocument?.querySelector('body > p:last-child')?.localName),
    ).toBe('p')
    expect(await tab.evaluate(() => window.player.frame.getAttribute('sandbox'))).toBe('allow-same-origin')
    await tab.close()
  })

  it('shows images of our own copies and of nowhere else', async () => {
    const page = aPage([
      element('img', { src: 'https://shop.example/door.png', srcset: 'https://shop.example/2.png 2x' }),
      element('div', { style: `background:url(https://shop.example/bg.png);height:9px` }),
      element('video', { poster: 'https://shop.example/poster.png' }),
      element('img', { src: '/relative.png' }),
      element('img', { src: `${bench.origin}/api/state` }),
      element('img', {
        src: 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7',
        key: 'data',
      }),
      element('style', {
        _cssText: '@font-face{font-family:f;src:url(https://shop.example/f.woff2)} body{font-family:f}',
      }),
    ])
    const { page: tab, loaded } = await bench.open(
      aRecording([{ stream: STREAM, batches: [opening(page)] }], '/assets/'),
    )
    await loaded()
    const copy = (url: string) => `/assets/${encodeURIComponent(url)}`
    await eventually(() =>
      expect(bench.requests).toEqual(
        expect.arrayContaining(
          ['door.png', 'bg.png', 'poster.png', 'f.woff2'].map((name) => copy(`https://shop.example/${name}`)),
        ),
      ),
    )
    const strangers = bench.requests.filter((path) => !path.startsWith('/assets/') && path !== '/favicon.ico')
    expect(strangers).toEqual([])
    expect(bench.requests).toContain(copy('https://shop.example/door.png'))
    expect(
      await tab.evaluate(() =>
        [...(window.player.frame.contentDocument?.images ?? [])].map((image) => image.naturalWidth),
      ),
    ).toEqual([1, 0, 1, 1])
    await tab.close()
  })

  it('of a hundred thousand nodes is shown, and the dashboard stays alive', async () => {
    const page = aPage(
      Array.from({ length: 1000 }, (_, row) =>
        element(
          'div',
          {},
          Array.from({ length: 99 }, (__, index) => (index === 0 ? `row ${row}` : element('b'))),
        ),
      ),
    )
    const { page: tab, loaded } = await bench.open(aRecording([{ stream: STREAM, batches: [opening(page)] }]))
    await loaded()
    expect(await tab.evaluate(() => window.player.frame.contentDocument?.querySelectorAll('*').length)).toBeGreaterThan(
      98_000,
    )
    await tab.close()
  })

  it('that inflates without end counts as a gap', async () => {
    const page = aPage(['still here'])
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(80 * 1024 * 1024)))
    const {
      page: tab,
      loaded,
      body,
    } = await bench.open(aRecording([{ stream: STREAM, batches: [opening(page), bomb, new Uint8Array([1, 2, 3])] }]))
    await loaded()
    expect(await body()).toBe('still here')
    expect(
      await tab.evaluate(() =>
        window.player.state.markers.filter(({ type }) => type === 'gap').map(({ label }) => label),
      ),
    ).toEqual(['PAYLOAD_TOO_LARGE', 'PAYLOAD_NOT_GZIP'])
    await tab.close()
  })
})

describe('the closed frame', () => {
  it('holds on its own when the allow-list lets everything through, also in frames and after a second snapshot', async () => {
    const script = await bundleForBrowser(
      fileURLToPath(new URL('../src/rebuild/rrwebReplay.ts', import.meta.url)),
      'rebuilding',
    )
    await using browser = await openChromium()
    await using server = await startStaticServer({ '/': '<!doctype html><div id="root"></div>' })
    const tab = await browser.newPage()
    await tab.goto(server.origin)
    await tab.addScriptTag({ content: script })
    const page = aHostilePage({ isBuildable: true })
    await tab.evaluate(
      (records) => {
        const { createRrwebReplay } = (window as unknown as { rebuilding: typeof rebuilding }).rebuilding
        const replay = createRrwebReplay(document.querySelector('#root') as HTMLElement, null)
        // Two rounds: each snapshot opens the document anew.
        for (const record of [...records, ...records]) replay.apply(record as never, false)
        Object.assign(window, { replay })
      },
      hostileRecords(page).filter(({ type, at: time }) => type !== 'viewport' && time < START + 700),
    )
    // It really stands there, address by address and handler by handler.
    expect(
      await tab.evaluate(() => {
        const { frame } = (window as unknown as { replay: rebuilding.ReplayedPage }).replay
        return [
          'img[src^=http]',
          '[onerror]',
          'link[href^=http]',
          'object[data]',
          'iframe[src]',
          'meta[http-equiv=refresh]',
        ].filter((selector) => !frame.contentDocument?.querySelector(selector))
      }),
    ).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(asked).toEqual([])
    expect(await tab.evaluate(() => 'pwned' in window)).toBe(false)
  })
})
