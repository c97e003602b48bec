import { addEventListener, stopAll, throttle } from '@vasistas/browser-core'
import { milliseconds } from '@vasistas/wire/core'
import type { RecordingScope } from '../recordingScope.ts'
import type { EmitRecord, Tracker } from './tracker.types.ts'

const SAMPLE_INTERVAL = milliseconds(200)

export function trackViewport({ page, clock, monitor }: RecordingScope, emit: EmitRecord): Tracker {
  const report = throttle(clock, SAMPLE_INTERVAL, () => {
    emit({ type: 'viewport', at: clock.now(), width: page.innerWidth, height: page.innerHeight })
  })
  return stopAll(addEventListener(monitor, page, 'resize', report.call), report)
}
