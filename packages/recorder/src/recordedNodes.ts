import type { NodeId } from '@vasistas/wire/core'
import type { NodeContext } from './nodePrivacy.ts'

/** What the replay knows of a node: where it stands there and under which privacy it was told. */
export interface RecordedNode {
  readonly id: NodeId
  context: NodeContext
  parent: RecordedNode | undefined
  /** Directly under the shadow root of its parent. */
  isShadow: boolean
  /** The document of the frame it is in; nothing for the page's own document. */
  rootId: NodeId | undefined
  /** Taken out of the replay; whatever is below it is out as well. */
  isGone: boolean
  /** The walk that told of it last. */
  walk: number
  /** The parent's at that time: what a later telling of the parent does not tell is out. */
  parentWalk: number
}

export interface RecordedNodes {
  find(node: Node): RecordedNode | undefined
  /** In the replay now: neither it nor anything above it was taken out. */
  findLive(node: Node): RecordedNode | undefined
  /**
   * A new number, also for a node that had one: players keep what they built under a number, for shadow trees and frames
   * even after it was taken out. Only whole snapshots, which make players forget, keep numbers.
   */
  create(node: Node, context: NodeContext): RecordedNode
  /** A number for one telling of a tree or of changes. */
  nextWalk(): number
}

/** Numbers and memories of the nodes of one recording; they go when the node goes. */
export function createRecordedNodes(): RecordedNodes {
  const known = new WeakMap<Node, RecordedNode>()
  let last = 0
  let walks = 0

  function findLive(node: Node): RecordedNode | undefined {
    const found = known.get(node)
    for (let at = found; at; at = at.parent) {
      if (at.isGone || (at.parent && at.parent.walk !== at.parentWalk)) return undefined
    }
    return found
  }
  return {
    find: (node) => known.get(node),
    findLive,
    nextWalk: () => ++walks,
    create(node, context) {
      const recorded: RecordedNode = {
        id: ++last,
        context,
        parent: undefined,
        isShadow: false,
        rootId: undefined,
        isGone: false,
        walk: 0,
        parentWalk: 0,
      }
      known.set(node, recorded)
      return recorded
    },
  }
}
