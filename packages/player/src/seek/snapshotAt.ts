import type { Duration } from '@vasistas/wire/core'
import { ALREADY_ALLOWED } from '../rebuild/allowedRecord.ts'
import { lastBefore } from '../timeline/lastBefore.ts'
import type { Keyframe } from './keyframes.ts'
import { createRecordedTree } from './recordedTree.ts'
import type { PlacedRecord } from '../timeline/moment.types.ts'

interface Recorded {
  readonly records: readonly PlacedRecord[]
  readonly keyframes: readonly Keyframe[]
}

export interface Moment {
  /** What brings an empty page to this moment; empty while there was nothing to show. */
  readonly records: readonly PlacedRecord[]
  /** Index of the first record after it. */
  readonly next: number
}

/**
 * The page at a time. It begins at the nearest keyframe and applies what follows to plain data, which is many times
 * cheaper than doing so to a document: only the outcome is built.
 */
export function snapshotAt({ records, keyframes }: Recorded, at: Duration): Moment {
  const next = lastBefore(records, at, (record) => record.at) + 1
  const keyframe = keyframes[lastBefore(keyframes, next - 1, ({ index }) => index)]
  if (!keyframe) return { records: [], next }
  const tree = createRecordedTree(ALREADY_ALLOWED)
  // The size of the page is told before its snapshot.
  const page =
    keyframe.records.length === 0
      ? records.findLast((record, index) => index < keyframe.index && record.type === 'page')
      : undefined
  if (page) tree.apply(page)
  for (const record of keyframe.records) tree.apply(record)
  for (let index = keyframe.index; index < next; index++) {
    const record = records[index]
    if (record) tree.apply(record)
  }
  return { records: tree.describe(at), next }
}
