import { fixedPoint } from './fixedPoint.ts'
import { MASK } from './maskText.ts'
import { redactText } from './redactText.ts'
import { isToken } from './valueShapes.ts'

export interface UrlPolicy {
  /** Query names that stay, with values that hold nothing to redact. */
  readonly allowedQueryNames: readonly string[]
}

const PLACEHOLDER = ':id'
const NO_QUERY: UrlPolicy = { allowedQueryNames: [] }

/**
 * `scheme://host/path` without user, query and fragment; path parts that look like an id become `:id`; schemes other than
 * http(s) are cut to the scheme. Relative addresses stay relative. Idempotent.
 */
export function scrubUrl(url: string, policy: UrlPolicy = NO_QUERY): string {
  return scrub(url, policy, isIdLike)
}

/**
 * The address of an image, font or style sheet: as `scrubUrl`, but a content hash in a file name stays, because without
 * it nothing could be shown. `data:` images stay when small; `blob:` never.
 */
export function scrubAssetUrl(url: string): string {
  const trimmed = url.trim()
  if (/^data:image\/[\w.+-]+[;,]/i.test(trimmed))
    return trimmed.length <= SMALL_DATA_IMAGE && !isDrawnText(trimmed) ? trimmed : ''
  if (/^data:(?:font|application\/(?:x-)?font)/i.test(trimmed)) return trimmed.length <= DATA_FONT ? trimmed : ''
  if (/^[a-z][a-z\d+.-]*:/i.test(trimmed) && !/^https?:/i.test(trimmed)) return ''
  return scrub(trimmed, NO_QUERY, isPersonalFileName)
}

/** A drawing with words in it, written as it is, escaped, or in base64 at any of its three places. */
const DRAWN_TEXT = /<(?:\w+:)?text|%3c(?:\w+(?::|%3a))?text|foreignObject/i
const DRAWN_TEXT_BASE64 = /PHRleH|x0ZXh0|8dGV4d|Zm9yZWlnbk9iamVj|mb3JlaWduT2JqZWN0|ZvcmVpZ25PYmplY3/

/** Nobody can look through the words of a picture, so such a picture does not stay. */
const isDrawnText = (address: string): boolean =>
  /^data:image\/svg/i.test(address) && (DRAWN_TEXT.test(address) || DRAWN_TEXT_BASE64.test(address))

/** Characters. Icons stay; photographs and uploads do not (leaks.md L170). */
const SMALL_DATA_IMAGE = 4096
const DATA_FONT = 400_000

/** `a.png 1x, b.png 2x`, each through `scrubAssetUrl`. */
export function scrubSrcset(srcset: string, resolve: (url: string) => string = scrubAssetUrl): string {
  return srcset
    .split(/,\s+|,(?=https?:)/)
    .map((candidate) => {
      const [url = '', ...descriptors] = candidate.trim().split(/\s+/)
      const kept = resolve(url)
      return kept && [kept, ...descriptors.filter((part) => /^[\d.]+[wxh]$/.test(part))].join(' ')
    })
    .filter(Boolean)
    .join(', ')
}

function scrub(url: string, policy: UrlPolicy, hides: (segment: string) => boolean): string {
  return fixedPoint(url, (step) => scrubOnce(step, policy, hides), '')
}

function scrubOnce(url: string, policy: UrlPolicy, hides: (segment: string) => boolean): string {
  const trimmed = url.trim()
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') return `${scheme}:`
  const [, origin = '', path = '', query = ''] =
    /^((?:https?:)?\/\/[^/?#\\]*)?([^?#]*)(?:\?([^#]*))?/i.exec(trimmed) ?? []
  const host = origin.replace(/\/\/.*@/, '//').toLowerCase()
  const parts = path.split(/([/\\])/).map((part) => (part.length > 1 && hides(part) ? PLACEHOLDER : part))
  return host + parts.join('') + keptQuery(query, policy)
}

function keptQuery(query: string, { allowedQueryNames }: UrlPolicy): string {
  if (query === '' || allowedQueryNames.length === 0) return ''
  const kept = query.split('&').filter((pair) => {
    const [name = '', value = ''] = pair.split('=', 2)
    const decoded = decode(value)
    return allowedQueryNames.includes(decode(name) ?? '') && decoded !== undefined && !isIdLike(decoded)
  })
  return kept.length > 0 ? `?${kept.join('&')}` : ''
}

function isIdLike(segment: string): boolean {
  if (segment === PLACEHOLDER) return false
  return (
    isPersonalFileName(segment) ||
    /^\d{4,}$/.test(segment) ||
    /^[\da-f]{12,}$/i.test(segment) ||
    segment.split(/[.~]/).some(isToken) ||
    (/\d/.test(segment) && /[A-Z]/.test(segment) && /^[\w-]{10,}$/.test(segment))
  )
}

/** Broken escapes, addresses, long numbers and never-shapes are hidden even in file names. */
function isPersonalFileName(segment: string): boolean {
  if (segment === PLACEHOLDER) return false
  const decoded = decode(segment)
  if (decoded === undefined || decoded.includes(MASK)) return true
  const withoutHash = decoded.replace(/[\w-]{20,}/g, '').replace(/(?<=[-._])[\da-z]*[a-z][\da-z]*(?=\.[a-z\d]+$)/i, '')
  return redactText(withoutHash) !== withoutHash
}

function decode(text: string): string | undefined {
  try {
    const once = decodeURIComponent(text.replace(/\+/g, ' '))
    return once.includes('%') ? decodeURIComponent(once) : once
  } catch {
    return undefined
  }
}
