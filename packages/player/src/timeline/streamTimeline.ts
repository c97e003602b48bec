import type { Duration, StreamId } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'
import type { AllowList } from '../rebuild/allowedRecord.ts'
import { createRecordedTree, type RecordedTree } from '../seek/recordedTree.ts'
import { createKeyframes, type Keyframe } from '../seek/keyframes.ts'
import { describeElement } from './describeElement.ts'
import { createActivityTrack } from './idleRanges.ts'
import { lastBefore } from './lastBefore.ts'
import { createMarkerTrack, type Marker } from './markers.ts'
import type { PlacedRecord, PlacedRecordOf, PointerMoment, Range } from './moment.types.ts'

/** One page load's records on the recording's time, allow-listed, each as a page can take it. */
export interface StreamTimeline {
  readonly stream: StreamId
  readonly records: readonly PlacedRecord[]
  readonly pointer: readonly PointerMoment[]
  readonly keyframes: readonly Keyframe[]
  /** When there is something to show first. */
  readonly startsAt: Duration | undefined
  markers(): readonly Marker[]
  active(): readonly Range[]
  /** When the visitor was last seen to look at this page, up to a time. */
  lastSeen(at: Duration): Duration | undefined
  urlAt(at: Duration): string
  /** Records as decoded, in order; `place` puts a record's own time on the recording's. */
  add(records: readonly ReplayRecord[], place: (at: number) => Duration): void
  /** Batches are missing here, or could not be opened. */
  addGap(at: Duration, reason: string): void
}

export function createStreamTimeline(stream: StreamId, allow: AllowList): StreamTimeline {
  const records: PlacedRecord[] = []
  const pointer: PointerMoment[] = []
  const seen: Duration[] = []
  const urls: { readonly at: Duration; readonly url: string }[] = []
  const markers = createMarkerTrack()
  const activity = createActivityTrack()
  const tree: RecordedTree = createRecordedTree(allow)
  const keyframes = createKeyframes(tree)
  let last = 0
  let startsAt: Duration | undefined

  function add(decoded: readonly ReplayRecord[], place: (at: number) => Duration): void {
    for (const raw of decoded) {
      // Order comes from the sequence; a clock that went back may not turn it round.
      const at = Math.max(last, place(raw.at))
      const record = { ...raw, at }
      if (record.type === 'pointer-move') addMoves(record, raw.at, place)
      else {
        last = at
        addRecord(record)
      }
    }
  }

  function addRecord(record: PlacedRecord): void {
    if (record.type === 'snapshot') keyframes.beforeSnapshot(records.length, record.at)
    // Described first: a click may be what takes the element away, a removal certainly does.
    const describe = (node: number) => describeElement(tree.find(node))
    for (const applied of tree.apply(record)) {
      records.push(applied)
      markers.add(applied, describe)
    }
    keyframes.afterRecord(records.length, record)
    note(record)
  }

  function addMoves(record: PlacedRecordOf<'pointer-move'>, rawAt: number, place: (at: number) => Duration): void {
    for (const { x, y, node, offset } of record.positions) {
      const at = Math.min(record.at, place(rawAt + Math.min(0, offset)))
      addMoment({ at, x, y, node, pointer: record.pointer })
    }
  }

  function addMoment(moment: PointerMoment): void {
    const at = Math.max(moment.at, pointer.at(-1)?.at ?? 0)
    pointer.push({ ...moment, at })
    see(at)
  }

  function see(at: Duration): void {
    activity.add(at)
    seen.push(Math.max(at, seen.at(-1) ?? 0))
  }

  function note(record: PlacedRecord): void {
    const { at } = record
    switch (record.type) {
      case 'pointer-action': {
        const kind = record.action.startsWith('touch') ? 'touch' : 'mouse'
        if (tree.find(record.node)) addMoment({ at, x: record.x, y: record.y, node: record.node, pointer: kind })
        else activity.add(at)
        return
      }
      case 'page':
      case 'navigation':
        urls.push({ at, url: record.url })
        activity.add(at)
        return
      case 'input':
        return see(at)
      case 'visibility':
        if (record.visible) see(at)
        return
      case 'snapshot':
        startsAt ??= at
        if (seen.length === 0) seen.push(at)
        return
      case 'scroll':
      case 'viewport':
      case 'focus':
      case 'media':
        activity.add(at)
        return
      default:
        return
    }
  }

  return {
    stream,
    records,
    pointer,
    keyframes: keyframes.list,
    get startsAt() {
      return startsAt
    },
    markers: markers.list,
    active: activity.ranges,
    lastSeen: (at) => seen[lastBefore(seen, at, (time) => time)],
    urlAt: (at) =>
      urls[
        Math.max(
          0,
          lastBefore(urls, at, (entry) => entry.at),
        )
      ]?.url ?? '',
    add,
    addGap: markers.gap,
  }
}
