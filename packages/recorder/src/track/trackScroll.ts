import { addEventListener, isDocument, isElement, stopAll, throttle } from '@vasistas/browser-core'
import { milliseconds } from '@vasistas/wire/core'
import type { RecordingScope } from '../recordingScope.ts'
import { isPrivatePlace } from './eventTarget.ts'
import type { EmitRecord, FlushingTracker } from './tracker.types.ts'

const SAMPLE_INTERVAL = milliseconds(100)
const MOST_WAITS = 5

interface Offset {
  readonly left: number
  readonly top: number
  /** Reports that found its element not told yet. */
  readonly waited: number
}

/** Emits where nodes stand after they scrolled. Scroll events stay inside their root, so each root has its own tracker. */
export function trackScroll(root: Document | ShadowRoot, scope: RecordingScope, emit: EmitRecord): FlushingTracker {
  const { structure, nodes, clock, monitor } = scope
  const offsets = new Map<Node, Offset>()

  const report = throttle(clock, SAMPLE_INTERVAL, () => {
    const noted = [...offsets]
    offsets.clear()
    for (const [scrolled, { left, top, waited }] of noted) {
      const recorded = nodes.findLive(scrolled)
      if (recorded && !isPrivatePlace(scope, scrolled)) {
        emit({ type: 'scroll', at: clock.now(), node: recorded.id, left, top })
      } else if (!recorded && waited < MOST_WAITS && structure.isConnected(scrolled)) {
        // It came into the page a moment ago and is told a moment later.
        offsets.set(scrolled, { left, top, waited: waited + 1 })
        report.call()
      }
    }
  })

  /** Offsets are read while the browser is at it; later the reading could cost a layout. */
  function note({ target }: Event): void {
    const scrolled = isDocument(target) ? target.scrollingElement : target
    if (!isElement(scrolled)) return
    offsets.set(isDocument(target) ? target : scrolled, {
      left: Math.round(structure.scrollLeft(scrolled)),
      top: Math.round(structure.scrollTop(scrolled)),
      waited: 0,
    })
    report.call()
  }

  const listener = addEventListener(monitor, root, 'scroll', note, { capture: true, passive: true })
  return { flush: report.flush, stop: stopAll(listener, report).stop }
}
