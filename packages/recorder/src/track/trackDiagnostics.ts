import { addEventListener, stopAll } from '@vasistas/browser-core'
import type { RecordingScope } from '../recordingScope.ts'
import type { EmitRecord, Tracker } from './tracker.types.ts'

/** Emits that an error happened and of what kind. Messages and stacks quote what visitors typed: they stay (leaks.md L197). */
export function trackDiagnostics({ page, clock, monitor, gate }: RecordingScope, emit: EmitRecord): Tracker {
  const report = (error: unknown) => emit({ type: 'error', at: clock.now(), name: gate.errorName(error), message: '' })
  return stopAll(
    addEventListener(monitor, page, 'error', (event: ErrorEvent) => report(event.error)),
    addEventListener(monitor, page, 'unhandledrejection', (event: PromiseRejectionEvent) => report(event.reason)),
  )
}
