import { addEventListener, isDocument, isElement, stopAll, throttle } from '@vasistas/browser-core'
import { milliseconds } from '@vasistas/wire/core'
import type { RecordingScope } from '../recordingScope.ts'
import { isPrivatePlace } from './eventTarget.ts'
import type { EmitRecord, FlushingTracker } from './tracker.types.ts'

const SAMPLE_INTERVAL = milliseconds(100)

/** Emits where nodes stand after they scrolled. Scroll events stay inside their root, so each root has its own tracker. */
export function trackScroll(root: Document | ShadowRoot, scope: RecordingScope, emit: EmitRecord): FlushingTracker {
  const { structure, nodes, clock, monitor } = scope
  const offsets = new Map<Node, { readonly left: number; readonly top: number }>()

  const report = throttle(clock, SAMPLE_INTERVAL, () => {
    for (const [scrolled, offset] of offsets) {
      const recorded = nodes.findLive(scrolled)
      // Not recorded yet: the snapshot will carry its offset.
      if (recorded && !isPrivatePlace(scope, scrolled))
        emit({ type: 'scroll', at: clock.now(), node: recorded.id, ...offset })
    }
    offsets.clear()
  })

  /** Offsets are read while the browser is at it; later the reading could cost a layout. */
  function note({ target }: Event): void {
    const scrolled = isDocument(target) ? target.scrollingElement : target
    if (!isElement(scrolled)) return
    offsets.set(isDocument(target) ? target : scrolled, {
      left: Math.round(structure.scrollLeft(scrolled)),
      top: Math.round(structure.scrollTop(scrolled)),
    })
    report.call()
  }

  const listener = addEventListener(monitor, root, 'scroll', note, { capture: true, passive: true })
  return { flush: report.flush, stop: stopAll(listener, report).stop }
}
