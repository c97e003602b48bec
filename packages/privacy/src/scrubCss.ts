import { fixedPoint } from './fixedPoint.ts'
import { MASK } from './maskText.ts'
import { redactText } from './redactText.ts'
import { scrubAssetUrl } from './scrubUrl.ts'

/** What becomes of an address in a sheet: absolute and scrubbed, or empty when it may not be kept. */
export type ScrubAsset = (url: string) => string

const LEXEMES =
  /\/\*[\s\S]*?(?:\*\/|$)|url\(\s*(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|((?:[^)"'(\\\s]|\\[^\n])*))\s*\)|url\([^)]*\)?|"((?:[^"\\\n]|\\[\s\S])*)"?|'((?:[^'\\\n]|\\[\s\S])*)'?|[{};]|(?<![\w-])(--[\w-]+|[a-z-]+)(?=\s*:)|@import/gi
/** A custom property whose value ends in a generic family, as only lists of fonts do. */
const FONT_LIST =
  /^--[\w-]+\s*:[^;{}]*[,\s](?:serif|sans-serif|monospace|cursive|fantasy|system-ui|math|emoji|ui-[a-z-]+)\s*(?:!important\s*)?(?:[;}]|$)/i
const LONGEST_LIST = 400
const LONGEST_NAME = 64
const BROKEN_URL = 'url("")'
/** Strings of these are names; of `content`, `quotes` and custom properties words; of all others addresses. */
const NAMING_PROPERTY = /^(?:font|grid|animation|transition|will-change|container|view-transition|syntax$|inherits$)/

/**
 * CSS as it may leave: comments gone, addresses through `scrubAsset`, strings of `content` and custom properties masked
 * unless they are glyphs, other strings (font names, attribute selectors) kept while they hold nothing to redact.
 * Numbers and colours stay. Idempotent.
 */
export function scrubCss(css: string, scrubAsset: ScrubAsset = scrubAssetUrl): string {
  return fixedPoint(css, (step) => scrubOnce(step, scrubAsset), '')
}

function scrubOnce(css: string, scrubAsset: ScrubAsset): string {
  let property = ''
  let isImport = false

  function scrubLexeme(match: string, offset: number, parts: LexemeParts): string {
    if (match.startsWith('/*')) return ''
    if (parts.name !== undefined) {
      property = parts.name.toLowerCase()
      // `--serif: 'Young Serif', serif`: without the name the page would be shown in another face.
      if (property.startsWith('--') && FONT_LIST.test(css.slice(offset, offset + LONGEST_LIST)))
        property = 'font-family'
      return match
    }
    if (match === '{' || match === '}' || match === ';') {
      property = ''
      isImport = false
      return match
    }
    if (match.toLowerCase() === '@import') {
      isImport = true
      return match
    }
    if (parts.url !== undefined) return `url("${cssAddress(parts.url, scrubAsset)}")`
    if (parts.text === undefined) return BROKEN_URL
    if (isImport) return quoted(cssAddress(parts.text, scrubAsset))
    const isName = property === '' || css[offset - 1] === '=' || NAMING_PROPERTY.test(property)
    if (isName || /^[\w-]{1,16}$/.test(parts.text)) return quoted(keptName(property, parts.text))
    if (property === 'content' || property === 'quotes' || property.startsWith('--'))
      return quoted(keptWords(parts.text))
    return quoted(cssAddress(parts.text, scrubAsset))
  }
  return css.replace(LEXEMES, (match: string, ...groups: (string | number | undefined)[]) => {
    const [doubleUrl, singleUrl, bareUrl, double, single, name, offset] = groups
    return scrubLexeme(match, offset as number, {
      url: (doubleUrl ?? singleUrl ?? bareUrl) as string | undefined,
      text: (double ?? single) as string | undefined,
      name: name as string | undefined,
    })
  })
}

interface LexemeParts {
  readonly url: string | undefined
  readonly text: string | undefined
  readonly name: string | undefined
}

function cssAddress(raw: string, scrubAsset: ScrubAsset): string {
  const url = unescapeCss(raw).trim()
  if (url === '' || url === MASK || url.startsWith('#')) return url
  return scrubAsset(url).replace(/["\\\n\s]/g, encodeURIComponent)
}

function unescapeCss(text: string): string {
  return text.replace(
    /\\(?:([\da-f]{1,6})\s?|\n|([\s\S]))/gi,
    (_, hex: string | undefined, other: string | undefined) =>
      hex === undefined ? (other ?? '') : String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff)),
  )
}

/** Glyphs, quotes and separators stay; two letters or digits together are words. */
function keptWords(text: string): string {
  return text !== MASK && /[\p{L}\p{N}]{2}/u.test(unescapeCss(text)) ? MASK : text
}

function keptName(property: string, text: string): string {
  if (property === 'content' || property === 'quotes' || property.startsWith('--')) return keptWords(text)
  const plain = unescapeCss(text)
  return plain.length <= LONGEST_NAME && redactText(plain) === plain ? text : MASK
}

/** A body between double quotes: bare double quotes (from a single-quoted string) get their backslash. */
function quoted(body: string): string {
  return `"${body.replace(/\\[\s\S]|"/g, (part) => (part === '"' ? '\\"' : part))}"`
}

/**
 * What selectors of a sheet mention, the only names an element may keep (leaks.md §5): class and id names as they are,
 * `[name]` and `[name=value]` for attributes.
 */
export function cssNames(css: string, add: (name: string) => void): void {
  for (const [, name, attribute, content] of css.matchAll(NAMES)) {
    if (attribute === undefined) add(unescapeCss(name ?? ''))
    else add(content === undefined ? `[${attribute}]` : `[${attribute}=${content}]`)
  }
}

const NAMES =
  /[.#](-?(?:[_a-z\u0080-\uffff]|\\[^\n])(?:[\w\u0080-\uffff-]|\\[^\n])*)|\[([a-z-]+)(?:[~|^$*]?=["']?([a-z-]{1,24})["']?[^\]]*)?\]/gi
