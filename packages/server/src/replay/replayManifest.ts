import type { BatchRef, Manifest, ManifestStream } from '@vasistas/wire/api'
import type { RecordingId } from '@vasistas/wire/core'

interface StreamRow {
  readonly stream: number
  readonly ordinal: number
  readonly skew_ms: number
}

interface BatchRow {
  readonly stream: number
  readonly sequence: number
  readonly first_at: number
  readonly last_at: number
  readonly payload_bytes: number
  readonly has_snapshot: number
  readonly state: number
}

/** Opened and inspected: only these may be shown (store/schema.ts `BatchState`). */
const INDEXED = 1
const STORED = 0

export interface ManifestSource {
  readonly recording: RecordingId
  readonly streams: readonly StreamRow[]
  /** All batches, whatever became of them, in order of stream and sequence. */
  readonly batches: readonly BatchRow[]
  readonly assetPrefix: string | null
}

/**
 * The batches that may be shown, streams in order of corrected time. A number that never arrived is a gap, and so is a batch
 * that was poisoned or quarantined: for whoever plays, both are missing. What waits at the end to be indexed is not.
 */
export function createManifest({ recording, streams, batches, assetPrefix }: ManifestSource): Manifest {
  const byStream = Map.groupBy(batches, ({ stream }) => stream)
  const listed = streams.flatMap((row) => {
    const own = byStream.get(row.stream) ?? []
    const shown = own.filter(({ state }) => state === INDEXED)
    return shown.length > 0 ? [{ row, own, shown, startsAt: (shown[0]?.first_at ?? 0) + row.skew_ms }] : []
  })
  return {
    recording,
    streams: listed
      .toSorted((a, b) => a.startsAt - b.startsAt || a.row.ordinal - b.row.ordinal)
      .map(({ row, own, shown }) => createStream(row, own, shown)),
    assetPrefix,
  }
}

function createStream(
  { stream, skew_ms: skewMs }: StreamRow,
  own: readonly BatchRow[],
  shown: readonly BatchRow[],
): ManifestStream {
  const end = own.findLast(({ state }) => state !== STORED)?.sequence ?? -1
  const present = shown.map(({ sequence }) => sequence)
  return { stream, skewMs, batches: shown.map(createRef), gaps: findGaps(present, end) }
}

const createRef = ({ sequence, first_at, last_at, payload_bytes, has_snapshot }: BatchRow): BatchRef => ({
  sequence,
  firstAt: first_at,
  lastAt: last_at,
  bytes: payload_bytes,
  hasSnapshot: has_snapshot === 1,
})

/** `{0..end}` without the numbers present (ascending), as inclusive ranges. */
function findGaps(present: readonly number[], end: number): readonly (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = []
  let expected = 0
  for (const sequence of present) {
    if (sequence > expected) gaps.push([expected, sequence - 1])
    expected = sequence + 1
  }
  if (expected <= end) gaps.push([expected, end])
  return gaps
}
