import { gzipSync } from 'node:zlib'
import type { Manifest } from '@vasistas/wire/api'
import {
  encodeRecords,
  encodeReplayBatch,
  rrweb,
  type AttributeValue,
  type ReplayRecord,
  type SerializedNode,
} from '@vasistas/wire/recording'

export const FIXTURE_STREAM = 7

export interface FixtureRecording {
  readonly manifest: Manifest
  readonly bytes: (from: number, to: number) => Uint8Array
}

/** A visit of a small shop: three pages, hesitation, an angry corner, a form, an error. Times in ms from `start`. */
export function fixtureRecording(recording: string, start: number): FixtureRecording {
  const at = (offset: number) => start + offset
  const ids = createIds()
  const home = shopPage(ids, 'Things for doors', HOME)
  const product = shopPage(ids, 'Oak lever handle', PRODUCT)
  const checkout = shopPage(ids, 'Checkout', CHECKOUT)
  const batches: ReplayRecord[][] = [
    [
      ...opening(home, at(0), 'https://shop.example/'),
      ...moveAcross(home, at(300), [200, 160], [640, 420]),
      click(home, 'card-1', at(5200), 640, 420),
    ],
    [
      ...opening(product, at(6000), 'https://shop.example/doors/oak-lever'),
      { type: 'scroll', at: at(9000), node: product.root, left: 0, top: 120 },
      ...moveAcross(product, at(9500), [640, 420], [900, 400]),
      ...[0, 180, 350, 520, 700].map((late) => click(product, 'buy', at(31_000 + late), 905, 402)),
      { type: 'error', at: at(31_900), name: 'TypeError', message: 'basket is undefined' },
      click(product, 'buy', at(39_000), 905, 402),
    ],
    [
      ...opening(checkout, at(41_000), 'https://shop.example/checkout'),
      ...moveAcross(checkout, at(41_500), [905, 402], [420, 300]),
      { type: 'focus', at: at(44_000), node: checkout.id('email'), focused: true },
      ...[0, 400, 900].map((late): ReplayRecord => ({
        type: 'input',
        at: at(45_000 + late),
        node: checkout.id('email'),
        text: '•••••',
        checked: false,
      })),
      { type: 'visibility', at: at(49_000), visible: false },
      { type: 'visibility', at: at(74_000), visible: true },
      { type: 'input', at: at(76_000), node: checkout.id('card'), text: '•••••', checked: false },
      { type: 'custom', at: at(80_000), name: 'order placed', props: {} } as ReplayRecord,
      click(checkout, 'pay', at(83_000), 420, 470),
    ],
  ]
  const payloads = batches.map((records) => new Uint8Array(gzipSync(encodeRecords(records))))
  return {
    manifest: {
      recording,
      assetPrefix: null,
      streams: [
        {
          stream: FIXTURE_STREAM,
          skewMs: 0,
          gaps: [],
          batches: batches.map((records, sequence) => ({
            sequence,
            firstAt: records[0]?.at ?? start,
            lastAt: records.at(-1)?.at ?? start,
            bytes: payloads[sequence]?.byteLength ?? 0,
            hasSnapshot: true,
          })),
        },
      ],
    },
    bytes: (from, to) =>
      Buffer.concat(
        payloads
          .slice(from, to + 1)
          .map((payload, index) =>
            encodeReplayBatch({ stream: FIXTURE_STREAM, sequence: from + index, gzip: true, payload }),
          ),
      ),
  }
}

interface FixturePage {
  readonly node: SerializedNode
  readonly root: number
  id(key: string): number
}

type Build = (ids: Ids) => SerializedNode
interface Ids {
  next(): number
  readonly keys: Map<string, number>
}

const createIds = (): Ids => {
  let last = 0
  return { next: () => ++last, keys: new Map() }
}

const el =
  (tagName: string, { key, ...attributes }: Record<string, string> = {}, ...children: (Build | string)[]): Build =>
  (ids) => {
    const id = ids.next()
    if (key) ids.keys.set(key, id)
    return {
      type: rrweb.NODE.element,
      id,
      tagName,
      attributes: attributes as Record<string, AttributeValue>,
      childNodes: children.map((child) =>
        typeof child === 'string' ? { type: rrweb.NODE.text, id: ids.next(), textContent: child } : child(ids),
      ),
    }
  }

