import type { RecordingSummary } from '@vasistas/wire/api'
import type { RecordingId } from '@vasistas/wire/core'

export interface Neighbours {
  readonly newer: RecordingId | undefined
  readonly older: RecordingId | undefined
}

/** Nothing when the list does not hold it. */
export function neighboursIn(
  recordings: readonly Pick<RecordingSummary, 'id'>[],
  id: RecordingId,
): Neighbours | undefined {
  const index = recordings.findIndex((recording) => recording.id === id)
  if (index < 0) return undefined
  return { newer: recordings[index - 1]?.id, older: recordings[index + 1]?.id }
}
