import type { Marker } from '@vasistas/player'
import { describe, expect, it } from 'vitest'
import { momentLink } from './momentLink.ts'
import { neighboursIn } from './neighboursIn.ts'
import { currentMarker, neighbourMarker, percent, timelineTicks } from './timeline.ts'

const marker = (at: number, type: Marker['type'] = 'click'): Marker => ({ at, type, label: '' })

describe('timelineTicks', () => {
  it('puts an error above the clicks of the same place and counts them', () => {
    const ticks = timelineTicks([marker(100), marker(101, 'error'), marker(102), marker(900, 'page')], 1000, 10)
    expect(ticks).toEqual([
      { left: 10.2, type: 'error', count: 3 },
      { left: 90, type: 'page', count: 1 },
    ])
  })

  it('draws at most one tick a place, however much happened', () => {
    const busy = Array.from({ length: 50_000 }, (_, index) => marker(index))
    expect(timelineTicks(busy, 50_000, 300)).toHaveLength(300)
  })

  it('draws nothing of a recording without length', () => {
    expect(timelineTicks([marker(0)], 0)).toEqual([])
  })
})

describe('percent', () => {
  it('stays on the line', () => {
    expect(percent(-5, 100)).toBe(0)
    expect(percent(500, 100)).toBe(100)
    expect(percent(1, 0)).toBe(0)
  })
})

describe('currentMarker', () => {
  const markers = [marker(10), marker(20), marker(20), marker(30)]

  it('is the last thing that happened', () => {
    expect(currentMarker(markers, 5)).toBe(-1)
    expect(currentMarker(markers, 20)).toBe(2)
    expect(currentMarker(markers, 29)).toBe(2)
    expect(currentMarker(markers, 999)).toBe(3)
    expect(currentMarker([], 5)).toBe(-1)
  })
})

describe('neighbourMarker', () => {
  const markers = [marker(1000), marker(5000), marker(9000)]

  it('leads on, and back past one that was just reached', () => {
    expect(neighbourMarker(markers, 1000, 1)?.at).toBe(5000)
    expect(neighbourMarker(markers, 5200, -1)?.at).toBe(1000)
    expect(neighbourMarker(markers, 8000, -1)?.at).toBe(5000)
    expect(neighbourMarker(markers, 9000, 1)).toBeUndefined()
  })
})

describe('momentLink', () => {
  it('names the moment in seconds and leaves the reader’s filters out', () => {
    expect(momentLink('https://r.example/recordings/abc?device=mobile&t=3', 83_900)).toBe(
      'https://r.example/recordings/abc?t=83',
    )
    expect(momentLink('https://r.example/recordings/abc?t=3', 400)).toBe('https://r.example/recordings/abc')
  })
})

describe('neighboursIn', () => {
  it('is what stands above and below in the list', () => {
    const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(neighboursIn(list, 'b')).toEqual({ newer: 'a', older: 'c' })
    expect(neighboursIn(list, 'a')).toEqual({ newer: undefined, older: 'b' })
    expect(neighboursIn(list, 'x')).toBeUndefined()
  })
})
