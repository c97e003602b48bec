import type { AddedNode, ChangedAttributes, MutationRecord, RemovedNode } from '@vasistas/wire/recording'
import type { RecordedNode } from '../recordedNodes.ts'
import type { RecordingScope } from '../recordingScope.ts'
import type { Found } from './found.types.ts'
import { createTreeWalk, tellsChildren } from './serializeTree.ts'

type PageMutation = globalThis.MutationRecord

/** What changed since the last change set, as nodes and not as steps: only the state at the end is told. */
export interface Changes {
  readonly added: Set<Node>
  readonly removed: Set<Node>
  readonly texts: Set<Node>
  readonly attributeNames: Map<Element, Set<string>>
  /** Elements whose sheet must be told anew. */
  readonly sheets: Set<Element>
}

export interface ChangeSet {
  readonly record: Omit<MutationRecord, 'at'>
  readonly found: Found
}

export const createChanges = (): Changes => ({
  added: new Set(),
  removed: new Set(),
  texts: new Set(),
  attributeNames: new Map(),
  sheets: new Set(),
})

export function clearChanges(changes: Changes): void {
  for (const part of [changes.added, changes.removed, changes.texts, changes.attributeNames, changes.sheets])
    part.clear()
}

const ELEMENT = 1

/** Sorts what the observer saw; the privacy of what was there before is remembered on the way. */
export function collectChanges(
  { structure, gate, privacy }: RecordingScope,
  mutations: readonly PageMutation[],
  changes: Changes,
): void {
  const openPlaces = new Set<Node>()
  /** Looked up once a place, because tables lose thousands of rows at a time. */
  function keepPrivacy(removed: Node, parent: Node): void {
    if (openPlaces.has(parent)) return
    const context = privacy.contextOf(parent)
    if (context.level === 'mask' || context.level === 'block') privacy.raise(removed, context)
    else openPlaces.add(parent)
  }
  for (const mutation of mutations) {
    const { target, type, addedNodes, removedNodes, attributeName } = mutation
    const isStyle = structure.nodeType(target) === ELEMENT && structure.localName(target as Element) === 'style'
    if (type === 'attributes') {
      gate.noteOldAttribute(mutation)
      if (attributeName !== null) changedAttributes(changes, target as Element).add(attributeName)
    } else if (type === 'characterData') {
      const parent = structure.parentNode(target)
      if (parent && structure.nodeType(parent) === ELEMENT && structure.localName(parent as Element) === 'style')
        changes.sheets.add(parent as Element)
      else changes.texts.add(target)
    } else if (isStyle) changes.sheets.add(target as Element)
    else {
      for (const node of removedNodes) {
        changes.removed.add(node)
        keepPrivacy(node, target)
      }
      for (const node of addedNodes) changes.added.add(node)
    }
  }
}

function changedAttributes({ attributeNames }: Changes, element: Element): Set<string> {
  let names = attributeNames.get(element)
  if (!names) attributeNames.set(element, (names = new Set()))
  return names
}

/**
 * One consistent change set: removals, then additions in an order in which every parent and every next sibling is known,
 * then text and attributes of what stayed. Costs as much as what changed, whatever the size of the page.
 */
