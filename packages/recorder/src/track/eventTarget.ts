import { isElement } from '@vasistas/browser-core'
import type { NodeId } from '@vasistas/wire/core'
import type { RecordingScope } from '../recordingScope.ts'

/** Where an event really happened: inside an open shadow tree the listener is told of the host only. */
export function targetOf(event: Event): Element | undefined {
  const [target] = event.composedPath()
  return isElement(target) ? target : undefined
}

/** What the visitor does in a blocked or ignored place is not recorded (leaks.md, design rule 6). */
export function isPrivatePlace({ privacy }: RecordingScope, node: Node): boolean {
  const { level, isIgnored } = privacy.contextOf(node)
  return level === 'block' || isIgnored
}

/** The node or the nearest one above it that the replay knows. */
export function nearestRecorded({ nodes, structure }: RecordingScope, node: Node): NodeId | undefined {
  for (let at: Node | null = node; at; at = structure.parentNode(at)) {
    const recorded = nodes.findLive(at)
    if (recorded) return recorded.id
  }
  return undefined
}
