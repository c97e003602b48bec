import { milliseconds, type Duration, type StreamId } from '@vasistas/wire/core'
import type { Manifest } from '@vasistas/wire/api'
import type { ReplayRecord } from '@vasistas/wire/recording'
import type { AllowList } from '../rebuild/allowedRecord.ts'
import { idleRanges } from './idleRanges.ts'
import type { Marker } from './markers.ts'
import type { Range } from './moment.types.ts'
import { createStreamTimeline, type StreamTimeline } from './streamTimeline.ts'

/** All records of a recording on one time, which counts from its start. Page loads and tabs are streams of their own. */
export interface Timeline {
  readonly durationMs: Duration
  /** The page that the visitor looked at; nothing before there is one. */
  shownAt(at: Duration): StreamTimeline | undefined
  /** The first page there is to show. */
  first(): StreamTimeline | undefined
  markers(): readonly Marker[]
  idle(loadedMs: Duration): readonly Range[]
  hasSnapshot(): boolean
  add(stream: StreamId, sequence: number, records: readonly ReplayRecord[]): void
  /** A batch that could not be opened. */
  addGap(stream: StreamId, sequence: number, reason: string): void
  /** When the batch begins. */
  startOf(stream: StreamId, sequence: number): Duration
}

/** No session lasts longer (LIMITS.sessionMs and a silence); a clock that jumped must not make a day of a minute. */
const LONGEST = milliseconds(5 * 3_600_000)

export function createTimeline(manifest: Manifest, allow: AllowList): Timeline {
  const bounds = manifest.streams.flatMap(({ batches, skewMs }) =>
    batches.flatMap(({ firstAt, lastAt }) => [firstAt + skewMs, lastAt + skewMs]),
  )
  const start = bounds.reduce((least, at) => Math.min(least, at), Infinity)
  const end = bounds.reduce((most, at) => Math.max(most, at), start)
  const durationMs = Number.isFinite(start) ? Math.min(LONGEST, end - start) : 0
  const streams = new Map<StreamId, StreamTimeline>()
  for (const { stream } of manifest.streams) streams.set(stream, createStreamTimeline(stream, allow))

  const clampTime = (at: number): Duration => Math.min(durationMs, Math.max(0, at))

  function refOf(stream: StreamId, sequence: number) {
    const described = manifest.streams.find((candidate) => candidate.stream === stream)
    const ref = described?.batches.find((batch) => batch.sequence === sequence)
    return described && ref && { ...ref, skewMs: described.skewMs }
  }

  /** Times of a batch stay within what the manifest says of it. */
  function add(stream: StreamId, sequence: number, records: readonly ReplayRecord[]): void {
    const ref = refOf(stream, sequence)
    if (!ref) return
    const place = (at: number) => clampTime(Math.min(ref.lastAt, Math.max(ref.firstAt, at)) + ref.skewMs - start)
    streams.get(stream)?.add(records, place)
  }

  function startOf(stream: StreamId, sequence: number): Duration {
    const ref = refOf(stream, sequence)
    return ref ? clampTime(ref.firstAt + ref.skewMs - start) : 0
  }

  function shownAt(at: Duration): StreamTimeline | undefined {
    let shown: StreamTimeline | undefined
    let latest = -1
    for (const stream of streams.values()) {
      const seen = stream.startsAt !== undefined && stream.startsAt <= at ? stream.lastSeen(at) : undefined
      if (seen !== undefined && seen >= latest) [shown, latest] = [stream, seen]
    }
    return shown
  }

  function first(): StreamTimeline | undefined {
    let earliest: StreamTimeline | undefined
    for (const stream of streams.values()) {
      if (stream.startsAt !== undefined && stream.startsAt < (earliest?.startsAt ?? Infinity)) earliest = stream
    }
    return earliest
  }

  addMissing()
  /** Sequence numbers that the server never got or never shows. */
  function addMissing(): void {
    for (const { stream, gaps, batches, skewMs } of manifest.streams) {
      for (const [from] of gaps) {
        const before = batches.findLast(({ sequence }) => sequence < from)
        const at = before ? before.lastAt : (batches[0]?.firstAt ?? 0)
        streams.get(stream)?.addGap(clampTime(at + skewMs - start), 'missing')
      }
    }
  }

  return {
    durationMs,
    shownAt,
    first,
    markers: () => [...streams.values()].flatMap((stream) => stream.markers()).toSorted((a, b) => a.at - b.at),
    idle: (loadedMs) =>
      idleRanges(
        [...streams.values()].flatMap((stream) => stream.active()),
        loadedMs,
      ),
    hasSnapshot: () => [...streams.values()].some(({ startsAt }) => startsAt !== undefined),
    add,
    addGap: (stream, sequence, reason) => streams.get(stream)?.addGap(startOf(stream, sequence), reason),
    startOf,
  }
}
