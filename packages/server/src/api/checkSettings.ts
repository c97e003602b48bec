import type { SiteSettings } from '@vasistas/wire/api'
import { appError } from '../errors/appError.ts'

type Check = (value: unknown) => string | undefined

const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false')
const MOST_ENTRIES = 200
const LONGEST_ENTRY = 500
const LONGEST_NAME = 100
const MOST_ORIGINS = 20

const listOf =
  (what: (entry: string) => string | undefined): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'a list'
    if (value.length > MOST_ENTRIES) return `at most ${MOST_ENTRIES} entries`
    for (const entry of value) {
      if (typeof entry !== 'string' || entry.trim() === '' || entry.length > LONGEST_ENTRY) {
        return `entries of 1 to ${LONGEST_ENTRY} characters`
      }
      const wrong = what(entry)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

/** What each setting may be; the reason when it may not. A setting that is not listed does not exist. */
const CHECKS: Readonly<Record<keyof SiteSettings, Check>> = {
  level: (value) => (value === 'strict' || value === 'balanced' ? undefined : 'strict or balanced'),
  recordFormInputs: isBoolean,
  recordEmails: isBoolean,
  recordNumbers: isBoolean,
  block: listOf(selector),
  mask: listOf(selector),
  ignore: listOf(selector),
  allow: listOf(selector),
  readForeignAllowMarks: isBoolean,
  imageHosts: listOf((host) =>
    /^(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)*(?::\d{1,5})?$/i.test(host) ? undefined : 'hosts like cdn.example.com',
  ),
  excludedPages: listOf((page) => (/^\/[^\s?#]*$/.test(page) ? undefined : 'paths like /checkout/*')),
  allowedQueryNames: listOf((name) => (/^[\w.-]{1,64}$/.test(name) ? undefined : 'names like utm_source')),
  recordingOn: isBoolean,
  retentionDays: (value) =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 365 ? undefined : 'whole days, 1 to 365',
  sampleRate: (value) => (typeof value === 'number' && value >= 0 && value <= 1 ? undefined : 'a share from 0 to 1'),
  keepAssets: isBoolean,
}

/** The same settings, every value checked. AppError INVALID_SETTING names the first that is wrong, and why. */
export function checkSettings(settings: unknown): Partial<SiteSettings> {
  const checked = new Map<string, unknown>()
  for (const [setting, value] of Object.entries(settings as Record<string, unknown>)) {
    const check = Object.hasOwn(CHECKS, setting) ? CHECKS[setting as keyof SiteSettings] : undefined
    const reason = check ? check(value) : 'not a setting'
    if (reason !== undefined) throw appError('INVALID_SETTING', { setting: setting.slice(0, 64), reason })
    checked.set(setting, value)
  }
  return Object.fromEntries(checked)
}

/** Without space around it. AppError INVALID_SETTING. */
export function checkSiteName(name: string): string {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > LONGEST_NAME) {
    throw appError('INVALID_SETTING', { setting: 'name', reason: `1 to ${LONGEST_NAME} characters` })
  }
  return trimmed
}

/** Origins as browsers write them, each once. AppError INVALID_ORIGIN, INVALID_SETTING. */
export function checkOrigins(origins: readonly string[]): readonly string[] {
  if (origins.length === 0 || origins.length > MOST_ORIGINS) {
    throw appError('INVALID_SETTING', { setting: 'origins', reason: `1 to ${MOST_ORIGINS} of them` })
  }
  const normal = origins.map((origin) => {
    const url = URL.parse(origin.trim())
    if (!url || !isPlainOrigin(url)) throw appError('INVALID_ORIGIN', { origin: origin.slice(0, 200) })
    return url.origin
  })
  return [...new Set(normal)]
}

/** A pattern like https://*.example matches no page, because a browser's Origin never has a star. */
function isPlainOrigin({ protocol, hostname, pathname, search, hash, username, password }: URL): boolean {
  return (
    /^https?:$/.test(protocol) &&
    pathname === '/' &&
    `${search}${hash}${username}${password}` === '' &&
    !hostname.includes('*')
  )
}

/**
 * Brackets and quotes balanced, nothing that ends a rule. Whether a browser understands a selector only a browser knows:
 * there an invalid one that raises privacy means that nothing is recorded (fail closed).
 */
function selector(text: string): string | undefined {
  const isSound = isBalanced(text) && !CONTROL_CHARACTERS.test(text) && !LOOSE_ENDS.test(text.trim())
  return isSound ? undefined : 'CSS selectors'
}

const CONTROL_CHARACTERS = /[\p{Cc}]/u
/** A combinator or comma without something on both its sides; a comment. */
const LOOSE_ENDS = /^[>+~,]|[>+~,\\]$|,\s*,|\/\*/
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']' }

function isBalanced(text: string): boolean {
  const open: string[] = []
  let quote = ''
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    const closing = CLOSING[character]
    if (character === '\\') index++
    else if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (closing) open.push(closing)
    else if (character === ')' || character === ']') {
      if (open.pop() !== character) return false
    } else if ('{};@<'.includes(character)) return false
  }
  return quote === '' && open.length === 0
}
