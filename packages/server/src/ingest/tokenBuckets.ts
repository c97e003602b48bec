import type { Clock } from '../clock.ts'

/** Allowances that fill up again with time, one per key; memory is bounded, the longest unused key goes first. */
export interface TokenBuckets<Key> {
  /** 0: taken. Otherwise milliseconds until there would be enough, and nothing was taken. */
  take(key: Key, cost?: number): number
}

export interface BucketSize {
  readonly burst: number
  readonly perSecond: number
}

const MOST_KEYS = 50_000

export function createTokenBuckets<Key>({ burst, perSecond }: BucketSize, clock: Clock): TokenBuckets<Key> {
  const buckets = new Map<Key, { left: number; since: number }>()
  return {
    take(key, cost = 1) {
      const now = clock.mono()
      const bucket = buckets.get(key) ?? { left: burst, since: now }
      buckets.delete(key)
      buckets.set(key, bucket)
      const [oldest] = buckets.keys()
      // A forgotten key starts full again: under a flood of keys the process-wide bounds are what holds.
      if (buckets.size > MOST_KEYS && oldest !== undefined) buckets.delete(oldest)

      bucket.left = Math.min(burst, bucket.left + ((now - bucket.since) * perSecond) / 1000)
      bucket.since = now
      // What is larger than the whole bucket passes when it is full, or it never would.
      const needed = Math.min(cost, burst)
      if (bucket.left < needed) return Math.ceil(((needed - bucket.left) * 1000) / perSecond)
      bucket.left -= needed
      return 0
    },
  }
}
