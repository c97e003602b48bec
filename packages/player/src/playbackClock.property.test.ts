import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, clampSpeed, FASTEST, SLOWEST } from './playbackClock.ts'
import { createActivityTrack, idleRanges } from './timeline/idleRanges.ts'

const LENGTH = 120_000
const aRecording = fc.array(fc.integer({ min: 0, max: LENGTH }), { maxLength: 30 }).map((times) => {
  const track = createActivityTrack()
  for (const at of times.toSorted((a, b) => a - b)) track.add(at)
  return idleRanges(track.ranges(), LENGTH)
})
const speeds = fc.double({ min: SLOWEST, max: FASTEST, noNaN: true })
const positions = fc.double({ min: 0, max: LENGTH, noNaN: true })
const steps = fc.double({ min: 0, max: 100_000, noNaN: true })

describe('advance', () => {
  it('never goes back and never passes the end', () => {
    fc.assert(
      fc.property(
        aRecording,
        speeds,
        positions,
        positions,
        steps,
        fc.boolean(),
        (idle, speed, position, end, elapsed, skipInactivity) => {
          const reached = advance(position, elapsed, { speed, skipInactivity, idle, end }).position
          expect(reached).toBeGreaterThanOrEqual(position)
          expect(reached).toBeLessThanOrEqual(Math.max(position, end))
        },
      ),
    )
  })

  it('plays at the chosen speed where nothing is skipped', () => {
    fc.assert(
      fc.property(speeds, positions, fc.double({ min: 0, max: 250, noNaN: true }), (speed, position, elapsed) => {
        const options = { speed, skipInactivity: false, idle: [], end: Infinity }
        expect(advance(position, elapsed, options).position).toBeCloseTo(position + elapsed * speed, 6)
      }),
    )
  })

  it('is never slower for skipping, and shows what comes before the next activity at the chosen speed', () => {
    fc.assert(
      fc.property(
        aRecording,
        speeds,
        positions,
        fc.double({ min: 0, max: 250, noNaN: true }),
        (idle, speed, position, elapsed) => {
          const skipping = advance(position, elapsed, { speed, skipInactivity: true, idle, end: LENGTH })
          const plain = advance(position, elapsed, { speed, skipInactivity: false, idle, end: LENGTH })
          expect(skipping.position).toBeGreaterThanOrEqual(plain.position - 1e-6)
          const isIdle = idle.some(({ from, to }) => skipping.position >= from && skipping.position < to)
          expect(!skipping.isSkipping || isIdle).toBe(true)
        },
      ),
    )
  })

  it('gets through any recording within a second for each idle stretch and the rest at its speed', () => {
    fc.assert(
      fc.property(aRecording, (idle) => {
        let position = 0
        let elapsed = 0
        while (position < LENGTH && elapsed < 2 * LENGTH) {
          position = advance(position, 16, { speed: 1, skipInactivity: true, idle, end: LENGTH }).position
          elapsed += 16
        }
        const skipped = idle.reduce((sum, { from, to }) => sum + (to - from), 0)
        expect(position).toBe(LENGTH)
        expect(elapsed).toBeLessThanOrEqual(LENGTH - skipped + idle.length * 1500 + 32)
      }),
      { numRuns: 30 },
    )
  })

  it('makes no leap after the tab has slept', () => {
    expect(advance(0, 60_000, { speed: 1, skipInactivity: false, idle: [], end: LENGTH }).position).toBeLessThan(1000)
  })
})

describe('clampSpeed', () => {
  it('keeps to what the player can do', () => {
    expect([0, 0.5, 3, 16, 99, Number.NaN].map(clampSpeed)).toEqual([0.5, 0.5, 3, 16, 16, 1])
  })
})
