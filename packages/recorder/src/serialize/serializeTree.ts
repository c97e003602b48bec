import { rrweb, type SerializedNode } from '@vasistas/wire/recording'
import type { NodeContext } from '../nodePrivacy.ts'
import type { RecordedNode } from '../recordedNodes.ts'
import type { RecordingScope } from '../recordingScope.ts'
import type { Found } from './found.types.ts'
import { serializeElement } from './serializeElement.ts'

/** Where a tree hangs in the replay. Without a parent it is the page's document. */
export interface Place {
  readonly parent: RecordedNode | undefined
  readonly context: NodeContext
  readonly isShadow: boolean
}

export interface Telling {
  readonly walk: number
  /** A whole document: with how far things are scrolled. */
  readonly isWhole: boolean
  readonly keepsNumbers: boolean
}

export interface TreeWalk {
  readonly found: Found
  /** Goes on until the time is up; true when everything was told. */
  advance(hasTime: () => boolean): boolean
}

interface Level {
  next: Node | null
  readonly node: Node
  readonly recorded: RecordedNode
  /** What children inherit; it may rise while the walk pauses. */
  context: NodeContext
  readonly serialized: SerializedNode
  readonly isHost: boolean
  readonly isShadow: boolean
}

/** `LIMITS.depth` counts objects and lists: a level of the page costs two. What is deeper is left out. */
const DEEPEST = 500
const NODES_BETWEEN_LOOKS = 64

/**
 * Walks a node and all below it, parents first and siblings in order, shadow trees after light children, as rrweb does.
 * Without recursion, so that it can pause; what the page changes meanwhile, the mutations that follow put right.
 */
export function createTreeWalk(
  scope: RecordingScope,
  top: Node,
  { parent, context, isShadow }: Place,
  { walk, isWhole, keepsNumbers }: Telling,
  place: (node: SerializedNode, parent: SerializedNode | undefined, isShadow: boolean) => void,
): TreeWalk {
  const { structure, privacy, gate, nodes, monitor } = scope
  const found: Found = { shadowRoots: [], frames: [], fields: [] }
  const levels: Level[] = []
  let isStarted = false

  function tell(node: Node, nodeContext: NodeContext, above: Level | undefined): void {
    if (!isTold(structure.nodeType(node))) return
    const before = nodes.find(node)
    if (before?.walk === walk) return // moved here from a part that was told already: its mutations follow
    const recorded = before && keepsNumbers ? before : nodes.create(node, nodeContext)
    const isBelowShadow = above ? above.isShadow : isShadow
    const serialized = serialize(node, recorded.id, nodeContext, isBelowShadow)
    if (!serialized) return
    const holder = above ? above.recorded : parent
    recorded.walk = walk
    recorded.isGone = false
    recorded.context = nodeContext
    recorded.parent = holder
    recorded.parentWalk = holder ? holder.walk : 0
    recorded.isShadow = isBelowShadow
    recorded.rootId = serialized.type === rrweb.NODE.document ? holder && recorded.id : serialized.rootId
    place(serialized, above?.serialized, isBelowShadow)
    if (serialized.type === rrweb.NODE.document || serialized.type === rrweb.NODE.element)
      descend(node, recorded, serialized)
  }

  function serialize(
    node: Node,
    id: number,
    nodeContext: NodeContext,
    isBelowShadow: boolean,
  ): SerializedNode | undefined {
    const above = levels.at(-1)?.recorded ?? parent
    const serialized = serializeAlone(node, id, nodeContext)
    if (serialized && isBelowShadow) Object.assign(serialized, { isShadow: true })
    // Inside a frame nodes name their document, because the player has several.
    const rootId = above?.rootId
    if (serialized && serialized.type !== rrweb.NODE.document && rootId !== undefined)
      Object.assign(serialized, { rootId })
    return serialized
  }

  function serializeAlone(node: Node, id: number, nodeContext: NodeContext): SerializedNode | undefined {
    switch (structure.nodeType(node)) {
      case 1:
        return serializeElement(scope, node as Element, id, nodeContext, { isWhole, found })
      case 3:
        return { type: rrweb.NODE.text, id, textContent: gate.text(node, nodeContext) }
      case 9:
        return {
          type: rrweb.NODE.document,
          id,
          childNodes: [],
          ...(isQuirky(node as Document) && structure.firstChild(node) && { compatMode: 'BackCompat' }),
        }
      case 10:
        // In quirks mode the player writes a doctype of its own; elsewhere the name is all that counts.
        return isQuirky(structure.ownerDocument(node))
          ? undefined
          : { type: rrweb.NODE.doctype, id, name: 'html', publicId: '', systemId: '' }
      default:
        return undefined // comments, CDATA and processing instructions
    }
  }

  const isQuirky = (document: Document | null) => document !== null && structure.compatMode(document) === 'BackCompat'

  function descend(node: Node, recorded: RecordedNode, serialized: SerializedNode): void {
    if (levels.length >= DEEPEST || ('needBlock' in serialized && serialized.needBlock)) return
    if (serialized.type === rrweb.NODE.element && !tellsChildren(serialized.tagName)) return
    const root = serialized.type === rrweb.NODE.element ? structure.shadowRoot(node as Element) : null
    const level = { node, recorded, serialized, context: recorded.context }
    if (root) {
      found.shadowRoots.push(root)
      gate.lookThrough(root)
      levels.push({ ...level, node: root, next: structure.firstChild(root), isHost: false, isShadow: true })
    }
    const next = structure.firstChild(node)
    if (next) levels.push({ ...level, next, isHost: root !== null, isShadow: false })
  }

  function step(): void {
    const level = levels.at(-1)
    if (!level) return
    const node = level.next
    if (!node) {
      levels.pop()
      return
    }
    level.next = structure.nextSibling(node)
    // Content that cannot be decided is not told (leaks.md, design rule 4).
    monitor.run(() => tell(node, privacy.contextBelow(level.context, node, level.isHost), level))
  }

  /**
   * After a pause the page may have moved the node to go on with: then the children are looked through once more. What
   * became private meanwhile is so for all that is told from now on.
   */
  function refresh(): void {
    for (const level of levels) {
      level.context = privacy.contextOf(level.node)
      if (level.next && structure.parentNode(level.next) !== level.node) level.next = structure.firstChild(level.node)
    }
  }

  return {
    found,
    advance(hasTime) {
      if (isStarted) refresh()
      else {
        isStarted = true
        monitor.run(() => tell(top, context, undefined))
      }
      while (levels.length > 0) {
        for (let count = 0; count < NODES_BETWEEN_LOOKS; count++) step()
        if (!hasTime()) return levels.length === 0
      }
      return true
    },
  }
}

/** Comments, CDATA and processing instructions are not. */
function isTold(nodeType: number): boolean {
  return nodeType === 1 || nodeType === 3 || nodeType === 9 || nodeType === 10
}

/** Children of some elements are told as an attribute of the element, or never. */
export function tellsChildren(localName: string): boolean {
  return !/^(?:style|link|script|noscript|textarea|template|iframe)$/.test(localName)
}
