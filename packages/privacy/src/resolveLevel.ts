import type { Mark } from './marks.ts'
import type { PrivacyLevel } from './privacyLevel.ts'

/**
 * An element's level from its own marks (attributes, selectors and calls together) and its composed parent's level: block
 * beats all and is inherited by everything; between mask and allow the nearest wins, a tie is mask (leaks.md L048).
 */
export function resolveLevel(parent: PrivacyLevel, marks: readonly Mark[]): PrivacyLevel {
  if (parent === 'block' || marks.includes('block')) return 'block'
  if (marks.includes('mask') || marks.includes('ignore')) return 'mask'
  return marks.includes('allow') ? 'allow' : parent
}
