import type { NodeId } from '@vasistas/wire/core'
import type { AddedNode } from '@vasistas/wire/recording'
import type { TreeNode } from './treeNode.ts'

/** Parents first; among siblings the last first, so that each can name one that is there. */
export function orderAdditions(
  adds: readonly AddedNode[],
  find: (id: NodeId) => TreeNode | undefined,
  added: ReadonlySet<TreeNode>,
): AddedNode[] {
  const byId = new Map(adds.map((add) => [add.node.id, add]))
  const ordered: AddedNode[] = []
  const tops = adds.flatMap((add) => {
    const node = find(add.node.id)
    return node?.parent && !added.has(node.parent) ? [node] : []
  })
  const seen = new Set<TreeNode>()
  const waiting: TreeNode[] = []
  for (const top of tops) addRun(top)
  return ordered

  /** A run of new siblings that ends in one that was there before, or in nothing. */
  function addRun(node: TreeNode): void {
    let last = node
    while (last.next && added.has(last.next)) last = last.next
    for (
      let sibling: TreeNode | undefined = last;
      sibling && added.has(sibling) && !seen.has(sibling);
      sibling = sibling.previous
    )
      addWithChildren(sibling)
  }

  function addWithChildren(top: TreeNode): void {
    waiting.push(top)
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      if (seen.has(node)) continue
      seen.add(node)
      const add = byId.get(node.id)
      if (!add) continue
      ordered.push({ ...add, nextId: node === top ? (node.next?.id ?? null) : null })
      for (let child = node.shadow.last; child; child = child.previous) if (added.has(child)) waiting.push(child)
      for (let child = node.children.last; child; child = child.previous) if (added.has(child)) waiting.push(child)
    }
  }
}
