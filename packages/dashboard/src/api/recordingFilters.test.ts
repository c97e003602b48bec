import { describe, expect, it } from 'vitest'
import { countFilters, daysAgo, parseFilters, toListQuery } from './recordingFilters.ts'

describe('parseFilters', () => {
  it('reads what the list writes into its address', () => {
    const filters = {
      site: 42,
      country: 'FR',
      device: 'mobile',
      longer: 60,
      pages: 3,
      errors: true,
      rage: true,
      unwatched: true,
      visitor: '5c14nm1w',
      path: '/checkout',
      from: '2026-11-01',
      to: '2026-11-24',
    } as const
    expect(parseFilters(filters)).toEqual(filters)
  })

  it('takes a label of digits, which the address turned into a number', () => {
    expect(parseFilters({ visitor: 12345678 })).toEqual({ visitor: '12345678' })
  })

  it('leaves out what it does not understand', () => {
    const search = { site: 'x', country: 'France', device: 'fridge', longer: -1, errors: 'yes', from: 'now', other: 1 }
    expect(parseFilters(search)).toEqual({})
  })
})

describe('toListQuery', () => {
  it('asks for whole days of the reader, the last one included', () => {
    const { from, to } = toListQuery({ from: '2026-11-01', to: '2026-11-02' })
    expect(from).toBe(new Date('2026-11-01T00:00:00').getTime())
    expect(to).toBe(new Date('2026-11-03T00:00:00').getTime())
  })

  it('speaks the words of the contract and says nothing of what is not set', () => {
    expect(toListQuery({ longer: 60, errors: true, rage: true })).toEqual({
      minDurationMs: 60_000,
      withErrors: true,
      withRage: true,
    })
    expect(toListQuery({})).toEqual({})
  })
})

describe('countFilters', () => {
  it('does not count the site, which is chosen elsewhere', () => {
    expect(countFilters({ site: 1, device: 'tablet', unwatched: true })).toBe(2)
  })
})

describe('daysAgo', () => {
  it('counts today', () => {
    const now = new Date('2026-11-24T15:00:00').getTime()
    expect(daysAgo(1, now)).toBe('2026-11-24')
    expect(daysAgo(7, now)).toBe('2026-11-18')
  })
})
