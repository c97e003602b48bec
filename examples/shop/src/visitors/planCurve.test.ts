import { describe, expect, it } from 'vitest'
import { createChance } from './chance.ts'
import { planCurve } from './planCurve.ts'

const FROM = { x: 10, y: 20 }
const TO = { x: 600, y: 400 }

describe('planCurve', () => {
  it('ends exactly at its goal and never far from the line', () => {
    const points = planCurve(FROM, TO, createChance('Odile'))
    const last = points.at(-1)
    expect(last?.x).toBeCloseTo(TO.x)
    expect(last?.y).toBeCloseTo(TO.y)
    expect(points.every(({ x, y }) => x > -150 && x < 760 && y > -150 && y < 560)).toBe(true)
  })

  it('bends differently for every person and alike for one', () => {
    const plan = (name: string) => planCurve(FROM, TO, createChance(name))
    expect(plan('Odile')).toEqual(plan('Odile'))
    expect(plan('Odile')).not.toEqual(plan('Finn'))
  })

  it('takes few steps for a short way', () => {
    expect(planCurve(FROM, { x: 20, y: 20 }, createChance('Inès'))).toHaveLength(4)
  })
})
