/** What the page's own code says of an element. `ignore`: masked, and what the visitor does there is not recorded. */
export type Mark = 'block' | 'ignore' | 'mask' | 'allow'

/** How an element is asked, through untampered natives. */
export interface MarkSource {
  attribute(name: string): string | null
  classNames(): readonly string[]
}

type Meaning = Mark | { readonly [value: string]: Mark } | undefined

const ANY = '*'

/** Marks of other vendors, by attribute. With `*` any value counts, otherwise the listed ones. */
const ATTRIBUTES: readonly (readonly [name: string, meaning: Exclude<Meaning, undefined>])[] = [
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
]

const CLASSES: readonly (readonly [name: string, mark: Mark])[] = [
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
]

/** Attributes whose change may change a level; an observer must watch them. */
export const MARK_ATTRIBUTES: readonly string[] = ATTRIBUTES.map(([name]) => name)
export const MARK_CLASSES: readonly string[] = CLASSES.map(([name]) => name)

/**
 * All marks of one element. An unknown value of `data-vasistas` counts as `mask`: a typing error must not record more.
 * Marks of others that lower privacy count only where the site says so.
 */
export function marksOf(source: MarkSource, readForeignAllowMarks: boolean): readonly Mark[] {
  const marks: Mark[] = []
  const add = (mark: Mark | undefined, isForeign: boolean) => {
    if (mark && (mark !== 'allow' || !isForeign || readForeignAllowMarks)) marks.push(mark)
  }
  for (const [name, meaning] of ATTRIBUTES) {
    const value = source.attribute(name)
    if (value === null) continue
    const isOwn = name === 'data-vasistas'
    if (typeof meaning === 'string') add(meaning, true)
    else add(meaning[value.trim().toLowerCase()] ?? meaning[ANY] ?? (isOwn ? 'mask' : undefined), !isOwn)
  }
  const classNames = source.classNames()
  if (classNames.length > 0) {
    for (const [name, mark] of CLASSES) if (classNames.includes(name)) add(mark, true)
  }
  return marks
}
