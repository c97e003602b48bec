import { createClock, createMonitor } from '@vasistas/browser-core'
import { startRecording } from '@vasistas/recorder/recording'
import { DEFAULT_PRIVACY } from '@vasistas/wire/core'
import { encodeRecord } from '@vasistas/wire/recording'
import type { MeasuredRecorder } from './measured.types.ts'

/** Our recorder with the default privacy policy; its records are encoded, as the batches do. */
export const recorder: MeasuredRecorder = {
  start(onFullSnapshot) {
    let bytes = 0
    const recording = startRecording({
      page: window,
      privacy: DEFAULT_PRIVACY,
      clock: createClock(),
      monitor: createMonitor(() => undefined),
      marks: [],
      emit(record) {
        bytes += encodeRecord(record).length
        if (record.type === 'snapshot') onFullSnapshot()
      },
    })
    if (!recording) throw new Error('the recorder refused to start')
    return recording
  },
}
