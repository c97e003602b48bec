import type { Duration, NodeId } from '@vasistas/wire/core'
import { rrweb, type AttributeValue, type SerializedDocument, type SerializedNode } from '@vasistas/wire/recording'
import type { SheetState } from './sheetState.ts'
import type { TreeState } from './tree.types.ts'
import { allChildrenOf, subtreeOf, type TreeNode } from './treeNode.ts'
import type { PlacedRecord } from '../timeline/moment.types.ts'

/** A node without what is below it, as a page takes it in an addition. */
export function describeNode(node: TreeNode): SerializedNode {
  const place = {
    id: node.id,
    // A document that names itself is one that rrweb waits for in vain.
    ...(node.rootId !== undefined && node.kind !== 'document' && { rootId: node.rootId }),
    ...(node.isShadow && { isShadow: true as const }),
  }
  switch (node.kind) {
    case 'document':
      return {
        type: rrweb.NODE.document,
        ...place,
        childNodes: [],
        ...(node.compatMode === 'BackCompat' && node.children.first && { compatMode: node.compatMode }),
      }
    case 'doctype':
      return { type: rrweb.NODE.doctype, ...place, name: 'html', publicId: '', systemId: '' }
    case 'text':
      return { type: rrweb.NODE.text, ...place, textContent: node.text }
    case 'comment':
      return { type: rrweb.NODE.comment, ...place, textContent: node.text }
    case 'element':
      return {
        type: rrweb.NODE.element,
        ...place,
        tagName: node.tagName,
        attributes: attributesOf(node),
        childNodes: [],
        ...(node.isSvg && { isSVG: true as const }),
        ...(node.isCustom && { isCustom: true as const }),
        ...(node.isHost && { isShadowHost: true as const }),
        ...(node.isBlocked && { needBlock: true }),
      }
  }
}

function attributesOf(node: TreeNode): { [name: string]: AttributeValue } {
  const attributes: { [name: string]: AttributeValue } = Object.fromEntries(node.attributes)
  if (node.isBlocked) attributes['data-vasistas'] = 'block'
  if (node.css) attributes['_cssText'] = node.css
  return attributes
}

/** With all below it but the documents of frames, which come in records of their own. */
function describeWhole(top: TreeNode): SerializedNode {
  const whole = describeNode(top)
  const waiting: { readonly node: TreeNode; readonly described: SerializedNode }[] = [{ node: top, described: whole }]
  for (let level = waiting.pop(); level; level = waiting.pop()) {
    const { node, described } = level
    if (!('childNodes' in described) || node.tagName === 'style') continue
    // In quirks mode the player writes a doctype of its own; rrweb does so only where there is none.
    const isQuirky = 'compatMode' in described
    for (const child of allChildrenOf(node)) {
      if (child.kind === 'document' || (isQuirky && child.kind === 'doctype')) continue
      const below = describeNode(child)
      described.childNodes.push(below)
      waiting.push({ node: child, described: below })
    }
  }
  return whole
}

/** The page's document and those of its frames, then what can only be said once they stand. */
export function describeSnapshot({ document }: TreeState, at: Duration): readonly PlacedRecord[] {
  if (!document) return []
  const { left, top } = document.scroll ?? { left: 0, top: 0 }
  const node = describeWhole(document) as SerializedDocument
  const frames: TreeNode[] = []
  for (const below of subtreeOf(document)) if (below.kind === 'document' && below !== document) frames.push(below)
  return [
    { type: 'snapshot', at, node, left, top },
    ...frames.flatMap((frame) => describeFrame(frame, at)),
    ...describeOffsets(subtreeOf(document), at),
  ]
}

/** The document of one frame; frames within it come in records of their own. */
export function describeFrame(frame: TreeNode, at: Duration): readonly PlacedRecord[] {
  if (!frame.parent) return []
  const adds = [{ parentId: frame.parent.id, nextId: null, node: describeWhole(frame) }]
  return [{ type: 'mutation', at, adds, removes: [], texts: [], attributes: [], isAttachIframe: true }]
}

/** How far nodes are scrolled, and what media show. */
export function describeOffsets(nodes: Iterable<TreeNode>, at: Duration): readonly PlacedRecord[] {
  const records: PlacedRecord[] = []
  for (const { id, scroll, media } of nodes) {
    if (media) records.push({ type: 'media', at, node: id, ...media })
    if (scroll && (scroll.left !== 0 || scroll.top !== 0)) records.push({ type: 'scroll', at, node: id, ...scroll })
  }
  return records
}

export function describeState(state: TreeState, at: Duration): readonly PlacedRecord[] {
  const { page, document, nodes, focused } = state
  if (!document) return []
  const records: PlacedRecord[] = page ? [{ ...page, at }] : []
  const [snapshot, ...rest] = describeSnapshot(state, at)
  const frames = rest.filter(({ type }) => type === 'mutation')
  records.push(...(snapshot ? [snapshot] : []), ...frames)
  for (const node of nodes.values()) if (node.sheet) records.push(...describeSheet({ node: node.id }, node.sheet, at))
  records.push(...describeAdopted(state, at))
  for (const { id, input } of nodes.values()) if (input) records.push({ type: 'input', at, node: id, ...input })
  records.push(...rest.filter(({ type }) => type !== 'mutation'))
  if (focused !== undefined) records.push({ type: 'focus', at, node: focused, focused: true })
  return records
}

function describeSheet(
  owner: { node: NodeId } | { styleId: number },
  { rules, changes }: SheetState,
  at: Duration,
): readonly PlacedRecord[] {
  const adds = rules.map((rule, index) => ({ rule, index }))
  const all = 'node' in owner && adds.length > 0 ? [{ type: 'style-sheet' as const, at, ...owner, adds }] : []
  return [...all, ...changes.map((change) => ({ ...change, at }))]
}

/** A host that was moved keeps its root, and a root the sheets it adopted; in the replay it is a new one. */
export function describeAdoptedBy(
  { adopted }: TreeState,
  hosts: Iterable<TreeNode>,
  at: Duration,
): readonly PlacedRecord[] {
  const records: PlacedRecord[] = []
  for (const { id } of hosts) {
    const styleIds = adopted.get(id)
    if (styleIds) records.push({ type: 'adopted-sheets', at, node: id, styleIds })
  }
  return records
}

function describeAdopted({ adopted, constructed, nodes }: TreeState, at: Duration): readonly PlacedRecord[] {
  const records: PlacedRecord[] = []
  const told = new Set<number>()
  for (const [node, styleIds] of [...adopted].toSorted(([a], [b]) => a - b)) {
    if (!nodes.has(node)) continue
    const styles = styleIds.flatMap((styleId) => {
      const sheet = constructed.get(styleId)
      if (!sheet || told.has(styleId)) return []
      told.add(styleId)
      return [{ styleId, rules: sheet.rules.map((rule, index) => ({ rule, index })) }]
    })
    records.push({ type: 'adopted-sheets', at, node, styleIds, styles })
    for (const { styleId } of styles) {
      const sheet = constructed.get(styleId)
      if (sheet) records.push(...describeSheet({ styleId }, sheet, at))
    }
  }
  return records
}