const STYLE = `body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#2b2118;background:#fbf7f1}
header{display:flex;gap:28px;align-items:center;padding:20px 48px;background:#fff;border-bottom:1px solid #eadfce}
header b{font-size:22px;color:#7a4a1e}main{padding:40px 48px;max-width:1100px;margin:auto}
.grid{display:grid;grid-template-columns:repeat(3,1fr);gap:24px}.card{background:#fff;border:1px solid #eadfce;border-radius:14px;padding:18px}
.pic{height:170px;border-radius:10px;background:linear-gradient(140deg,#e7c9a3,#b07b45)}
.buy{background:#7a4a1e;color:#fff;border:0;border-radius:10px;padding:14px 26px;font-size:17px}
.two{display:grid;grid-template-columns:1.1fr 1fr;gap:48px}.two .pic{height:420px}
label{display:block;margin:14px 0 4px}input{font-size:16px;padding:10px;border:1px solid #cbb698;border-radius:8px;width:320px}`

const card = (key: string, name: string, price: string): Build =>
  el('div', { class: 'card', key }, el('div', { class: 'pic' }), el('h3', {}, name), el('p', {}, price))

const HOME: Build[] = [
  el(
    'div',
    { class: 'grid' },
    card('card-0', 'Brass knocker', '48 €'),
    card('card-1', 'Oak lever handle', '32 €'),
    card('card-2', 'Letter slot', '27 €'),
    card('card-3', 'House number', '12 €'),
    card('card-4', 'Peephole', '9 €'),
    card('card-5', 'Little window', '119 €'),
  ),
]
const PRODUCT: Build[] = [
  el(
    'div',
    { class: 'two' },
    el('div', { class: 'pic' }),
    el(
      'div',
      {},
      el('p', {}, 'Turned from a single piece of oak, oiled by hand. Fits doors of 38 to 68 mm.'),
      el('h2', {}, '32 €'),
      el('button', { class: 'buy', key: 'buy' }, 'Add to basket'),
    ),
  ),
]
const CHECKOUT: Build[] = [
  el(
    'form',
    {},
    el('label', {}, 'E-mail'),
    el('input', { type: 'email', name: 'email', value: '', key: 'email' }),
    el('label', {}, 'Card number'),
    el('input', { name: 'card', value: '', key: 'card' }),
    el('p', {}, el('button', { class: 'buy', key: 'pay' }, 'Pay 32 €')),
  ),
]

function shopPage(ids: Ids, title: string, body: readonly Build[]): FixturePage {
  const root = ids.next()
  const html = el(
    'html',
    {},
    el('head', {}, el('style', {}, STYLE)),
    el(
      'body',
      {},
      el('header', {}, el('b', {}, 'Clenche'), 'Doors Handles Help'),
      el('main', {}, el('h1', {}, title), ...body),
    ),
  )(ids)
  const doctype = { type: rrweb.NODE.doctype, id: ids.next(), name: 'html', publicId: '', systemId: '' } as const
  const keys = new Map(ids.keys)
  return {
    root,
    node: { type: rrweb.NODE.document, id: root, childNodes: [doctype, html] },
    id: (key) => keys.get(key) ?? root,
  }
}

function opening(page: FixturePage, at: number, url: string): ReplayRecord[] {
  return [
    { type: 'page', at, url, width: 1280, height: 800 },
    { type: 'snapshot', at: at + 1, node: page.node as never, left: 0, top: 0 },
  ]
}

function moveAcross(
  page: FixturePage,
  from: number,
  [x1, y1]: [number, number],
  [x2, y2]: [number, number],
): ReplayRecord[] {
  return Array.from({ length: 8 }, (_, step) => ({
    type: 'pointer-move' as const,
    at: from + (step + 1) * 500,
    pointer: 'mouse' as const,
    positions: Array.from({ length: 10 }, (_unused, part) => {
      const share = (step * 10 + part) / 80
      return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share, node: page.root, offset: -500 + part * 50 }
    }),
  }))
}

const click = (page: FixturePage, key: string, at: number, x: number, y: number): ReplayRecord => ({
  type: 'pointer-action',
  at,
  action: 'click',
  node: page.id(key),
  x,
  y,
})
