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
  let left = Math.min(LONGEST_STEP, Math.max(0, elapsedMs))
  let at = position
  while (left > 0 && at < options.end) {
    const skipped = options.skipInactivity ? skippedRange(at, options.idle) : undefined
    const rate = skipped ? Math.max(options.speed, (skipped.to - skipped.from) / SKIP_TAKES) : options.speed
    const border = skipped ? skipped.to : options.skipInactivity ? nextSkipped(at, options.idle) : Infinity
    const until = Math.min(options.end, border)
    const step = Math.min(left, (until - at) / rate)
    const reached = step < left ? until : at + left * rate
    if (reached <= at && step <= 0) break
    at = Math.min(until, reached)
    left -= step
  }
  const isSkipping = options.skipInactivity && at < options.end && skippedRange(at, options.idle) !== undefined
  return { position: Math.max(position, Math.min(at, Math.max(position, options.end))), isSkipping }
}

function skippedRange(at: Duration, idle: readonly Range[]): Range | undefined {
  return skippable(idle).find(({ from, to }) => at >= from && at < to)
}

function nextSkipped(at: Duration, idle: readonly Range[]): Duration {
  return skippable(idle).find(({ from }) => from > at)?.from ?? Infinity
}

function skippable(idle: readonly Range[]): readonly Range[] {
  return idle.map(({ from, to }) => ({ from, to: to - LEAD_IN }))
}

export function clampSpeed(speed: number): number {
  return Number.isFinite(speed) ? Math.min(FASTEST, Math.max(SLOWEST, speed)) : 1
}
