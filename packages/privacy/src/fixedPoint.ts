import { MASK } from './maskText.ts'

const MOST_STEPS = 8

/**
 * Applies a rule until it changes nothing more: replacing one secret can bring the next to light (two glued together).
 * What does not settle is masked whole.
 */
export function fixedPoint(text: string, rule: (text: string) => string, fallback = MASK): string {
  let current = text
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = rule(current)
    if (next === current) return current
    current = next
  }
  return fallback
}