export function serializeMutations(scope: RecordingScope, changes: Changes, walk: number): ChangeSet | undefined {
  const { structure, privacy, gate, nodes } = scope
  const removes: RemovedNode[] = []
  const adds: AddedNode[] = []
  const texts: { id: number; value: string }[] = []
  const attributes: ChangedAttributes[] = []
  const found: Found = { shadowRoots: [], frames: [], fields: [] }

  for (const element of changes.attributeNames.keys()) tellAnewIfLevelChanged(element)
  for (const node of changes.removed) remove(node)
  for (const node of changes.added) add(node)
  for (const node of changes.texts) changeText(node)
  for (const [element, names] of changes.attributeNames) changeAttributes(element, names)
  for (const element of changes.sheets) changeSheet(element)
  return removes.length + adds.length + texts.length + attributes.length === 0
    ? undefined
    : { record: { type: 'mutation', removes, adds, texts, attributes }, found }

  function tellAnewIfLevelChanged(element: Element): void {
    const recorded = nodes.findLive(element)
    if (!recorded?.parent || recorded.context === contextNow(element, recorded.parent)) return
    changes.removed.add(element)
    changes.added.add(element)
  }

  function contextNow(node: Node, parent: RecordedNode) {
    const holder = structure.parentNode(node)
    const isBelowHost =
      holder !== null && structure.nodeType(holder) === ELEMENT && structure.shadowRoot(holder as Element) !== null
    return privacy.contextBelow(parent.context, node, isBelowHost)
  }

  function remove(node: Node): void {
    const recorded = nodes.findLive(node)
    if (!recorded?.parent) return
    const { parent, id, isShadow } = recorded
    removes.push({ parentId: parent.id, id, ...(isShadow && { isShadow: true as const }) })
    recorded.isGone = true
  }

  /** The next siblings go first, so that each addition can name one that is there. */
  function add(node: Node): void {
    const parent = holderOf(node)
    if (!parent || !needsTelling(node, parent)) return
    const waiting: Node[] = []
    let next: Node | null = node
    for (; next && needsTelling(next, parent); next = structure.nextSibling(next)) waiting.push(next)
    let nextId = next ? (nodes.find(next)?.id ?? null) : null
    for (const sibling of waiting.reverse()) nextId = tell(sibling, parent, nextId) ?? nextId
  }

  /** The parent, while it is in the replay and shows its children. */
  function holderOf(node: Node): RecordedNode | undefined {
    if (!structure.isConnected(node)) return undefined
    const parent = structure.parentNode(node)
    if (!parent) return undefined
    const holder = structure.nodeType(parent) === 11 ? structure.host(parent as ShadowRoot) : parent
    const recorded = nodes.findLive(holder)
    if (!recorded || recorded.context.level === 'block') return undefined
    return structure.nodeType(holder) === ELEMENT && !tellsChildren(structure.localName(holder as Element))
      ? undefined
      : recorded
  }

  function needsTelling(node: Node, parent: RecordedNode): boolean {
    const recorded = nodes.find(node)
    return !recorded || recorded.isGone || recorded.parent !== parent || recorded.parentWalk !== parent.walk
  }

  function tell(node: Node, parent: RecordedNode, nextId: number | null): number | undefined {
    const isShadow = structure.nodeType(structure.parentNode(node) as Node) === 11
    const place = { parent, context: contextNow(node, parent), isShadow }
    let id: number | undefined
    const tree = createTreeWalk(
      scope,
      node,
      place,
      { walk, isWhole: false, keepsNumbers: false },
      (serialized, above) => {
        id ??= serialized.id
        adds.push({ parentId: above ? above.id : parent.id, nextId: above ? null : nextId, node: serialized })
      },
    )
    tree.advance(() => true)
    found.shadowRoots.push(...tree.found.shadowRoots)
    found.frames.push(...tree.found.frames)
    found.fields.push(...tree.found.fields)
    return id
  }

  function changeText(node: Node): void {
    const recorded = toldBefore(node)
    if (recorded && structure.nodeType(node) === 3)
      texts.push({ id: recorded.id, value: gate.text(node, recorded.context) })
  }

  function changeAttributes(element: Element, names: ReadonlySet<string>): void {
    const recorded = toldBefore(element)
    if (!recorded || recorded.context.level === 'block') return
    const changed = gate.changedAttributes(element, names, recorded.context)
    if (changed && names.has('open') && structure.isModal(element)) changed['rr_open_mode'] = 'modal'
    if (changed) attributes.push({ id: recorded.id, attributes: changed })
  }

  function changeSheet(element: Element): void {
    const recorded = toldBefore(element)
    const css = recorded && recorded.context.level !== 'block' ? gate.ownCss(element) : undefined
    if (recorded && css !== undefined) attributes.push({ id: recorded.id, attributes: { _cssText: css } })
  }

  /** In the replay, and not told by this very change set. */
  function toldBefore(node: Node): RecordedNode | undefined {
    const recorded = nodes.findLive(node)
    return recorded && recorded.walk !== walk ? recorded : undefined
  }
}
