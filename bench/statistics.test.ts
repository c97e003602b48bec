import { describe, expect, it } from 'vitest'
import { quantileOf, spreadOf } from './statistics.ts'

describe('spreadOf', () => {
  it('finds the middle and the ends of an unsorted list', () => {
    expect(spreadOf([9, 1, 5])).toEqual({ median: 5, low: 1, high: 9 })
  })

  it('takes the mean of the two in the middle', () => {
    expect(spreadOf([1, 2, 3, 10]).median).toBe(2.5)
  })

  it('refuses an empty list', () => {
    expect(() => spreadOf([])).toThrow('at least one value')
  })
})

describe('quantileOf', () => {
  it('lies between neighbours by distance', () => {
    expect(quantileOf([0, 100], 0.99)).toBeCloseTo(99)
  })
})
