import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import type { SiteId } from '@vasistas/wire/core'
import type { Clock } from '../clock.ts'
import type { Database } from './schema.ts'
import { selectRecordings, type RecordingRow } from './selectRecordings.ts'
import { visitorHashRange } from './visitorLabel.ts'

/** Rows that one step looks at: a filter that hardly matches must not hold up the database. */
const WINDOW_ROWS = 20_000
/** Milliseconds after which a list answers with what it found so far and a place to go on from. */
const BUDGET_MS = 120
/** Visitors that share one label: 40 bits make two of them a curiosity. */
const MAX_VISITORS = 100

/** A place in the list, newest first: everything after it is older. */
export interface ListPosition {
  readonly startedAt: number
  readonly id: number
}

export interface RecordingFilter {
  readonly country?: string | undefined
  readonly device?: string | undefined
  readonly minDurationMs?: number | undefined
  readonly minPages?: number | undefined
  readonly withErrors?: boolean | undefined
  readonly withRage?: boolean | undefined
  readonly unwatched?: boolean | undefined
  /** A label as `visitorLabel` makes it. */
  readonly visitor?: string | undefined
  /** A part of the path of a page. */
  readonly path?: string | undefined
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface ListRequest {
  readonly sites: readonly SiteId[]
  readonly filter: RecordingFilter
  readonly after: ListPosition | undefined
  readonly limit: number
  /** Whose watches count; undefined: anybody's. */
  readonly agent: number | undefined
}

export interface RecordingList {
  readonly rows: readonly RecordingRow[]
  /** Where the next list goes on; undefined: there is no more. A short list with a next one means: not all looked at yet. */
  readonly next: ListPosition | undefined
}

interface WalkBounds {
  readonly deadline: number
  /** Where another site's full page ends: what is older will not be shown now. */
  readonly floor: ListPosition | undefined
}

/** Sites are walked one by one, each along its own index in windows, and merged: no filter makes the database sort. */
export function createRecordingLister(read: Kysely<Database>, clock: Clock) {
  return async function listRecordings(request: ListRequest): Promise<RecordingList> {
    const deadline = clock.mono() + BUDGET_MS
    const found: RecordingRow[] = []
    let horizon: ListPosition | undefined
    for (const site of request.sites) {
      const { rows, next } = await walkSite(site, request, { deadline, floor: horizon })
      found.push(...rows)
      if (next && (!horizon || comparePositions(next, horizon) < 0)) horizon = next
    }
    return merge(found, horizon, request.limit)
  }

  async function walkSite(site: SiteId, request: ListRequest, bounds: WalkBounds): Promise<RecordingList> {
    const visitors = await findVisitors(site, request.filter.visitor)
    if (visitors?.length === 0) return { rows: [], next: undefined }
    const rows: RecordingRow[] = []
    let after = startOf(request)
    for (;;) {
      // Recordings of one visitor have an index of their own: no need to walk.
      const end = visitors ? undefined : await endOfWindow(site, after)
      const window = { site, visitors, after, end, missing: request.limit + 1 - rows.length }
      rows.push(...(await selectWindow(read, request, window)))
      const last = rows.at(-1)
      if (rows.length > request.limit && last) return { rows, next: positionOf(last) }
      if (!end || end.startedAt < (request.filter.from ?? 0)) return { rows, next: undefined }
      const isBelowFloor = bounds.floor && comparePositions(end, bounds.floor) > 0
      if (isBelowFloor || clock.mono() > bounds.deadline) return { rows, next: end }
      after = end
    }
  }

  async function endOfWindow(site: SiteId, after: ListPosition | undefined): Promise<ListPosition | undefined> {
    let query = read.selectFrom('session').select(['started_at as startedAt', 'id']).where('site_id', '=', site)
    if (after) query = query.where((where) => isOlder(where, after))
    return await query
      .orderBy('started_at', 'desc')
      .orderBy('id', 'desc')
      .offset(WINDOW_ROWS - 1)
      .limit(1)
      .executeTakeFirst()
  }

  async function findVisitors(site: SiteId, label: string | undefined): Promise<readonly number[] | undefined> {
    if (label === undefined) return undefined
    const range = visitorHashRange(label)
    if (!range) return []
    const rows = await read
      .selectFrom('visitor')
      .select('id')
      .where('site_id', '=', site)
      .where('visitor_hash', '>=', range.from)
      .where('visitor_hash', '<=', range.to)
      .limit(MAX_VISITORS)
      .execute()
    return rows.map(({ id }) => id)
  }
}

/** What lies beyond the end of the walk that ended first would come twice: now, and with the next list. */
function merge(found: readonly RecordingRow[], horizon: ListPosition | undefined, limit: number): RecordingList {
  const rows = found
    .filter((row) => !horizon || comparePositions(positionOf(row), horizon) <= 0)
    .toSorted((a, b) => comparePositions(positionOf(a), positionOf(b)))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, next: rows.length > limit && last ? positionOf(last) : horizon }
}

