import type { Duration } from '@vasistas/wire/core'
import type { Clock } from './clock.ts'
import type { ShownPage } from './rebuild/shownPage.ts'
import { snapshotAt } from './seek/snapshotAt.ts'
import type { StreamTimeline } from './timeline/streamTimeline.ts'
import type { Timeline } from './timeline/timeline.ts'

/** Keeps the shown page at a position of the recording. */
export interface Playhead {
  /** Rebuilds the page of that moment. */
  jumpTo(at: Duration): void
  /** Plays on to a later moment. False: there was more to do than a frame has time for; call again with the same moment. */
  advanceTo(at: Duration): boolean
  url(at: Duration): string
}

/** Milliseconds of one frame that records may take; a storm of them slows the replay instead of the dashboard. */
const FRAME_BUDGET = 24
/** Records after which building the outcome is cheaper than every step on the way. */
const MANY = 400

export function createPlayhead(timeline: Timeline, page: ShownPage, clock: Clock): Playhead {
  let shown: StreamTimeline | undefined
  let next = 0

  /** Before the first page there is nothing: then the first page it is. */
  function streamAt(at: Duration): StreamTimeline | undefined {
    return timeline.shownAt(at) ?? timeline.first()
  }

  function jumpTo(at: Duration): void {
    shown = streamAt(at)
    if (!shown) return
    const moment = snapshotAt(shown, Math.max(at, shown.startsAt ?? 0))
    next = moment.next
    page.show(moment.records)
    page.point(shown.pointer, at)
  }

  function advanceTo(at: Duration): boolean {
    if (streamAt(at) !== shown || hasMany(at)) {
      jumpTo(at)
      return true
    }
    if (!shown) return true
    const begunAt = clock.mono()
    const { records } = shown
    for (let record = records[next]; record && record.at <= at; record = records[next]) {
      next++
      page.follow(record)
      if (clock.mono() - begunAt > FRAME_BUDGET) return false
    }
    page.point(shown.pointer, at)
    return true
  }

  function hasMany(at: Duration): boolean {
    const later = shown?.records[next + MANY]
    return later !== undefined && later.at <= at
  }

  return {
    jumpTo,
    advanceTo,
    url: (at) => streamAt(at)?.urlAt(at) ?? '',
  }
}
