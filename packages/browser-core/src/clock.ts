import type { TimeStamp } from '@vasistas/wire/core'

/** Time enters the visitor's page through this and nothing else. */
export interface Clock {
  /** Wall time in whole milliseconds since the epoch; may jump. */
  now(): TimeStamp
  /** Milliseconds since some moment; never goes back. */
  mono(): number
}

export function createClock(): Clock {
  // A page that replaced Date.now may count fractions; the wire does not.
  return { now: () => Math.floor(Date.now()), mono: () => performance.now() }
}
