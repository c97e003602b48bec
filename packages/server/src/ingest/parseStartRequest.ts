import { fail, ok, type Result, type StartRequest } from '@vasistas/wire/core'

/** A start request as far as it can be trusted: shapes and lengths. Consent stays undefined unless all of it is there. */
export type ParsedStart = Omit<StartRequest, 'consent' | 'nonce'> & {
  readonly consent: StartRequest['consent'] | undefined
  readonly nonce: Uint8Array
}

const KEYS: ReadonlySet<string> = new Set(
  'v site visitor nonce resume consent page referrer language screen now recorder'.split(' '),
)
const RANDOM_ID = /^[\w-]{22}$/
const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8}){0,3}$/
const NONCE_BYTES = 16
const LONGEST_PAGE = 4096
const LARGEST_SCREEN = 100_000

/** The error names the first field that is wrong. Reads own properties only and copies nothing it does not know. */
export function parseStartRequest(text: string): Result<ParsedStart, string> {
  const fields = fieldsOf(text)
  if (!fields) return fail('body')
  for (const name of fields.keys()) if (!KEYS.has(name)) return fail('unknown field')
  if (fields.get('v') !== 1) return fail('v')
  const [site, visitor, nonce] = [fields.get('site'), fields.get('visitor'), fields.get('nonce')]
  if (!isMatch(site, RANDOM_ID)) return fail('site')
  if (!isMatch(visitor, RANDOM_ID)) return fail('visitor')
  if (!isMatch(nonce, RANDOM_ID)) return fail('nonce')
  const nonceBytes = Buffer.from(nonce, 'base64url')
  if (nonceBytes.byteLength !== NONCE_BYTES) return fail('nonce')
  const resume = fields.get('resume')
  if (resume !== undefined && !isText(resume, 256)) return fail('resume')
  const [page, referrer, language] = [fields.get('page'), fields.get('referrer'), fields.get('language')]
  if (!isText(page, LONGEST_PAGE)) return fail('page')
  if (!isText(referrer, LONGEST_PAGE)) return fail('referrer')
  if (!isText(language, 64)) return fail('language')
  const screen = parseScreen(fields.get('screen'))
  if (!screen) return fail('screen')
  const [now, recorder] = [fields.get('now'), fields.get('recorder')]
  if (!isTime(now)) return fail('now')
  if (!isMatch(recorder, /^[\w.+-]{1,32}$/)) return fail('recorder')
  return ok({
    v: 1,
    site,
    visitor,
    nonce: nonceBytes,
    ...(resume !== undefined && { resume }),
    consent: parseConsent(fields.get('consent')),
    page,
    referrer,
    language: LANGUAGE.test(language) ? language : '',
    screen,
    now,
    recorder,
  })
}

/** Own properties of one JSON object; nothing for anything else. */
export function fieldsOf(text: string): ReadonlyMap<string, unknown> | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  return isObject(parsed) ? new Map<string, unknown>(Object.entries(parsed)) : undefined
}

/** Anything less than a whole consent is none. */
function parseConsent(value: unknown): StartRequest['consent'] | undefined {
  if (!isObject(value)) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const [at, mechanism, textVersion] = [fields.get('at'), fields.get('mechanism'), fields.get('textVersion')]
  if (fields.get('recording') !== true || fields.size !== 4 || !isTime(at)) return undefined
  if (mechanism !== 'notice' && mechanism !== 'api') return undefined
  if (!isMatch(textVersion, /^[\w.:+-]{1,128}$/)) return undefined
  return { recording: true, at, mechanism, textVersion }
}

function parseScreen(value: unknown): StartRequest['screen'] | undefined {
  if (!isObject(value)) return undefined
  const { width, height } = value as { readonly width?: unknown; readonly height?: unknown }
  return isPixels(width) && isPixels(height) ? { width: Math.round(width), height: Math.round(height) } : undefined
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown, most: number): value is string => typeof value === 'string' && value.length <= most
const isMatch = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value)
const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isPixels = (value: unknown): value is number =>
  Number.isFinite(value) && (value as number) >= 0 && (value as number) <= LARGEST_SCREEN