interface Window {
  readonly site: SiteId
  readonly visitors: readonly number[] | undefined
  readonly after: ListPosition | undefined
  readonly end: ListPosition | undefined
  readonly missing: number
}

function selectWindow(read: Kysely<Database>, { filter, agent }: ListRequest, window: Window): Promise<RecordingRow[]> {
  const { visitors, after, end } = window
  let query = selectRecordings(read, agent)
  // Visitors belong to one site; naming the site as well would send SQLite along the site's index.
  query = visitors
    ? query.where('session.visitor_id', 'in', visitors)
    : query.where('session.site_id', '=', window.site)
  if (after) query = query.where((where) => isOlder(where, after))
  // Not `NOT (… < …)`: SQLite would walk the index to its end.
  if (end) query = query.where((where) => isNotOlder(where, end))
  if (filter.country !== undefined) query = query.where('session.country', '=', filter.country)
  if (filter.device !== undefined) query = query.where('session.device', '=', filter.device as 'desktop')
  if (filter.minDurationMs !== undefined) query = query.where('session.duration_ms', '>=', filter.minDurationMs)
  if (filter.minPages !== undefined) query = query.where('session.pages', '>=', filter.minPages)
  if (filter.withErrors) query = query.where('session.errors', '>', 0)
  if (filter.withRage) query = query.where('session.rage_clicks', '>', 0)
  if (filter.from !== undefined) query = query.where('session.started_at', '>=', filter.from)
  if (filter.unwatched) query = query.where((where) => where.not(watchedBy(where, agent)))
  if (filter.path !== undefined) query = query.where((where) => visits(where, filter.path ?? ''))
  return query.orderBy('session.started_at', 'desc').orderBy('session.id', 'desc').limit(window.missing).execute()
}

type Where = ExpressionBuilder<Database, 'session'>

const isOlder = ({ eb, refTuple, tuple }: Where, { startedAt, id }: ListPosition) =>
  eb(refTuple('session.started_at', 'session.id'), '<', tuple(startedAt, id))

const isNotOlder = ({ eb, refTuple, tuple }: Where, { startedAt, id }: ListPosition) =>
  eb(refTuple('session.started_at', 'session.id'), '>=', tuple(startedAt, id))

function watchedBy({ eb, exists, selectFrom }: Where, agent: number | undefined) {
  if (agent === undefined) return eb('session.is_watched', '=', 1)
  return exists(
    selectFrom('watch')
      .select('watch.id')
      .whereRef('watch.session_id', '=', 'session.id')
      .where('agent_id', '=', agent),
  )
}

function visits({ exists, selectFrom }: Where, path: string) {
  const pattern = `%${path.replace(/[\\%_]/g, '\\$&')}%`
  return exists(
    selectFrom('page_view')
      .select('page_view.idx')
      .whereRef('page_view.session_id', '=', 'session.id')
      .where(sql<boolean>`page_view.path LIKE ${pattern} ESCAPE '\\'`),
  )
}

/** The older of where the last list ended and the newest time asked for. */
function startOf({ after, filter }: ListRequest): ListPosition | undefined {
  if (filter.to === undefined) return after
  const newest = { startedAt: filter.to, id: Number.MAX_SAFE_INTEGER }
  return after && comparePositions(after, newest) > 0 ? after : newest
}

const positionOf = ({ started_at: startedAt, id }: RecordingRow): ListPosition => ({ startedAt, id })

/** Negative: `a` comes first in the list. */
const comparePositions = (a: ListPosition, b: ListPosition): number => b.startedAt - a.startedAt || b.id - a.id
