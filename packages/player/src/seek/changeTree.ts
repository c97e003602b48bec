import type { NodeId } from '@vasistas/wire/core'
import {
  rrweb,
  type AddedNode,
  type ChangedAttributes,
  type ChangedText,
  type RemovedNode,
} from '@vasistas/wire/recording'
import type { AllowList } from '../rebuild/allowedRecord.ts'
import type { TreeBuilder } from './buildTree.ts'
import { describeAdoptedBy, describeFrame, describeNode, describeOffsets } from './describeTree.ts'
import { orderAdditions } from './orderAdditions.ts'
import type { TreeState } from './tree.types.ts'
import { attach, childrenOf, detach, sheetTextOf, subtreeOf, type TreeNode } from './treeNode.ts'
import type { PlacedRecord, PlacedRecordOf } from '../timeline/moment.types.ts'

/** Applies one change set to the tree and says it anew, so that a page can take it as it stands. */
export function changeTree(
  state: TreeState,
  allow: AllowList,
  { build }: TreeBuilder,
  record: PlacedRecordOf<'mutation'>,
): readonly PlacedRecord[] {
  const { nodes } = state
  const removes: RemovedNode[] = []
  const adds: AddedNode[] = []
  const texts: ChangedText[] = []
  const attributes: ChangedAttributes[] = []
  const added = new Set<TreeNode>()
  /** Documents that came with this change set: said as a whole. */
  const frames = new Map<NodeId, TreeNode>()
  /** Sheets whose text changed: told anew as a whole. */
  const restyled = new Set<TreeNode>()

  for (const { id } of record.removes) remove(id)
  addAll(record.adds)
  for (const { id, value } of record.texts) changeText(id, value)
  for (const { id, attributes: changed } of record.attributes) changeAttributes(id, changed)
  for (const style of restyled) restyle(style)
  for (const node of added) if (!frames.has(node.rootId ?? 0)) adds.push(additionOf(node))
  return listRecords()

  function remove(id: NodeId): void {
    const node = nodes.get(id)
    const parent = node?.parent
    if (!node || !parent) return
    forget(node)
    detach(node)
    if (isPartOfSheet(node, parent)) restyled.add(parent)
    else if (!added.has(node))
      removes.push({ parentId: parent.id, id, ...(node.isShadow && { isShadow: true as const }) })
  }

  function forget(top: TreeNode): void {
    for (const node of subtreeOf(top)) {
      nodes.delete(node.id)
      if (state.focused === node.id) state.focused = undefined
    }
  }

  /** Additions wait for the parent and the next sibling that they name; one that waits in vain for a sibling goes last. */
  function addAll(all: readonly AddedNode[]): void {
    const waiting = new Map<NodeId, AddedNode[]>()
    const ready = [...all]
    const wait = (id: NodeId, add: AddedNode) => {
      const others = waiting.get(id)
      if (others) others.push(add)
      else waiting.set(id, [add])
    }
    const work = (isLast: boolean) => {
      for (let index = 0; index < ready.length; index++) {
        const add = ready[index]
        if (!add || nodes.has(add.node.id)) continue
        if (!nodes.has(add.parentId)) wait(add.parentId, add)
        else if (add.nextId !== null && !nodes.has(add.nextId) && !isLast) wait(add.nextId, add)
        else
          for (const id of insert(add)) {
            ready.push(...(waiting.get(id) ?? []))
            waiting.delete(id)
          }
      }
    }
    work(false)
    ready.splice(0, ready.length, ...[...waiting.values()].flat())
    waiting.clear()
    work(true)
  }

  function insert({ parentId, nextId, node: serialized }: AddedNode): readonly NodeId[] {
    const parent = nodes.get(parentId)
    if (!parent) return []
    const isShadow = 'isShadow' in serialized && serialized.isShadow === true
    if (serialized.type === rrweb.NODE.document) removeDocumentOf(parent)
    const node = build(serialized, parent, isShadow)
    if (!node) return []
    const next = nextId === null ? undefined : nodes.get(nextId)
    attach(node, parent, next?.parent === parent && next.isShadow === isShadow ? next : undefined)
    if (isPartOfSheet(node, parent)) restyled.add(parent)
    const ids: NodeId[] = []
    for (const below of subtreeOf(node)) {
      ids.push(below.id)
      if (below.kind === 'document') frames.set(below.id, below)
      if (!isPartOfSheet(below, below.parent)) added.add(below)
    }
    return ids
  }

  /** A frame that loads again shows another document. */
  function removeDocumentOf(frame: TreeNode): void {
    const before = frame.children.first
    if (before?.kind !== 'document') return
    forget(before)
    detach(before)
  }

  function changeText(id: NodeId, value: string): void {
    const node = nodes.get(id)
    if (node?.kind !== 'text') return
    node.text = value
    if (isPartOfSheet(node, node.parent)) restyled.add(node.parent as TreeNode)
    else if (!added.has(node)) texts.push({ id, value })
  }

  function changeAttributes(id: NodeId, changed: ChangedAttributes['attributes']): void {
    const node = nodes.get(id)
    if (node?.kind !== 'element' || node.isBlocked) return
    const told: { [name: string]: string | null } = {}
    for (const [name, value] of Object.entries(changed)) {
      if (name === '_cssText' && !/^(?:style|link)$/.test(node.tagName)) continue
      const allowed = value === null ? undefined : allow.attribute(node, name, value)
      if (allowed === undefined) node.attributes.delete(name)
      else node.attributes.set(name, allowed)
      if (name === '_cssText') {
        for (const part of childrenOf(node.children)) forget(part)
        node.children.first = node.children.last = undefined
        restyled.add(node)
      } else told[name] = allowed === undefined ? null : String(allowed)
    }
    if (!added.has(node) && Object.keys(told).length > 0) attributes.push({ id, attributes: told })
  }

  /** rrweb would lose the text of a sheet that changes in place; taken out and put in again it is right. */
  function restyle(style: TreeNode): void {
    style.sheet = style.scroll = undefined
    if (state.focused === style.id) state.focused = undefined
    style.css = style.children.first ? allow.css(sheetTextOf(style)) : undefined
    if (!style.parent || nodes.get(style.id) !== style) return
    if (added.has(style)) return
    removes.push({ parentId: style.parent.id, id: style.id, ...(style.isShadow && { isShadow: true as const }) })
    added.add(style)
  }

  function additionOf(node: TreeNode): AddedNode {
    const parent = node.parent as TreeNode
    return { parentId: parent.id, nextId: null, node: describeNode(node) }
  }

  function listRecords(): readonly PlacedRecord[] {
    const { at } = record
    const isEmpty = removes.length + adds.length + texts.length + attributes.length === 0
    const ordered = orderAdditions(adds, (id) => nodes.get(id), added)
    return [
      ...(isEmpty ? [] : [{ type: 'mutation' as const, at, removes, adds: ordered, texts, attributes }]),
      ...[...frames.values()].flatMap((frame) => (nodes.get(frame.id) === frame ? describeFrame(frame, at) : [])),
      ...describeAdoptedBy(state, added, at),
      ...describeOffsets(added, at),
    ]
  }
}

const isPartOfSheet = (node: TreeNode, parent: TreeNode | undefined): boolean =>
  node.kind === 'text' && parent?.tagName === 'style' && !parent.isSvg
