import type { Duration } from '@vasistas/wire/core'

const FIRST_MS = 1000
const LONGEST_MS = 60_000

/**
 * How long to wait after the n-th failure (from 0): anything up to min(60 s, 1 s · 2ⁿ), so that a thousand visitors do not
 * come back in the same second; after what the server asked for, when it did.
 */
export function backOff(attempt: number, share: number, askedMs: Duration = 0): Duration {
  return askedMs + share * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt)
}
