import { milliseconds, type Duration } from '@vasistas/wire/core'
import type { Range } from './timeline/moment.types.ts'

export const SLOWEST = 0.5
export const FASTEST = 16
/** A stretch without activity takes about this long when it is skipped, so that one sees what changes meanwhile. */
const SKIP_TAKES = milliseconds(800)
/** What comes before the next activity is shown at the chosen speed: the pointer should not jump. */
const LEAD_IN = milliseconds(500)
/** A tab that slept, or a frame that took long, must not tear a hole into what one sees. */
const LONGEST_STEP = milliseconds(250)

export interface PlaybackOptions {
  readonly speed: number
  readonly skipInactivity: boolean
  readonly idle: readonly Range[]
  /** Time does not pass beyond it: the end, or what is loaded. */
  readonly end: Duration
}

export interface PlaybackStep {
  readonly position: Duration
  readonly isSkipping: boolean
}

/** Where the recording stands after some time has passed for the one who watches. Never goes back, never beyond the end. */
export function advance(position: Duration, elapsedMs: Duration, options: PlaybackOptions): PlaybackStep {
  const { speed, end } = options
  const skipped = options.skipInactivity ? options.idle.map(({ from, to }) => ({ from, to: to - LEAD_IN })) : []
  let left = Math.min(LONGEST_STEP, Math.max(0, elapsedMs))
  let at = position
  while (left > 0 && at < end) {
    const within = skipped.find(({ from, to }) => at >= from && at < to)
    const rate = within ? Math.max(speed, (within.to - within.from) / SKIP_TAKES) : speed
    const until = Math.min(end, within ? within.to : (skipped.find(({ from }) => from > at)?.from ?? Infinity))
    const needed = (until - at) / rate
    at = needed <= left ? until : Math.min(until, at + left * rate)
    left -= needed
  }
  const isSkipping = at < end && skipped.some(({ from, to }) => at >= from && at < to)
  return { position: at, isSkipping }
}

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(FASTEST, Math.max(SLOWEST, speed)) : 1
}
