import type { Duration } from '@vasistas/wire/core'
import { lastBefore } from '../timeline/lastBefore.ts'
import type { PointerMoment } from '../timeline/moment.types.ts'

/** Two samples further apart are two movements: the pointer does not creep from one to the other. */
const LONGEST_MOVE = 250

export interface PointerPlace extends PointerMoment {
  /** The sample it is on, or has left. */
  readonly index: number
}

/** Where the pointer is: between two samples of one movement it is between their places. */
export function pointerAt(moments: readonly PointerMoment[], at: Duration): PointerPlace | undefined {
  const index = lastBefore(moments, at, (moment) => moment.at)
  const before = moments[index]
  if (!before) return undefined
  const after = moments[index + 1]
  const gap = after ? after.at - before.at : Infinity
  if (!after || gap > LONGEST_MOVE || gap === 0 || after.pointer !== before.pointer) return { ...before, index }
  const share = (at - before.at) / gap
  return {
    ...before,
    index,
    x: before.x + (after.x - before.x) * share,
    y: before.y + (after.y - before.y) * share,
  }
}

/** The last samples before a time, oldest first. */
export function trailBefore(
  moments: readonly PointerMoment[],
  at: Duration,
  lasts: Duration,
): readonly PointerMoment[] {
  const end = lastBefore(moments, at, (moment) => moment.at) + 1
  const begin = lastBefore(moments, at - lasts, (moment) => moment.at) + 1
  return moments.slice(Math.max(begin, end - 60), end)
}
