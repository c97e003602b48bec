import type { MeasuredRecorder } from './measured.types.ts'

/** The page alone: what all others are measured against. */
export const recorder: MeasuredRecorder = {
  start(onFullSnapshot) {
    onFullSnapshot()
    return { stop: () => undefined }
  },
}
