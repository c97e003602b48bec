import type { AllowUrl } from './allowedUrl.ts'
import { cssTokens, type CssToken } from './cssTokens.ts'

/** Rules that fetch nothing by themselves; any other at-rule is left out as a whole. */
const AT_RULES = new Set(
  'media supports font-face keyframes -webkit-keyframes -moz-keyframes -o-keyframes layer container property page counter-style font-feature-values font-palette-values starting-style scope position-try view-transition color-profile stylistic historical-forms styleset character-variant swash ornaments annotation'.split(
    ' ',
  ),
)
/** Functions in which a bare string is an address. */
const ADDRESS_FUNCTIONS = new Set([
  'url',
  'src',
  'image',
  'image-set',
  '-webkit-image-set',
  'cross-fade',
  '-webkit-cross-fade',
])
/** What the visitor's pointer and keyboard did, told by attributes: nothing in the frame is really hovered. */
const STATES = new Map([
  ['hover', '[vasistas-hover]'],
  ['active', '[vasistas-active]'],
  ['focus', '[vasistas-focus]'],
  ['focus-visible', '[vasistas-focus]'],
  ['focus-within', '[vasistas-focus-within]'],
])
/** What may stand inside those: neither `var()` nor anything else that could put an address there later. */
const INSIDE_ADDRESSES =
  /^(?:type|format|tech|calc|rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|(?:repeating-)?(?:linear|radial|conic)-gradient)$/
/** `a/**\/b` is not `ab`. */
const SEPARATOR = '/**/'
const WHOLE_STRING = /^(?:"(?:[^"\\\n\r\f]|\\[^\n\r\f])*"|'(?:[^'\\\n\r\f]|\\[^\n\r\f])*')$/
const NOTHING = '"data:,"'

/**
 * A style sheet or declarations as the player may apply them: addresses only of our own copies and `data:` images and
 * fonts, no imports, no at-rule that nobody named. Cut into tokens as a browser does, and written anew from the tokens.
 */
export function allowedCss(css: string, allowUrl: AllowUrl): string {
  return writeItems(cssTokens(css.replaceAll('\0', '\ufffd')), allowUrl)
}

/** One rule for `insertRule`. A rule that may not be becomes one that does nothing: later indices count on it. */
export function allowedRule(rule: string, allowUrl: AllowUrl): string {
  const allowed = allowedCss(rule, allowUrl)
  return allowed.trim() === '' ? '@media not all{}' : allowed
}

function writeItems(tokens: Generator<CssToken, void>, allowUrl: AllowUrl): string {
  let written = ''
  let item: CssToken[] = []
  for (const token of tokens) {
    const isEnd = token.kind === 'other' && (token.text === '{' || token.text === '}' || token.text === ';')
    if (!isEnd) {
      item.push(token)
      continue
    }
    const name = atName(item)
    if (name !== undefined && !AT_RULES.has(name)) {
      if (token.text === '{') skipBlock(tokens)
      // A block that the item stands in ends here all the same.
      if (token.text === '}') written += '}'
    } else written += writeItem(item, token.text, name, allowUrl) + token.text
    item = []
  }
  const name = atName(item)
  return name !== undefined && !AT_RULES.has(name) ? written : written + writeItem(item, '', name, allowUrl)
}

function atName(item: readonly CssToken[]): string | undefined {
  const first = item.find(({ kind }) => kind !== 'space' && kind !== 'comment')
  return first?.kind === 'at' ? first.value : undefined
}

function skipBlock(tokens: Generator<CssToken, void>): void {
  let depth = 1
  while (depth > 0) {
    const step = tokens.next()
    if (step.done === true) return
    const { kind, text } = step.value
    if (kind === 'other' && text === '{') depth++
    else if (kind === 'other' && text === '}') depth--
  }
}

/** A selector, an at-rule's head, or a declaration: what ends it says which. */
function writeItem(item: readonly CssToken[], end: string, atRule: string | undefined, allowUrl: AllowUrl): string {
  const isSelector = end === '{' && (atRule === undefined || atRule === 'scope')
  const isQuery = end === '{' && atRule === 'media'
  const functions: string[] = []
  let written = ''
  let before: CssToken | undefined
  for (const token of item) {
    const isState = isSelector && token.kind === 'name' && isSingleColon(before)
    const state = isState ? STATES.get(token.value.toLowerCase()) : undefined
    if (state !== undefined) written = written.slice(0, -1) + state
    else if (isQuery && token.kind === 'name') written += token.text.replace(/^((?:min|max)-)?device-/i, '$1')
    // An at-keyword in the middle starts nothing, unless what is before it is nothing to a browser (`<!--`).
    else if (token.kind === 'at' && written.trim() !== '') written += SEPARATOR
    else written += writeToken(token, functions, allowUrl)
    before = token.text === ':' && before?.text === ':' ? undefined : token
    if (token.kind === 'function') functions.push(token.value)
    else if (token.text === '(') functions.push('')
    else if (token.text === ')') functions.pop()
  }
  return written
}

const isSingleColon = (token: CssToken | undefined): boolean => token?.kind === 'other' && token.text === ':'

function writeToken(token: CssToken, functions: readonly string[], allowUrl: AllowUrl): string {
  switch (token.kind) {
    case 'comment':
      return SEPARATOR
    case 'url':
      return `url(${writeAddress(token, allowUrl)})`
    case 'string':
      return isAddress(functions) ? writeAddress(token, allowUrl) : writeString(token, token.value)
    case 'function':
      if (ADDRESS_FUNCTIONS.has(token.value)) return `${token.value}(`
      return isAddress(functions) && !INSIDE_ADDRESSES.test(token.value) ? 'vasistas-none(' : token.text
    default:
      return token.text
  }
}

const isAddress = (functions: readonly string[]): boolean => functions.some((name) => ADDRESS_FUNCTIONS.has(name))

function writeAddress(token: CssToken, allowUrl: AllowUrl): string {
  const allowed = allowUrl(token.value)
  if (allowed === undefined) return NOTHING
  return token.kind === 'url' && /^#[\w-]+$/.test(allowed) ? allowed : writeString(token, allowed)
}

/** As it was written, while it says the same and ends where a browser ends it. */
function writeString({ kind, text, value: own }: CssToken, value: string): string {
  if (kind === 'string' && value === own && WHOLE_STRING.test(text)) return text
  return `"${value.replace(/["\\\n\r\f]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `)}"`
}
