import { describe, expect, it } from 'vitest'
import { decodeRecord, decodeRecords } from './decodeRecords.ts'
import { encodeRecords, toRrwebEvent } from './encodeRecords.ts'
import type { ReplayRecord } from './record.ts'

const at = 1_700_000_000_000
const text = { type: 3, id: 4, textContent: 'words' } as const

/** One of each, with the rrweb event it is written as. */
const SAMPLES: readonly (readonly [ReplayRecord, object])[] = [
  [
    { type: 'page', at, url: 'https://shop.example/', width: 100, height: 50 },
    { type: 4, data: { href: 'https://shop.example/', width: 100, height: 50 } },
  ],
  [
    { type: 'snapshot', at, node: { type: 0, id: 1, childNodes: [] }, left: 0, top: 9 },
    { type: 2, data: { node: { type: 0, id: 1, childNodes: [] }, initialOffset: { left: 0, top: 9 } } },
  ],
  [
    {
      type: 'mutation',
      at,
      adds: [{ parentId: 1, nextId: null, node: text }],
      removes: [{ parentId: 1, id: 3, isShadow: true }],
      texts: [{ id: 2, value: 'x' }],
      attributes: [{ id: 5, attributes: { class: 'a', id: null } }],
      isAttachIframe: true,
    },
    { type: 3, data: { source: 0, isAttachIframe: true, removes: [{ parentId: 1, id: 3, isShadow: true }] } },
  ],
  [
    { type: 'pointer-move', at, pointer: 'mouse', positions: [{ x: 1, y: 2, node: 3, offset: -50 }] },
    { type: 3, data: { source: 1, positions: [{ x: 1, y: 2, id: 3, timeOffset: -50 }] } },
  ],
  [
    { type: 'pointer-move', at, pointer: 'touch', positions: [{ x: 1, y: 2, node: 3, offset: 0 }] },
    { type: 3, data: { source: 6 } },
  ],
  [
    { type: 'pointer-action', at, action: 'click', node: 3, x: 1, y: 2 },
    { type: 3, data: { source: 2, type: 2, id: 3, x: 1, y: 2 } },
  ],
  [
    { type: 'focus', at, node: 3, focused: true },
    { type: 3, data: { source: 2, type: 5, id: 3 } },
  ],
  [
    { type: 'focus', at, node: 3, focused: false },
    { type: 3, data: { source: 2, type: 6, id: 3 } },
  ],
  [
    { type: 'scroll', at, node: 3, left: 1, top: 2 },
    { type: 3, data: { source: 3, id: 3, x: 1, y: 2 } },
  ],
  [
    { type: 'viewport', at, width: 1, height: 2 },
    { type: 3, data: { source: 4, width: 1, height: 2 } },
  ],
  [
    { type: 'input', at, node: 3, text: '•••••', checked: false },
    { type: 3, data: { source: 5, id: 3, text: '•••••', isChecked: false } },
  ],
  [
    {
      type: 'media',
      at,
      action: 'pause',
      node: 3,
      currentTime: 1.5,
      volume: 1,
      muted: false,
      loop: true,
      playbackRate: 2,
    },
    {
      type: 3,
      data: { source: 7, type: 1, id: 3, currentTime: 1.5, volume: 1, muted: false, loop: true, playbackRate: 2 },
    },
  ],
  [
    { type: 'style-sheet', at, node: 3, adds: [{ rule: 'a{}', index: 0 }], removes: [{ index: 1 }] },
    { type: 3, data: { source: 8, id: 3, adds: [{ rule: 'a{}', index: 0 }], removes: [{ index: 1 }] } },
  ],
  [
    { type: 'style-sheet', at, styleId: 2, replace: 'a{}' },
    { type: 3, data: { source: 8, styleId: 2, replaceSync: 'a{}' } },
  ],
  [
    {
      type: 'adopted-sheets',
      at,
      node: 1,
      styleIds: [2],
      styles: [{ styleId: 2, rules: [{ rule: 'a{}', index: 0 }] }],
    },
    {
      type: 3,
      data: { source: 15, id: 1, styleIds: [2], styles: [{ styleId: 2, rules: [{ rule: 'a{}', index: 0 }] }] },
    },
  ],
  [
    { type: 'visibility', at, visible: false },
    { type: 5, data: { tag: 'vasistas.visibility', payload: { visible: false } } },
  ],
  [
    { type: 'navigation', at, url: 'https://shop.example/a' },
    { type: 5, data: { tag: 'vasistas.navigation', payload: { href: 'https://shop.example/a' } } },
  ],
  [
    { type: 'error', at, name: 'TypeError', message: '' },
    { type: 5, data: { tag: 'vasistas.error', payload: { name: 'TypeError', message: '' } } },
  ],
  [
    { type: 'custom', at, name: 'buy', props: { left: 3, node: 'x' } },
    { type: 5, data: { tag: 'vasistas.event', payload: { name: 'buy', props: { left: 3, node: 'x' } } } },
  ],
  [
    { type: 'gap', at, reason: 'queue-full' },
    { type: 5, data: { tag: 'vasistas.gap', payload: { reason: 'queue-full' } } },
  ],
]

describe('encodeRecords', () => {
  it.each(SAMPLES.map(([record, event]) => [record.type, record, event] as const))(
    'writes %s as rrweb does',
    (_, record, event) => {
      const written = toRrwebEvent(record)
      expect(written.timestamp).toBe(at)
      expect(written).toMatchObject(event)
    },
  )

  it.each(SAMPLES.map(([record]) => [record.type, record] as const))('reads %s back as it was', (_, record) => {
    expect(decodeRecord(JSON.parse(JSON.stringify(toRrwebEvent(record))))).toEqual(record)
  })

  it('joins records into one payload', () => {
    const records = SAMPLES.map(([record]) => record)
    expect(decodeRecords(encodeRecords(records))).toEqual({ ok: true, value: { records, unknown: 0 } })
  })
})
