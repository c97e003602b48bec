import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'

/** 2024-01-01: 41 bits of milliseconds from here reach 2093. */
const EPOCH = 1_704_067_200_000
const SLOTS = 4096
/** Where a millisecond begins to count: random, so that two processes on one folder do not meet. */
const START_SLOTS = 2048

export interface IdSource {
  /** Greater than every number it gave before; also when the clock stands still or steps back. */
  next(): number
}

/** 53-bit time-ordered ids: milliseconds, then 12 bits that count within one. Safe as JavaScript numbers, 8-byte keys. */
export function createIdSource(clock: Clock, random: Random): IdSource {
  let last = 0
  return {
    next() {
      const [high = 0, low = 0] = random.bytes(2)
      const fresh = (clock.now() - EPOCH) * SLOTS + (((high << 8) | low) % START_SLOTS)
      last = Math.max(last + 1, fresh)
      return last
    },
  }
}
