import { addEventListener, stopAll } from '@vasistas/browser-core'
import type { RecordingScope } from '../recordingScope.ts'
import { isPrivatePlace, targetOf } from './eventTarget.ts'
import type { EmitRecord, Tracker } from './tracker.types.ts'

/** Emits which element has the keyboard, and whether the visitor sees the page at all. */
export function trackFocus(root: Document, scope: RecordingScope, emit: EmitRecord): Tracker {
  const { clock, monitor, nodes, gate } = scope

  function report(event: Event): void {
    const target = targetOf(event)
    const recorded = target && nodes.findLive(target)
    // A key of a pad takes the focus when it is pressed (leaks.md L058).
    if (!recorded || isPrivatePlace(scope, target) || gate.isKeypadKey(target)) return
    emit({ type: 'focus', at: clock.now(), node: recorded.id, focused: event.type === 'focusin' })
  }

  const listeners = ['focusin', 'focusout'].map((type) =>
    addEventListener(monitor, root, type, report, { capture: true }),
  )
  return stopAll(...listeners)
}

export function trackVisibility({ page, clock, monitor }: RecordingScope, emit: EmitRecord): Tracker {
  const { document } = page
  return addEventListener(monitor, document, 'visibilitychange', () => {
    emit({ type: 'visibility', at: clock.now(), visible: document.visibilityState === 'visible' })
  })
}
