import { record } from '@rrweb/record'
import type { MeasuredRecorder } from './measured.types.ts'

const FULL_SNAPSHOT = 2

/** @rrweb/record with its defaults; its events are serialised, as any transport must. */
export const recorder: MeasuredRecorder = {
  start(onFullSnapshot) {
    let bytes = 0
    const stop = record({
      emit(event) {
        bytes += JSON.stringify(event).length
        if (Number(event.type) === FULL_SNAPSHOT) onFullSnapshot()
      },
    })
    return { stop: () => stop?.() }
  },
}
