import type { ListRecordingsQuery } from '@vasistas/wire/api'
import { timeStamp, type SiteId } from '@vasistas/wire/core'

/** What the list is narrowed to: as written in the page's address, so that it can be sent to a colleague. */
export interface RecordingFilters {
  readonly site?: SiteId
  readonly country?: string
  readonly device?: 'desktop' | 'mobile' | 'tablet'
  /** Seconds. */
  readonly longer?: number
  readonly pages?: number
  readonly errors?: true
  readonly rage?: true
  readonly unwatched?: true
  readonly visitor?: string
  readonly path?: string
  /** Days as `2026-11-24`, in the reader's time zone; `to` included. */
  readonly from?: string
  readonly to?: string
}

export type FilterName = keyof RecordingFilters

const DAY_MS = 24 * 3600_000

/** From the address: what is not understood is left out, never an error page. */
export function parseFilters(search: Readonly<Record<string, unknown>>): RecordingFilters {
  return withoutGaps({
    site: positive(search['site']),
    country: matching(search['country'], /^[A-Z]{2}$/),
    device: matching(search['device'], /^(?:desktop|mobile|tablet)$/) as RecordingFilters['device'],
    longer: positive(search['longer']),
    pages: positive(search['pages']),
    errors: flag(search['errors']),
    rage: flag(search['rage']),
    unwatched: flag(search['unwatched']),
    visitor: matching(search['visitor'], /^[\w-]{1,40}$/),
    path: matching(search['path'], /^.{1,200}$/),
    from: matching(search['from'], /^\d{4}-\d{2}-\d{2}$/),
    to: matching(search['to'], /^\d{4}-\d{2}-\d{2}$/),
  })
}

/** To the server's words. */
export function toListQuery(filters: RecordingFilters): ListRecordingsQuery {
  const { site, country, device, longer, pages, errors, rage, unwatched, visitor, path, from, to } = filters
  return withoutGaps({
    site,
    country,
    device,
    minDurationMs: longer && longer * 1000,
    minPages: pages,
    withErrors: errors,
    withRage: rage,
    unwatched,
    visitor,
    path,
    from: from === undefined ? undefined : startOfDay(from),
    to: to === undefined ? undefined : startOfNextDay(to),
  })
}

/** How many filters are set, the site aside: it is chosen elsewhere. */
export function countFilters(filters: RecordingFilters): number {
  return Object.keys(filters).filter((name) => name !== 'site').length
}

/** The first day of the last `days` days, today included. */
export function daysAgo(days: number, now: number): string {
  const day = new Date(now - (days - 1) * DAY_MS)
  return `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`
}

const twoDigits = (count: number) => String(count).padStart(2, '0')
const startOfDay = (day: string) => timeStamp(new Date(`${day}T00:00:00`).getTime())

function startOfNextDay(day: string): number {
  const next = new Date(`${day}T00:00:00`)
  next.setDate(next.getDate() + 1) // not 24 hours: some days have 23 or 25
  return timeStamp(next.getTime())
}

function positive(value: unknown): number | undefined {
  const count = Number(value)
  return value !== true && Number.isSafeInteger(count) && count > 0 ? count : undefined
}

function flag(value: unknown): true | undefined {
  return value === true || value === 'true' || value === 1 ? true : undefined
}

/** Addresses are parsed as JSON where they can be: a path `/1` stays text, a visitor `123` arrives as a number. */
function matching(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && pattern.test(text) ? text : undefined
}

function withoutGaps<Shape extends object>(shape: Shape): { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> } {
  const entries = Object.entries(shape).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> }
}
