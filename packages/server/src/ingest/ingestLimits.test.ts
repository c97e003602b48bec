import { describe, expect, it } from 'vitest'

import { createIngestLimits, INGEST_LIMITS } from './ingestLimits.ts'
import { createTokenBuckets } from './tokenBuckets.ts'

function aClock() {
  let now = 0
  return { now: () => now, mono: () => now, advance: (ms: number) => void (now += ms) }
}

describe('createTokenBuckets', () => {
  it('lets a burst pass, then as much as time fills up again', () => {
    const clock = aClock()
    const buckets = createTokenBuckets<string>({ burst: 2, perSecond: 1 }, clock)
    expect([buckets.take('a'), buckets.take('a'), buckets.take('a')]).toEqual([0, 0, 1000])
    expect(buckets.take('b')).toBe(0)
    clock.advance(1000)
    expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 1000])
  })

  it('lets pass what is larger than the bucket when that is full', () => {
    const buckets = createTokenBuckets<string>({ burst: 10, perSecond: 1 }, aClock())
    expect([buckets.take('a', 25), buckets.take('a')]).toEqual([0, 1000])
  })
})

describe('createIngestLimits', () => {
  it('counts an IPv6 network as one, and this machine not at all', () => {
    const limits = createIngestLimits(aClock(), { ...INGEST_LIMITS, addressStarts: { burst: 1, perSecond: 1 } })
    expect([limits.start(1, '2001:db8:1:2:3::1'), limits.start(1, '2001:db8:1:2:9::9')]).toEqual([0, 1000])
    expect([limits.start(1, '127.0.0.1'), limits.start(1, '127.0.0.1'), limits.start(1, '::1')]).toEqual([0, 0, 0])
    expect([limits.start(1, '198.51.100.7'), limits.start(1, '::ffff:198.51.100.7')]).toEqual([0, 1000])
  })

  it('holds no more bytes than allowed, together and per address, and takes them back', () => {
    const limits = createIngestLimits(aClock(), { ...INGEST_LIMITS, inFlightBytes: 100, inFlightBytesPerAddress: 60 })
    const [one, two, three] = [limits.openBody('192.0.2.1'), limits.openBody('192.0.2.1'), limits.openBody('192.0.2.2')]
    expect([one.take(50), two.take(20), three.take(60), three.take(40)]).toEqual([true, false, false, true])
    one.release()
    one.release()
    expect([two.take(60), limits.inFlightBytes]).toEqual([true, 100])
    two.release()
    three.release()
    expect(limits.inFlightBytes).toBe(0)
  })
})
