import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rrweb, type SerializedNode } from '@vasistas/wire/recording'
import { aPage, element } from '../../test/aRecording.ts'
import { ALREADY_ALLOWED, createAllowList } from '../rebuild/allowedRecord.ts'
import type { PlacedRecord } from '../timeline/moment.types.ts'
import { createKeyframes } from './keyframes.ts'
import { createRecordedTree } from './recordedTree.ts'
import { snapshotAt } from './snapshotAt.ts'

const IDS = 40
const id = fc.integer({ min: 1, max: IDS })
const tagName = fc.constantFrom('div', 'p', 'style', 'iframe', 'x-own', 'script', 'textarea', 'input', 'constructor')
const isShadow = fc.boolean().map((is) => (is ? { isShadow: true as const } : {}))

const node: fc.Arbitrary<SerializedNode> = fc.letrec<{ node: SerializedNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.record({ id, textContent: fc.constantFrom('a', 'b{c:d}') }).map((own) => ({ type: rrweb.NODE.text, ...own })),
    fc.record({ id }).map((own) => ({ type: rrweb.NODE.doctype, ...own, name: 'html', publicId: '', systemId: '' })),
    fc
      .record({ id, childNodes: fc.array(tie('node'), { maxLength: 3 }) })
      .map((own) => ({ type: rrweb.NODE.document, ...own })),
    fc
      .record({ id, tagName, childNodes: fc.array(tie('node'), { maxLength: 3 }), shadow: isShadow })
      .map(({ shadow, ...own }) => ({ type: rrweb.NODE.element, ...own, ...shadow, attributes: {} })),
  ),
})).node

const record: fc.Arbitrary<PlacedRecord> = fc.oneof(
  fc.record({
    type: fc.constant('mutation' as const),
    at: fc.constant(0),
    removes: fc.array(fc.record({ parentId: id, id }), { maxLength: 3 }),
    adds: fc.array(fc.record({ parentId: id, nextId: fc.option(id), node }), { maxLength: 6 }),
    texts: fc.array(fc.record({ id, value: fc.constantFrom('x', 'y{z:w}') }), { maxLength: 2 }),
    attributes: fc.array(
      fc.record({
        id,
        attributes: fc.constantFrom<Record<string, string | null>>(
          { class: 'a' },
          { class: null },
          { _cssText: 'p{q:r}' },
          { onclick: 'x' },
        ),
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    type: fc.constant('scroll' as const),
    at: fc.constant(0),
    node: id,
    left: fc.constant(0),
    top: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({
    type: fc.constant('input' as const),
    at: fc.constant(0),
    node: id,
    text: fc.constantFrom('t', 'u'),
    checked: fc.boolean(),
  }),
  fc.record({ type: fc.constant('focus' as const), at: fc.constant(0), node: id, focused: fc.boolean() }),
  fc.record({
    type: fc.constant('style-sheet' as const),
    at: fc.constant(0),
    node: id,
    adds: fc.constant([{ rule: 'a{b:c}', index: 0 }]),
  }),
  fc.record({
    type: fc.constant('adopted-sheets' as const),
    at: fc.constant(0),
    node: id,
    styleIds: fc.constant([1]),
    styles: fc.constant([{ styleId: 1, rules: [{ rule: 'd{e:f}', index: 0 }] }]),
  }),
)

const page = aPage([
  element('div', {}, ['one', element('p'), element('style', {}, ['g{h:i}'])]),
  element('x-own', {}, [element('b', {}, [], { isShadow: true })], { isShadowHost: true }),
  element('iframe'),
])
const OPENING: readonly PlacedRecord[] = [
  { type: 'page', at: 0, url: 'https://a.example/', width: 800, height: 600 },
  { type: 'snapshot', at: 0, node: page.node, left: 0, top: 0 },
]

const said = (records: readonly PlacedRecord[]) => records.map((one) => JSON.stringify(one, sortKeys)).toSorted()
const sortKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value

describe('createRecordedTree', () => {
  it('says every change so that another tree comes to the same, whatever was recorded', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (changes) => {
        const tree = createRecordedTree(createAllowList(null))
        const follower = createRecordedTree(ALREADY_ALLOWED)
        for (const change of [...OPENING, ...changes]) for (const told of tree.apply(change)) follower.apply(told)
        expect(said(follower.describe(0))).toEqual(said(tree.describe(0)))
      }),
      { numRuns: 3000 },
    )
  })

  it('says changes in an order in which parents and next siblings are there', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 12 }), (changes) => {
        const tree = createRecordedTree(createAllowList(null))
        const known = new Set<number>()
        const learn = (added: SerializedNode): void => {
          known.add(added.id)
          if ('childNodes' in added) for (const child of added.childNodes) learn(child)
        }
        for (const change of [...OPENING, ...changes]) {
          for (const told of tree.apply(change)) {
            if (told.type === 'snapshot') learn(told.node)
            if (told.type !== 'mutation') continue
            for (const { id: removed, parentId } of told.removes)
              expect([removed, parentId].every((each) => known.has(each))).toBe(true)
            for (const { parentId, nextId, node: added } of told.adds) {
              expect(known.has(parentId)).toBe(true)
              expect(nextId === null || known.has(nextId)).toBe(true)
              learn(added)
            }
            for (const { id: changed } of [...told.texts, ...told.attributes]) expect(known.has(changed)).toBe(true)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('snapshotAt', () => {
  it('comes from any keyframe to what playing would have come to', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), fc.nat(), (changes, choice) => {
        const tree = createRecordedTree(createAllowList(null))
        const keyframes = createKeyframes(tree, { fewestChanges: 2, mostNodes: 10_000 })
        const records: PlacedRecord[] = []
        const moments: (readonly PlacedRecord[])[] = []
        for (const [at, change] of [...OPENING, ...changes].entries()) {
          const placed = { ...change, at }
          if (placed.type === 'snapshot') keyframes.beforeSnapshot(records.length, at)
          records.push(...tree.apply(placed))
          keyframes.afterRecord(records.length, placed)
          moments.push(tree.describe(at))
        }
        const at = 1 + (choice % changes.length)
        expect(said(snapshotAt({ records, keyframes: keyframes.list }, at).records)).toEqual(said(moments[at] ?? []))
      }),
      { numRuns: 3000 },
    )
  })
})
