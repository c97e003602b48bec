/** What the page's own code says of an element. `ignore`: masked, and what the visitor does there is not recorded. */
export type Mark = 'block' | 'ignore' | 'mask' | 'allow'

type Meaning = Mark | { readonly [value: string]: Mark }

const ANY = '*'

/** Marks of other vendors, by attribute. With `*` any value counts, otherwise the listed ones. */
const ATTRIBUTES: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['data-vasistas', { block: 'block', mask: 'mask', ignore: 'ignore', allow: 'allow' }],
  ['data-recording-ignore', { mask: 'mask', events: 'ignore', [ANY]: 'mask' }], // Smartsupp
  ['data-hj-suppress', 'mask'], // Hotjar
  ['data-clarity-mask', { false: 'allow', [ANY]: 'mask' }],
  ['data-clarity-unmask', { false: 'mask', [ANY]: 'allow' }],
  ['data-private', 'mask'], // LogRocket, Mouseflow
  ['data-openreplay-obscured', 'mask'],
  ['data-openreplay-masked', 'mask'],
  ['data-openreplay-hidden', 'block'],
  ['data-sentry-block', 'block'],
  ['data-sentry-mask', 'mask'],
  ['data-sentry-ignore', 'ignore'],
  ['data-sentry-unmask', 'allow'],
  ['data-dd-privacy', { hidden: 'block', mask: 'mask', 'mask-user-input': 'mask', input: 'mask', allow: 'allow' }],
  ['data-matomo-mask', 'mask'],
  ['data-matomo-unmask', 'allow'],
  ['data-openpanel-replay-block', 'block'],
  ['data-openpanel-replay-mask', 'mask'],
  ['data-hj-allow', 'allow'],
  ['data-ph-no-capture', 'block'],
])

const CLASSES: ReadonlyMap<string, Mark> = new Map<string, Mark>([
  ['rr-block', 'block'],
  ['rr-mask', 'mask'],
  ['rr-ignore', 'ignore'],
  ['fs-exclude', 'block'],
  ['fs-mask', 'mask'],
  ['fs-unmask', 'allow'],
  ['ph-no-capture', 'block'],
  ['sentry-block', 'block'],
  ['sentry-mask', 'mask'],
  ['sentry-ignore', 'ignore'],
  ['sentry-unmask', 'allow'],
  ['dd-privacy-hidden', 'block'],
  ['dd-privacy-mask', 'mask'],
  ['dd-privacy-mask-user-input', 'mask'],
  ['dd-privacy-allow', 'allow'],
  ['smartlook-hide', 'block'],
  ['data-hj-suppress', 'mask'],
])

/**
 * What one attribute of an element says, class names included. An unknown value of `data-vasistas` counts as `mask`: a
 * typing error must not record more. Marks of others that lower privacy count only where the site says so.
 */
export function marksOf(name: string, content: string, readForeignAllowMarks: boolean): readonly Mark[] {
  if (name === 'class') {
    return content.split(/\s+/).flatMap((className) => admitted(CLASSES.get(className), readForeignAllowMarks))
  }
  const meaning = ATTRIBUTES.get(name)
  if (meaning === undefined) return NONE
  const isOwn = name === 'data-vasistas'
  const value = content.trim().toLowerCase()
  const mark =
    typeof meaning === 'string'
      ? meaning
      : Object.hasOwn(meaning, value)
        ? meaning[value]
        : (meaning[ANY] ?? (isOwn ? 'mask' : undefined))
  return admitted(mark, isOwn || readForeignAllowMarks)
}

const NONE: readonly Mark[] = []

function admitted(mark: Mark | undefined, allowCounts: boolean): readonly Mark[] {
  return mark && (mark !== 'allow' || allowCounts) ? [mark] : NONE
}
