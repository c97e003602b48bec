import type { Duration, NodeId } from '@vasistas/wire/core'
import type { AllowList } from '../rebuild/allowedRecord.ts'
import { createTreeBuilder } from './buildTree.ts'
import { changeTree } from './changeTree.ts'
import { describeSnapshot, describeState } from './describeTree.ts'
import { changedSheet } from './sheetState.ts'
import type { TreeNode } from './treeNode.ts'
import type { TreeState } from './tree.types.ts'
import type { PlacedRecord, PlacedRecordOf } from '../timeline/moment.types.ts'

/**
 * A recorded page as plain data, allow-listed. It says of every record what a page must really do: nothing that names a
 * node which is not there, additions in an order in which parents and next siblings exist. Nothing of a recording reaches
 * the rebuilt page but through here.
 */
export interface RecordedTree {
  /** The record as a page can take it: none, one, or several. */
  apply(record: PlacedRecord): readonly PlacedRecord[]
  /** What stands now, as records that bring an empty page to it. */
  describe(at: Duration): readonly PlacedRecord[]
  find(id: NodeId): TreeNode | undefined
  size(): number
}

const ANY_ELEMENT = /^[^#]/
const SCROLLED = /^(?:[^#]|#document$)/
const FIELD = /^(?:input|textarea|select|option)$/
const MEDIA = /^(?:video|audio)$/

export function createRecordedTree(allow: AllowList): RecordedTree {
  const state: TreeState = {
    document: undefined,
    nodes: new Map(),
    page: undefined,
    focused: undefined,
    constructed: new Map(),
    adopted: new Map(),
  }
  const { nodes } = state
  const builder = createTreeBuilder(state, allow)

  function reset(): void {
    nodes.clear()
    state.constructed.clear()
    state.adopted.clear()
    state.document = state.focused = undefined
  }

  function apply(record: PlacedRecord): readonly PlacedRecord[] {
    switch (record.type) {
      case 'page':
        return [(state.page = allow.size(record))]
      case 'viewport': {
        const allowed = allow.size(record)
        if (state.page) state.page = { ...state.page, width: allowed.width, height: allowed.height }
        return [allowed]
      }
      case 'navigation':
        if (state.page) state.page = { ...state.page, url: record.url }
        return [record]
      case 'snapshot':
        reset()
        state.document = builder.build(record.node, undefined, false)
        if (state.document) state.document.scroll = { left: record.left, top: record.top }
        return describeSnapshot(state, record.at)
      case 'mutation':
        return changeTree(state, allow, builder, record)
      case 'style-sheet':
        return changeSheet(allow.sheetRules(record))
      case 'adopted-sheets':
        return adopt(allow.adoptedSheets(record))
      case 'scroll':
        return onNode(record, SCROLLED, (node) => (node.scroll = { left: record.left, top: record.top }))
      case 'input':
        return onNode(record, FIELD, (node) => (node.input = { text: record.text, checked: record.checked }))
      case 'focus':
        return onNode(record, ANY_ELEMENT, () => (state.focused = record.focused ? record.node : undefined))
      case 'media':
        return onNode(record, MEDIA, (node) => {
          const { type: _, at: __, node: ___, ...media } = record
          node.media = media
        })
      case 'pointer-action':
        return onNode(record, SCROLLED, () => undefined)
      default:
        return [record]
    }
  }

  function onNode<Named extends PlacedRecord & { readonly node: NodeId }>(
    record: Named,
    kind: RegExp,
    change: (node: TreeNode) => void,
  ): readonly PlacedRecord[] {
    const node = nodes.get(record.node)
    if (!node || !kind.test(node.kind === 'element' ? node.tagName : `#${node.kind}`)) return []
    change(node)
    return [record]
  }

  function changeSheet(record: PlacedRecordOf<'style-sheet'>): readonly PlacedRecord[] {
    if (record.styleId !== undefined) {
      const sheet = state.constructed.get(record.styleId)
      if (!sheet) return []
      state.constructed.set(record.styleId, changedSheet(sheet, record, false))
      return [record]
    }
    const node = record.node === undefined ? undefined : nodes.get(record.node)
    if (!node || !/^(?:style|link)$/.test(node.tagName)) return []
    const isText = (node.attributes.get('_cssText') ?? '') !== '' || node.children.first !== undefined
    node.sheet = changedSheet(node.sheet, record, isText)
    return [record]
  }

  /** Ids that nobody told are left out: a page would wait for them in vain. */
  function adopt(record: PlacedRecordOf<'adopted-sheets'>): readonly PlacedRecord[] {
    const node = nodes.get(record.node)
    if (!node || (node.kind !== 'document' && !node.isHost)) return []
    for (const { styleId, rules } of record.styles ?? []) {
      state.constructed.set(styleId, { rules: rules.map(({ rule }) => rule), changes: [] })
    }
    const styleIds = record.styleIds.filter((id) => state.constructed.has(id))
    state.adopted.set(record.node, styleIds)
    return [{ ...record, styleIds }]
  }

  return {
    apply,
    describe: (at) => describeState(state, at),
    find: (id) => nodes.get(id),
    size: () => nodes.size,
  }
}
