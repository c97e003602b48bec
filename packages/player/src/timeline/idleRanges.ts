import { milliseconds, type Duration } from '@vasistas/wire/core'
import type { Range } from './moment.types.ts'

export const SHORTEST_IDLE = milliseconds(5000)

/** Stretches in which the visitor did something at least every 5 seconds. */
export interface ActivityTrack {
  /** Times mostly ascend; one that does not is put where it belongs. */
  add(at: Duration): void
  ranges(): readonly Range[]
}

export function createActivityTrack(): ActivityTrack {
  const ranges: { from: Duration; to: Duration }[] = []
  return {
    add(at) {
      const last = ranges.at(-1)
      if (last && at >= last.from && at - last.to < SHORTEST_IDLE) last.to = Math.max(last.to, at)
      else ranges.push({ from: at, to: at })
    },
    ranges: () => ranges,
  }
}

/** Where nothing was done for 5 seconds or more, within what is loaded; in order, without overlaps. */
export function idleRanges(active: readonly Range[], loadedMs: Duration): readonly Range[] {
  const idle: Range[] = []
  let end = 0
  const add = (to: Duration) => {
    if (to - end >= SHORTEST_IDLE) idle.push({ from: end, to })
  }
  for (const range of active.toSorted((a, b) => a.from - b.from)) {
    if (range.from > loadedMs) break
    add(range.from)
    end = Math.max(end, Math.min(range.to, loadedMs))
  }
  add(loadedMs)
  return idle
}
