import { rrweb, type ReplayRecord, type SerializedElement, type SerializedNode } from '@vasistas/wire/recording'

const START = 1_800_000_000_000
const HOUR = 3_600_000
const BATCH_EVERY = 5000
const CHANGE_EVERY = 250
const POINTER_EVERY = 50

/** One page that is used for an hour, as batches of five seconds: rows come, go and change, the visitor moves and types. */
export function anHour(pageRows: number): readonly (readonly ReplayRecord[])[] {
  let lastId = 0
  const nextId = () => ++lastId
  const textNode = (words: string): SerializedNode => ({ type: rrweb.NODE.text, id: nextId(), textContent: words })
  const element = (tagName: string, childNodes: SerializedNode[] = [], attributes = {}): SerializedElement => ({
    type: rrweb.NODE.element,
    id: nextId(),
    tagName,
    attributes,
    childNodes,
  })
  const aRow = (index: number) =>
    element('tr', [
      element('td', [textNode(`row ${index}`)]),
      element('td', [element('a', [textNode('open')], { class: 'link' })]),
    ])

  const rows = Array.from({ length: pageRows }, (_, index) => aRow(index))
  const body = element('tbody', rows)
  const field = element('input', [], { type: 'text' })
  const style = element('style', [], {
    _cssText: Array.from({ length: 400 }, (_, index) => `.c${index}:hover{margin:${index}px}`).join('\n'),
  })
  const html = element('html', [element('head', [style]), element('body', [field, element('table', [body])])])
  const document = { type: rrweb.NODE.document, id: nextId(), childNodes: [html] }
  const present = rows.map(({ id }) => id)

  function change(at: number, turn: number): ReplayRecord {
    const added = aRow(turn)
    const place = (turn * 7919) % present.length
    const removed = present[place] ?? 0
    present[place] = added.id
    const adds = flatten(added, body.id, present[place + 1] ?? null)
    return {
      type: 'mutation',
      at,
      removes: [{ parentId: body.id, id: removed }],
      adds,
      texts: [],
      attributes: [{ id: present[(place * 3) % present.length] ?? body.id, attributes: { class: `c${turn % 400}` } }],
    }
  }

  const batches: ReplayRecord[][] = []
  let turn = 0
  for (let begin = 0; begin < HOUR; begin += BATCH_EVERY) {
    const records: ReplayRecord[] =
      begin > 0
        ? []
        : [
            { type: 'page', at: START, url: 'https://shop.example/', width: 1200, height: 800 },
            { type: 'snapshot', at: START, node: document, left: 0, top: 0 },
          ]
    for (let at = begin + CHANGE_EVERY; at <= begin + BATCH_EVERY; at += CHANGE_EVERY)
      records.push(change(START + at, ++turn))
    const positions = Array.from({ length: BATCH_EVERY / POINTER_EVERY }, (_, index) => ({
      x: (index * 11 + turn) % 1200,
      y: (index * 7 + turn) % 800,
      node: body.id,
      offset: index * POINTER_EVERY - BATCH_EVERY,
    }))
    const end = START + begin + BATCH_EVERY
    records.push(
      { type: 'pointer-move', at: end, pointer: 'mouse', positions },
      { type: 'scroll', at: end, node: document.id, left: 0, top: (turn * 13) % 900 },
      { type: 'input', at: end, node: field.id, text: `typed ${turn}`, checked: false },
    )
    batches.push(records)
  }
  return batches
}

/** Additions come node by node, parents first. */
function flatten(node: SerializedElement, parentId: number, nextId: number | null) {
  const adds = [{ parentId, nextId, node: { ...node, childNodes: [] as SerializedNode[] } as SerializedNode }]
  for (const child of node.childNodes) {
    if (child.type === rrweb.NODE.element) adds.push(...flatten(child, node.id, null))
    else adds.push({ parentId: node.id, nextId: null, node: child })
  }
  return adds
}
