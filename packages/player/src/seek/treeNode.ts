import type { NodeId } from '@vasistas/wire/core'
import type { SheetState } from './sheetState.ts'
import type { PlacedRecordOf } from '../timeline/moment.types.ts'

export type NodeKind = 'document' | 'doctype' | 'element' | 'text' | 'comment'

/** One node of a recorded page as plain data. Children are linked, so that moving one costs the same on any page. */
export interface TreeNode {
  readonly id: NodeId
  readonly kind: NodeKind
  /** Empty unless an element. */
  readonly tagName: string
  readonly isSvg: boolean
  readonly isCustom: boolean
  readonly isBlocked: boolean
  readonly compatMode: string | undefined
  readonly attributes: Map<string, string | number>
  /** Of a text or comment. Inside `style` it is kept as recorded: only the sheet as a whole can be allowed. */
  text: string
  parent: TreeNode | undefined
  isShadow: boolean
  isHost: boolean
  /** The document of the frame that the node is in; nothing on the page itself. */
  rootId: NodeId | undefined
  previous: TreeNode | undefined
  next: TreeNode | undefined
  readonly children: ChildList
  readonly shadow: ChildList
  /** The sheet that the text in `style` makes, allowed; nothing when the sheet came as an attribute. */
  css: string | undefined
  scroll: { readonly left: number; readonly top: number } | undefined
  input: { readonly text: string; readonly checked: boolean } | undefined
  media: Omit<PlacedRecordOf<'media'>, 'type' | 'at' | 'node'> | undefined
  sheet: SheetState | undefined
}

export interface ChildList {
  first: TreeNode | undefined
  last: TreeNode | undefined
}

export const listOf = (parent: TreeNode, isShadow: boolean): ChildList => (isShadow ? parent.shadow : parent.children)

export function* childrenOf(list: ChildList): Generator<TreeNode> {
  for (let child = list.first; child; child = child.next) yield child
}

/** Light children, then those of the shadow root. */
export function* allChildrenOf(node: TreeNode): Generator<TreeNode> {
  yield* childrenOf(node.children)
  yield* childrenOf(node.shadow)
}

/** The node and everything below it, frames and shadow trees included; parents first. */
export function* subtreeOf(top: TreeNode): Generator<TreeNode> {
  const waiting = [top]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node
    for (let child = node.shadow.last; child; child = child.previous) waiting.push(child)
    for (let child = node.children.last; child; child = child.previous) waiting.push(child)
  }
}

/** Before `next`, which is a child of the same list, or last. */
export function attach(node: TreeNode, parent: TreeNode, next: TreeNode | undefined): void {
  const list = listOf(parent, node.isShadow)
  const previous = next ? next.previous : list.last
  node.parent = parent
  node.previous = previous
  node.next = next
  if (previous) previous.next = node
  else list.first = node
  if (next) next.previous = node
  else list.last = node
}

export function detach(node: TreeNode): void {
  const { parent, previous, next } = node
  if (!parent) return
  const list = listOf(parent, node.isShadow)
  if (previous) previous.next = next
  else list.first = next
  if (next) next.previous = previous
  else list.last = previous
  node.parent = node.previous = node.next = undefined
}

export function sheetTextOf(style: TreeNode): string {
  let text = ''
  for (const part of childrenOf(style.children)) text += part.text
  return text
}
