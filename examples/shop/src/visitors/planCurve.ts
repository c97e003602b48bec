import type { Chance } from './chance.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

const PIXELS_PER_STEP = 26
const MOST_STEPS = 34

/** A hand's way from one point to another: a bent line, slow at both ends. The last point is the goal. */
export function planCurve(from: Point, to: Point, chance: Chance): readonly Point[] {
  const distance = Math.hypot(to.x - from.x, to.y - from.y)
  const steps = Math.max(4, Math.min(MOST_STEPS, Math.round(distance / PIXELS_PER_STEP)))
  const [first, second] = [bend(from, to, 0.3, chance), bend(from, to, 0.75, chance)]
  return Array.from({ length: steps }, (_, index) => {
    const part = (index + 1) / steps
    const eased = part * part * (3 - 2 * part)
    return { x: bezier(from.x, first.x, second.x, to.x, eased), y: bezier(from.y, first.y, second.y, to.y, eased) }
  })
}

/** A point beside the straight line, up to a sixth of its length away. */
function bend(from: Point, to: Point, part: number, chance: Chance): Point {
  const off = chance.between(-1 / 6, 1 / 6)
  return {
    x: from.x + (to.x - from.x) * part - (to.y - from.y) * off,
    y: from.y + (to.y - from.y) * part + (to.x - from.x) * off,
  }
}

function bezier(start: number, first: number, second: number, end: number, part: number): number {
  const rest = 1 - part
  return rest ** 3 * start + 3 * rest ** 2 * part * first + 3 * rest * part ** 2 * second + part ** 3 * end
}
