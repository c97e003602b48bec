/** What a replay cannot show alike, step by step. The scenario fails when one of these no longer differs. */
export interface KnownDifference {
  readonly site: string
  readonly steps: readonly string[]
  /** The differences that it explains; whatever else differs in these steps still counts. */
  readonly lines: RegExp
  readonly why: string
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    site: 'custom elements',
    steps: ['arrival', 'clicks through', 'defines an element later', 'moves and clones', 'replaces one by many'],
    lines: /<x-émotion-😍> was replayed as <span>/,
    why: 'a name beyond ASCII may be something that somebody typed between angle brackets: it is told as a span',
  },
  {
    site: 'custom elements',
    steps: ['arrival', 'clicks through'],
    lines: /<x-later>: style (?:color|borderTopColor|opacity):/,
    why: 'the replay defines every name with a hyphen, so `:not(:defined)` never matches: a definition cannot be taken back when seeking',
  },
  {
    site: 'hostile',
    steps: [
      'arrival',
      'types into a form whose fields are called like DOM properties',
      'nests four hundred levels',
      'puts fifteen hundred nodes beside each other',
      'grows an attribute of 200 kB',
      'makes odd nodes',
      'adds and removes within one task',
    ],
    lines: /<a\.dotted> was replayed as <span>/,
    why: 'no browser knows this name, so it may be something that somebody typed: it is told as a span',
  },
  {
    site: 'hostile',
    steps: ['goes to a page that clobbers its document', 'changes there'],
    lines: /./,
    why: 'a page that replaces `document.createElement` and `addEventListener` by pictures is not recorded: it fails closed',
  },
  {
    site: 'hostile',
    steps: ['goes to a page with patched prototypes', 'changes in spite of the patches'],
    lines: /./,
    why: 'a page whose clock and JSON are broken sends no stream that the server takes: it fails closed',
  },
  {
    site: 'dialogs',
    steps: ['opens a popover and one inside it', 'shows a manual popover and makes a section inert'],
    lines: /<div>: style /,
    why: 'records have no word for an open popover',
  },
  {
    site: 'styles',
    steps: ['changes declarations and a selector', 'changes adopted sheets', 'turns sheets on and off'],
    lines: /^(?:3|13) <p>: style (?:color|borderTopColor):/,
    why: '`rule.style` and `rule.selectorText` change a sheet by hundreds of setters that nobody tells of',
  },
  {
    site: 'styles',
    steps: [
      'turns sheets on and off',
      'changes the text of style elements',
      'changes inline styles',
      'adds sheets',
      'makes the window narrow',
      'removes sheets',
    ],
    lines: /^7 <p>: style (?:color|borderTopColor):/,
    why: 'records have no word for a sheet of a style element that was disabled by script',
  },
]

/** What differs without a known reason, and what was expected to differ and does not. */
export function withoutKnown(
  site: string,
  differences: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const left: Record<string, readonly string[]> = { ...differences }
  for (const { steps, lines, why } of KNOWN_DIFFERENCES.filter((known) => known.site === site)) {
    for (const step of steps) {
      const found = differences[step] ?? []
      const isGone = !found.some((line) => lines.test(line))
      const others = (left[step] ?? []).filter((line) => !lines.test(line))
      left[step] = isGone ? [...others, `no longer differs, although ${why}`] : others
    }
  }
  return Object.fromEntries(Object.entries(left).filter(([, lines]) => lines.length > 0))
}
