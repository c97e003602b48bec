import type { Mark } from './marks.ts'
import { stricter, type PrivacyLevel } from './privacyLevel.ts'

export interface NodeMarks {
  /** The element's own marks, from attributes, selectors and calls together. */
  readonly marks: readonly Mark[]
  /** A level the element had earlier in this recording: privacy only rises. */
  readonly earlier?: PrivacyLevel | undefined
}

/**
 * An element's level from its own marks and its composed parent's level: block beats all and is inherited by everything;
 * between mask and allow the nearest wins, a tie is mask (leaks.md L048).
 */
export function resolveLevel(parent: PrivacyLevel, { marks, earlier }: NodeMarks): PrivacyLevel {
  const own = ownLevel(parent, marks)
  return earlier === undefined ? own : stricter(own, earlier)
}

function ownLevel(parent: PrivacyLevel, marks: readonly Mark[]): PrivacyLevel {
  if (parent === 'block' || marks.includes('block')) return 'block'
  if (marks.includes('mask') || marks.includes('ignore')) return 'mask'
  return marks.includes('allow') ? 'allow' : parent
}
