import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecorderBench, type RecorderBench } from './openRecordedPage.ts'
import { replayModel, writeTree } from './replayModel.ts'
import type { ReplayRecord } from '@vasistas/wire/recording'

let bench: RecorderBench
beforeAll(async () => {
  bench = await openRecorderBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const PAGE = `<!doctype html><html><head><title>t</title><style>.red{color:red} .blue{color:blue} [data-state=open]{margin:0}</style></head>
<body><div id="a"><p>one</p><p>two</p></div><ul id="b"><li>x</li><li>y</li><li>z</li></ul><div id="c"></div>
<form><input name="q"><textarea>t</textarea><select><option>1<option>2</select><input type="checkbox"></form></body></html>`

/** Runs in the page: random changes to the tree, from a seed. */
function fuzz({ seed, rounds }: { readonly seed: number; readonly rounds: number }): void {
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % below
  }
  const pick = <Item>(items: readonly Item[]) => items[random(items.length)]
  const detached: Node[] = []
  const elements = () => {
    const found: Element[] = []
    const visit = (root: ParentNode) => {
      for (const element of root.querySelectorAll('body, body *, :host > *, div, p, section, b')) {
        if (/^(SCRIPT|STYLE|TEXTAREA|SELECT|OPTION|INPUT)$/.test(element.tagName)) continue
        found.push(element)
        if (element.shadowRoot) visit(element.shadowRoot)
      }
    }
    visit(document)
    return found
  }
  const make = (): Node => {
    const kind = random(10)
    if (kind === 0) return document.createTextNode(`text ${random(90)}`)
    if (kind === 1) return document.createComment('hidden')
    if (kind === 2) return document.createElementNS('http://www.w3.org/2000/svg', 'g')
    if (kind === 3 && detached.length > 0) return detached.splice(random(detached.length), 1)[0] as Node
    const element = document.createElement(pick(['div', 'p', 'section', 'b', 'x-card']) ?? 'div')
    if (random(2)) element.innerHTML = pick(['<b>bold</b> words', 'plain', '<p>a<!--c--><i>b</i></p>', '']) ?? ''
    if (random(8) === 0 && element.localName === 'div')
      element.attachShadow({ mode: 'open' }).innerHTML = '<p>shade</p><slot></slot>'
    return element
  }
  for (let round = 0; round < rounds; round++) {
    const all = elements()
    const target = pick(all) ?? document.body
    const root: ParentNode & Node = target.shadowRoot && random(2) ? target.shadowRoot : target
    const children = [...root.childNodes]
    const child = pick(children) ?? null
    switch (random(12)) {
      case 0:
      case 1:
      case 2:
        root.insertBefore(make(), child)
        break
      case 3:
        if (child && child !== document.body) {
          root.removeChild(child)
          if (random(2)) detached.push(child)
        }
        break
      case 4: {
        const moved = pick(all)
        if (moved && moved !== document.body && !moved.contains(root) && root.getRootNode() === moved.getRootNode())
          root.insertBefore(moved, child)
        break
      }
      case 5:
        for (const node of children) if (node.nodeType === 3) node.nodeValue = `changed ${random(90)}`
        break
      case 6:
        target.className = pick(['red', 'blue', 'red blue', 'unknown', '']) ?? ''
        break
      case 7:
        target.setAttribute('data-state', pick(['open', 'closed']) ?? '')
        break
      case 8:
        if (random(3) === 0 && target !== document.body)
          target.setAttribute(pick(['data-vasistas', 'contenteditable']) ?? '', pick(['mask', 'true', 'block']) ?? '')
        break
      case 9:
        if (target !== document.body && random(4) === 0) target.replaceChildren(make(), make())
        break
      case 10:
        if (children.length > 1) root.append(children[0] as Node)
        break
      default:
        if (target.localName === 'div' && !target.shadowRoot && random(3) === 0)
          target.attachShadow({ mode: 'open' }).append(make())
    }
  }
}

describe('the stream of mutations', () => {
  const seeds = Array.from({ length: 24 }, (_, index) => 1000 + index * 7919)

  it.each(seeds)('replays to the same tree as a fresh snapshot (seed %i)', async (seed) => {
    const { page, start, records, takeSnapshot, failures } = await bench.open(PAGE)
    await start()
    if (seed % 2) await records()
    for (let burst = 0; burst < 6; burst++) {
      await page.evaluate(fuzz, { seed: seed + burst, rounds: 40 })
      if (burst % 3 === 0) await records()
      else await page.waitForTimeout(burst % 2 ? 20 : 0)
    }
    const told = await records()
    await takeSnapshot()
    const all = await records()
    const last = all.findLastIndex((record: ReplayRecord) => record.type === 'snapshot')
    expect(writeTree(replayModel(told))).toBe(writeTree(replayModel(all.slice(last))))
    expect(await failures()).toEqual([])
    await page.close()
  })
})
