import type { SiteSettings } from '@vasistas/wire/api'
import { appError } from '../errors/appError.ts'

type Check = (value: unknown) => string | undefined

const isBoolean: Check = (value) => (typeof value === 'boolean' ? undefined : 'true or false')
const MOST_ENTRIES = 200
const LONGEST_ENTRY = 500

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

/** Origins as browsers write them. AppError INVALID_ORIGIN. */
export function checkOrigins(origins: readonly string[]): readonly string[] {
  const normal = origins.map((origin) => {
    const url = URL.parse(origin.trim())
    const isOrigin =
      url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
    if (!isOrigin) throw appError('INVALID_ORIGIN', { origin: origin.slice(0, 200) })
    return url.origin
  })
  return [...new Set(normal)]
}

/**
 * Brackets and quotes balanced, nothing that ends a rule. Whether a browser understands a selector only a browser knows:
 * there an invalid one that raises privacy means that nothing is recorded (fail closed).
 */
function selector(text: string): string | undefined {
  const closing: string[] = []
  let quote = ''
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (character === '\\') index++
    else if (quote) quote = character === quote ? '' : quote
    else if (character === '"' || character === "'") quote = character
    else if (character === '(') closing.push(')')
    else if (character === '[') closing.push(']')
    else if (character === ')' || character === ']') {
      if (closing.pop() !== character) return 'CSS selectors'
    } else if ('{};@<'.includes(character)) return 'CSS selectors'
  }
  return quote || closing.length > 0 || /^[>+~,]|[>+~,]\s*$/.test(text.trim()) ? 'CSS selectors' : undefined
}
