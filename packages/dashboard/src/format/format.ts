import type { Language } from '@vasistas/wire/api'
import type { Duration, TimeStamp } from '@vasistas/wire/core'

/** Numbers, times and names as people of a language write them. */
export interface Format {
  number(count: number): string
  /** `4 s`, `3 min 20 s`, `1 h 5 min`: two units at most. */
  duration(span: Duration): string
  dateTime(at: TimeStamp): string
  date(at: TimeStamp): string
  time(at: TimeStamp): string
  /** `5 minutes ago`; days and older become a date. */
  relative(at: TimeStamp, now: TimeStamp): string
  bytes(count: number): string
  percent(share: number): string
  /** The name of an ISO 3166 code in the language; the code itself when it is not one. */
  country(code: string): string
  list(items: readonly string[]): string
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Below it "just now" says enough. */
const JUST_NOW = 45 * SECOND

export function createFormat(language: Language): Format {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB'
  const numbers = new Intl.NumberFormat(locale)
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const dateTimes = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const times = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const relatives = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const regions = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })

  return {
    number: (count) => numbers.format(count),
    duration: (span) => durationText(span),
    dateTime: (at) => dateTimes.format(at),
    date: (at) => dates.format(at),
    time: (at) => times.format(at),
    relative(at, now) {
      const age = now - at
      if (age < JUST_NOW) return relatives.format(0, 'second')
      if (age < HOUR) return relatives.format(-Math.max(1, Math.round(age / MINUTE)), 'minute')
      if (age < DAY) return relatives.format(-Math.round(age / HOUR), 'hour')
      if (age < 7 * DAY) return relatives.format(-Math.round(age / DAY), 'day')
      return dates.format(at)
    },
    bytes: (count) => bytesText(count, locale),
    percent: (share) => percents.format(share),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    list: (items) => lists.format(items),
  }
}

function durationText(span: Duration): string {
  const seconds = Math.round(span / SECOND)
  if (seconds < 60) return `${seconds}\u00a0s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return withRest(`${minutes}\u00a0min`, seconds % 60, 's')
  return withRest(`${Math.floor(minutes / 60)}\u00a0h`, minutes % 60, 'min')
}

const withRest = (whole: string, rest: number, unit: string) => (rest ? `${whole} ${rest}\u00a0${unit}` : whole)

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function bytesText(count: number, locale: string): string {
  const step = count < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(count) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(count / 1000 ** step)
}

/** A place in a recording: `1:23`, `1:02:03`. */
export function clockTime(at: Duration): string {
  const total = Math.max(0, Math.floor(at / SECOND))
  const hours = Math.floor(total / 3600)
  const minutes = Math.floor(total / 60) % 60
  const seconds = twoDigits(total % 60)
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${seconds}` : `${minutes}:${seconds}`
}

const twoDigits = (count: number) => String(count).padStart(2, '0')

/** The flag of an ISO 3166 code as two regional indicators; nothing for anything else. */
export function flagOf(country: string): string {
  if (!/^[A-Z]{2}$/.test(country)) return ''
  return String.fromCodePoint(...country.split('').map((letter) => 0x1f1e6 + letter.charCodeAt(0) - 65))
}
