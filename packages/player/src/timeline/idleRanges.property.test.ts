import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActivityTrack, idleRanges, SHORTEST_IDLE } from './idleRanges.ts'

const LENGTH = 600_000
const times = fc.array(fc.integer({ min: 0, max: LENGTH }), { maxLength: 200 })

describe('idleRanges', () => {
  it('holds no moment of activity, and only stretches of five seconds and more', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: LENGTH }), (activity, loadedMs) => {
        const track = createActivityTrack()
        for (const at of activity) track.add(at)
        const idle = idleRanges(track.ranges(), loadedMs)
        let end = 0
        for (const { from, to } of idle) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to - from).toBeGreaterThanOrEqual(SHORTEST_IDLE)
          expect(to).toBeLessThanOrEqual(loadedMs)
          expect(activity.some((at) => at > from && at < to)).toBe(false)
          end = to
        }
      }),
    )
  })

  it('leaves no stretch of five seconds out', () => {
    fc.assert(
      fc.property(times, (activity) => {
        const track = createActivityTrack()
        for (const at of activity.toSorted((a, b) => a - b)) track.add(at)
        const idle = idleRanges(track.ranges(), LENGTH)
        const marks = [0, ...activity.toSorted((a, b) => a - b), LENGTH]
        for (const [index, from] of marks.entries()) {
          const to = marks[index + 1]
          if (to === undefined || to - from < SHORTEST_IDLE) continue
          expect(idle).toContainEqual({ from, to })
        }
      }),
    )
  })
})
