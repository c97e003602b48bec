import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { visitorHashRange, visitorLabel } from './visitorLabel.ts'

const aHash = (seed: string): Uint8Array => createHash('sha256').update(seed).digest()

describe('visitorLabel', () => {
  it('is eight letters, the same for the same hash', () => {
    expect(visitorLabel(aHash('a'))).toMatch(/^[\da-hjkmnp-tv-z]{8}$/)
    expect(visitorLabel(aHash('a'))).toBe(visitorLabel(aHash('a')))
    expect(visitorLabel(aHash('a'))).not.toBe(visitorLabel(aHash('b')))
  })

  it('leads back to the hashes that have it', () => {
    for (const seed of ['a', 'b', 'c', 'd']) {
      const hash = aHash(seed)
      const range = visitorHashRange(visitorLabel(hash).toUpperCase())
      expect(Buffer.compare(range!.from, hash)).toBeLessThanOrEqual(0)
      expect(Buffer.compare(range!.to, hash)).toBeGreaterThanOrEqual(0)
      expect(Buffer.from(range!.from)).toEqual(Buffer.from(hash.subarray(0, 5)))
    }
  })

  it.each(['', 'short', 'toolonglabel', '%%%%%%%%', 'illegall'])('takes "%s" for no label', (label) => {
    expect(visitorHashRange(label)).toBeUndefined()
  })
})
