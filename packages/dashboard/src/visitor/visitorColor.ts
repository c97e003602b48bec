const COLORS = ['teal', 'blue', 'grape', 'orange', 'pink', 'indigo', 'lime', 'cyan', 'violet', 'yellow'] as const

export type VisitorColor = (typeof COLORS)[number]

/** The same visitor, the same colour, on every page and every day. */
export function visitorColor(visitor: string): VisitorColor {
  let sum = 0
  for (const letter of visitor) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003
  return COLORS[sum % COLORS.length] ?? 'teal'
}
