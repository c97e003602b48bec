import { attributeRule, keepAttributeValue, MASK, redactText } from '@vasistas/privacy'
import type { DescribedElement } from './describePage.ts'

export interface Comparison {
  /** What was typed into masked fields: text that repeats it is masked as well. */
  readonly echoes?: readonly string[]
  /** Whether the site's level is strict: all text is masked then. */
  readonly isStrict?: boolean
}

const MOST_DIFFERENCES = 12
/** Reserved for the player or changed by it on purpose; `value`-ruled ones are compared, addresses and names are not. */
const SVG_NAME =
  /^(?:svg|g|path|rect|circle|ellipse|line|poly(?:gon|line)|text|tspan|use|symbol|stop|mask|marker|pattern|filter|clipPath|\w+Gradient|fe[A-Z]\w+|animate\w*)$/
const IGNORED = new Set(['style', 'class', 'id', 'tabindex'])

/**
 * Where a replayed page differs from the visited one as the default policy masks it. The expectation is computed here from
 * the privacy rules, not taken from the recorder.
 */
export function comparePages(
  visited: readonly DescribedElement[],
  replayed: readonly DescribedElement[],
  comparison: Comparison = {},
): string[] {
  const differences: string[] = []
  for (let index = 0; index < Math.max(visited.length, replayed.length); index++) {
    const before = visited[index]
    const after = replayed[index]
    if (!before || !after || before.name !== after.name || before.depth !== after.depth) {
      differences.push(`${index}: <${before?.name ?? 'nothing'}> was replayed as <${after?.name ?? 'nothing'}>`)
      break
    }
    const showsChoice = before.name === 'option' || (before.name === 'label' && holdsChoice(visited, index))
    differences.push(
      ...compareElements(before, after, { ...comparison, showsChoice }).map(
        (text) => `${index} <${before.name}>: ${text}`,
      ),
    )
    if (differences.length >= MOST_DIFFERENCES) break
  }
  return differences
}

function compareElements(
  before: DescribedElement,
  after: DescribedElement,
  comparison: Comparison & { readonly showsChoice: boolean },
): string[] {
  const differences: string[] = []
  const expected = before.texts.map((text) => expectedText(text, before.inControl, comparison)).filter(Boolean)
  if (!sameTexts(expected, after.texts, comparison.echoes ?? [])) {
    differences.push(`text ${JSON.stringify(after.texts)} instead of ${JSON.stringify(expected)}`)
  }
  for (const [position, style] of before.styles.entries()) {
    if (
      !sameStyle(style, after.styles[position] ?? '') &&
      !isReference(style) &&
      !(comparison.showsChoice && COLOUR.test(style))
    ) {
      differences.push(`style ${after.styles[position]} instead of ${style}`)
    }
  }
  // Masked text is shorter than what was typed, so there is nothing to scroll in.
  if (!/^(?:input|textarea)$/.test(before.name) && distance(before.scroll, after.scroll) > 2)
    differences.push(`scroll ${after.scroll.join()} instead of ${before.scroll.join()}`)
  for (const [name, value] of Object.entries(before.attributes)) {
    const rule = attributeRule(before.name, name)
    if (IGNORED.has(name) || !(rule === 'value' || (rule === 'drawing' && SVG_NAME.test(before.name)))) continue
    if (isReference(value)) continue
    const kept = keepAttributeValue(before.name, name, value) && !isChoice(before, name)
    if (kept && after.attributes[name] !== value) {
      differences.push(`attribute ${name} is ${after.attributes[name] ?? 'missing'} instead of ${value}`)
    }
  }
  return differences
}

/** The end of a colour's transition is rounded by a step or two, depending on when it began: nobody sees that. */
function sameStyle(one: string, other: string): boolean {
  if (one === other) return true
  if (!/rgba?\(/.test(one) || one.replace(NUMBER, '#') !== other.replace(NUMBER, '#')) return false
  const [channels, others] = [one, other].map((style) => (style.match(NUMBER) ?? []).map(Number))
  return (channels ?? []).every(
    (channel, at) => Math.abs(channel - (others?.[at] ?? Infinity)) <= (channel > 2 ? 2 : 0.02),
  )
}

const NUMBER = /\d+(?:\.\d+)?/g

/** Ids are replaced; what points at them is too. */
const isReference = (value: string): boolean => value.includes('url(')

/** Colours tell an option, or a label by `:has(:checked)`, which was chosen; what was chosen is not recorded by default. */
const COLOUR = /^(?:color|backgroundColor|borderTopColor):/

function holdsChoice(visited: readonly DescribedElement[], label: number): boolean {
  const depth = visited[label]?.depth ?? 0
  for (const below of visited.slice(label + 1)) {
    if (below.depth <= depth) return false
    if (below.name === 'input' && /^(?:radio|checkbox)$/i.test(below.attributes['type'] ?? '')) return true
  }
  return false
}

/** What a visitor chose in a form is not recorded by default. */
function isChoice({ inControl }: DescribedElement, name: string): boolean {
  return inControl && (name === 'checked' || name === 'selected' || name === 'value')
}

function expectedText(text: string, inControl: boolean, { echoes = [], isStrict = false }: Comparison): string {
  if (inControl || isStrict) return MASK
  let expected = text
  for (const echo of echoes) expected = expected.replaceAll(echo, MASK)
  return redactText(expected)
}

/**
 * Masked text may stand for several nodes at once. Words of what was typed are masked in text that is told from then on and
 * stand in text that was told before: which of the two does not matter here, so they are masked on both sides.
 */
function sameTexts(expected: readonly string[], actual: readonly string[], echoes: readonly string[]): boolean {
  const words = echoes.flatMap((echo) => echo.match(ECHOED_WORD) ?? [])
  const typed = new RegExp(words.join('|'), 'giu')
  const hide = (text: string) => (words.length > 0 ? text.replace(typed, MASK) : text).replace(ADJACENT_MASKS, MASK)
  const fold = (texts: readonly string[]) =>
    texts
      .map(hide)
      .filter((text, at, all) => text !== MASK || all[at - 1] !== MASK)
      .join('\n')
  return fold(expected) === fold(actual)
}

const ECHOED_WORD = /[\p{L}\p{N}]{3,}/gu
const ADJACENT_MASKS = /•••••(?:[\s\p{P}]*•••••)+/gu

function distance(one: readonly [number, number], other: readonly [number, number]): number {
  return Math.max(Math.abs(one[0] - other[0]), Math.abs(one[1] - other[1]))
}
