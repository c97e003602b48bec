import { fixedPoint } from './fixedPoint.ts'
import { MASK } from './maskText.ts'
import { isCardNumber, isIban, isToken } from './valueShapes.ts'

export interface RedactOptions {
  /** E-mail addresses stay (site setting `recordEmails`). */
  readonly keepEmails?: boolean
  /** Numbers of six and more digits stay, unless they are cards or accounts (site setting `recordNumbers`). */
  readonly keepNumbers?: boolean
}

const PEM = /-----BEGIN [A-Z ]{1,40}-----[\s\S]*?(?:-----END [A-Z ]{1,40}-----|$)/g
const JWT = /eyJ[\w-]{5,}(?:\.[\w-]*)+/g
const PREFIXED_KEY =
  /(?<![A-Za-z])(?:(?:sk|pk|rk|whsec)_(?:live_|test_)?|gh[opsu]_|github_pat_|xox[abeprs]-|AKIA|ASIA|AIza|glpat-|shp(?:at|ss)_)[\w-]{4,}/g
const WEB_ADDRESS = /\b[a-z][a-z+.-]{1,20}:\/\/[^\s<>"']+/gi
const IBAN = /\b[A-Z]{2}\d{2}(?:[ \u00a0-]?[A-Z\d]){11,30}\b/gi
const LONG_WORD = /[\w-]{20,}/g
const NUMBER = /\+?\(?\p{Nd}(?:[ \u00a0\u202f\u2009.,'()-]{0,3}\p{Nd}){5,}/gu
const ADJACENT_MASKS = new RegExp(`(?:${MASK}){2,}`, 'g')
/** Anything here at all? Most texts of a page have neither and are done after one look. */
const SUSPECT = /[\p{Nd}@]|[\w-]{20}|:\/\/|-----BEGIN|eyJ|_(?:live|test)_/u

/**
 * Replaces what is shaped like an address, number, card, account, phone, key or token; words stay. Doing it twice changes
 * nothing more, which is how the server checks that it was done (`redactText(text) === text`).
 */
export function redactText(text: string, options: RedactOptions = {}): string {
  return SUSPECT.test(text) ? fixedPoint(text, (step) => redactOnce(step, options)) : text
}

function redactOnce(text: string, options: RedactOptions): string {
  let redacted = text
    .replace(PEM, MASK)
    .replace(JWT, MASK)
    .replace(PREFIXED_KEY, MASK)
    .replace(WEB_ADDRESS, withoutQuery)
    .replace(IBAN, (match) => (isIban(match.replace(/[^A-Za-z\d]/g, '').toUpperCase()) ? MASK : match))
    .replace(LONG_WORD, (word) => (isToken(word) ? MASK : word))
  if (!options.keepEmails) redacted = redactEmails(redacted)
  return redacted
    .replace(NUMBER, (match) => (options.keepNumbers && !isCardNumber(asciiDigits(match)) ? match : MASK))
    .replace(ADJACENT_MASKS, MASK)
}

const EMAIL_CHARACTER = /[\p{L}\p{N}\p{M}\p{Cs}.!#$%&*+/=?^_`{|}~-]/u

/** Walks outwards from each @, so that no address hides in a long run of characters and time stays linear. */
function redactEmails(text: string): string {
  let result = ''
  let done = 0
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > done && EMAIL_CHARACTER.test(text[start - 1] ?? '')) start--
    let end = at + 1
    while (end < text.length && EMAIL_CHARACTER.test(text[end] ?? '')) end++
    if (start === at || end === at + 1) continue
    result += text.slice(done, start) + MASK
    done = end
  }
  return result + text.slice(done)
}

/** An address written in text keeps its scheme, host and path. */
function withoutQuery(address: string): string {
  const end = address.search(/[?#]/)
  const kept = end < 0 ? address : address.slice(0, end)
  return kept.replace(/\/\/[^/@]*@/, '//')
}

/** Digits of any script as 0–9: every Unicode decimal block starts at a multiple of ten from its zero. */
function asciiDigits(text: string): string {
  let digits = ''
  for (const character of text) {
    if (!/\p{Nd}/u.test(character)) continue
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) {
      digits += character
      continue
    }
    let zero = code
    while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
    digits += String(code - zero)
  }
  return digits
}
