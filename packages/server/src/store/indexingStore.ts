import { sql } from 'kysely'

import type { Clock } from '../clock.ts'
import type { MetaStore, Transaction } from './metaStore.ts'
import type { MarkerKind } from './schema.ts'
import type { Placement } from './segmentLog.ts'

export interface BatchPlace {
  readonly sessionId: number
  readonly stream: number
  readonly sequence: number
  readonly siteId: number
}

export interface ClaimedBatch extends BatchPlace {
  readonly placement: Placement
  readonly flags: number
  /** This one included. */
  readonly attempts: number
  readonly receivedAt: number
}

/** What a batch says, in counts and names only. Times are the visitor's clock. */
export interface BatchSummary {
  readonly firstAt: number
  readonly lastAt: number
  readonly records: number
  readonly clicks: number
  readonly inputs: number
  readonly errors: number
  readonly rageClicks: number
  readonly activeMs: number
  readonly hasSnapshot: boolean
  readonly viewport: { readonly width: number; readonly height: number } | undefined
  readonly pages: readonly PageSeen[]
  readonly markers: readonly { readonly at: number; readonly kind: MarkerKind; readonly label: string }[]
  readonly assetUrls: readonly string[]
}

export interface PageSeen {
  readonly at: number
  readonly path: string
  /** `again`: the page was only told anew (a fresh snapshot); it is a page view when the path is another one. */
  readonly kind: 'view' | 'again'
}

export type IndexOutcome =
  | { readonly status: 'indexed'; readonly summary: BatchSummary }
  | { readonly status: 'poisoned'; readonly reason: string }
  | { readonly status: 'quarantined'; readonly reason: string }
  | { readonly status: 'retry'; readonly afterMs: number }

export interface IndexedBatch {
  readonly batch: BatchPlace
  readonly outcome: IndexOutcome
}

export interface IndexingStore {
  /** Oldest first; each counted as one more attempt before anybody looks inside. */
  claim(most: number, leaseMs: number): Promise<readonly ClaimedBatch[]>
  /** All of it in one transaction; a batch that was applied before changes nothing. `alsoDo` joins for each indexed one. */
  apply(
    results: readonly IndexedBatch[],
    workerVersion: string,
    alsoDo?: (transaction: Transaction, batch: BatchPlace, summary: BatchSummary) => Promise<void>,
  ): Promise<void>
  /** Leases of a process that is gone. Only the one process that holds the data folder may ask. */
  dropLeases(): Promise<void>
  /** Poisoned batches of a session; from a number on nobody looks at more of them. */
  countPoisoned(sessionId: number): Promise<number>
  /** Back into the queue, e.g. after a fix; how many. */
  retryPoisoned(reason?: string): Promise<number>
}

const STORED = 0
const INDEXED = 1
const POISONED = 2
const QUARANTINED = 3
const LONGEST_PATH = 1024
const LONGEST_LABEL = 100

export function createIndexingStore(meta: MetaStore, clock: Clock): IndexingStore {
  return {
    async claim(most, leaseMs) {
      const now = clock.now()
      const rows = await meta.write((transaction) =>
        transaction
          .updateTable('batch')
          .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), lease_until: now + leaseMs }))
          .where(
            sql<boolean>`(session_id, stream, sequence) IN (
              SELECT session_id, stream, sequence FROM batch
              WHERE state = 0 AND lease_until <= ${now} ORDER BY received_at LIMIT ${most})`,
          )
          .returning([
            'session_id',
            'stream',
            'sequence',
            'site_id',
            'segment_id',
            'frame_offset',
            'frame_bytes',
            'flags',
            'attempts',
            'received_at',
          ])
          .execute(),
      )
      return rows
        .map((row) => ({
          sessionId: row.session_id,
          stream: row.stream,
          sequence: row.sequence,
          siteId: row.site_id,
          placement: { segmentId: row.segment_id, offset: row.frame_offset, length: row.frame_bytes },
          flags: row.flags,
          attempts: row.attempts,
          receivedAt: row.received_at,
        }))
        .sort((one, other) => one.receivedAt - other.receivedAt || one.sequence - other.sequence)
    },

    apply: (results, workerVersion, alsoDo) =>
      meta.write(async (transaction) => {
        for (const { batch, outcome } of results) {
          if (outcome.status === 'retry') await putBack(transaction, batch, clock.now() + outcome.afterMs)
          else if (outcome.status !== 'indexed') await setAside(transaction, batch, outcome, workerVersion, clock.now())
          else if (await addSummary(transaction, batch, outcome.summary)) {
            await alsoDo?.(transaction, batch, outcome.summary)
          }
        }
      }),

    async dropLeases() {
      await meta.write((transaction) =>
        transaction.updateTable('batch').set({ lease_until: 0 }).where('state', '=', sql.lit(STORED)).execute(),
      )
    },

    async countPoisoned(sessionId) {
      const row = await meta.read
        .selectFrom('session')
        .select('poisoned')
        .where('id', '=', sessionId)
        .executeTakeFirst()
      return row?.poisoned ?? 0
    },

    retryPoisoned: (reason) =>
      meta.write(async (transaction) => {
        let doomed = transaction.deleteFrom('poisoned_batch')
        if (reason !== undefined) doomed = doomed.where('reason', '=', reason)
        const rows = await doomed.returning(['session_id', 'stream', 'sequence']).execute()
        for (const { session_id, stream, sequence } of rows) {
          await transaction
            .updateTable('batch')
            .set({ state: STORED, attempts: 0, lease_until: 0 })
            .where('session_id', '=', session_id)
            .where('stream', '=', stream)
            .where('sequence', '=', sequence)
            .where('state', '=', POISONED)
            .execute()
          await transaction
            .updateTable('session')
            .set(({ eb }) => ({ poisoned: eb('poisoned', '-', 1) }))
            .where('id', '=', session_id)
            .execute()
        }
        return rows.length
      }),
  }
}

const rowOfBatch = (transaction: Transaction, { sessionId, stream, sequence }: BatchPlace) =>
  transaction
    .updateTable('batch')
    .where('session_id', '=', sessionId)
    .where('stream', '=', stream)
    .where('sequence', '=', sequence)
    .where('state', '=', STORED)

async function putBack(transaction: Transaction, batch: BatchPlace, leaseUntil: number): Promise<void> {
  await rowOfBatch(transaction, batch).set({ lease_until: leaseUntil }).execute()
}

async function setAside(
  transaction: Transaction,
  batch: BatchPlace,
  { status, reason }: { readonly status: 'poisoned' | 'quarantined'; readonly reason: string },
  workerVersion: string,
  at: number,
): Promise<void> {
  const isPoisoned = status === 'poisoned'
  const changed = await rowOfBatch(transaction, batch)
    .set({ state: isPoisoned ? POISONED : QUARANTINED })
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) return
  const { sessionId, stream, sequence, siteId } = batch
  const row = { session_id: sessionId, stream, sequence, site_id: siteId, reason, at }
  if (isPoisoned) {
    await transaction
      .insertInto('poisoned_batch')
      .values({ ...row, worker_version: workerVersion })
      .execute()
  } else await transaction.insertInto('quarantined_batch').values(row).execute()
  await transaction
    .updateTable('session')
    .set(({ eb }) => (isPoisoned ? { poisoned: eb('poisoned', '+', 1) } : { quarantined: eb('quarantined', '+', 1) }))
    .where('id', '=', sessionId)
    .execute()
}

/** Counters change with the row that they count, and only when it changes: whatever is repeated counts once. */
async function addSummary(transaction: Transaction, batch: BatchPlace, summary: BatchSummary): Promise<boolean> {
  const stream = await transaction
    .selectFrom('stream')
    .select(['skew_ms', 'first_at', 'last_at'])
    .where('session_id', '=', batch.sessionId)
    .where('stream', '=', batch.stream)
    .executeTakeFirst()
  if (!stream) return false // erased meanwhile
  const { records, clicks, inputs, errors, rageClicks, activeMs } = summary
  const pages = await newPageViews(transaction, batch, summary.pages)
  const changed = await rowOfBatch(transaction, batch)
    .set({
      state: INDEXED,
      has_snapshot: summary.hasSnapshot ? 1 : 0,
      records,
      pages: pages.length,
      clicks,
      inputs,
      errors,
      rage_clicks: rageClicks,
      active_ms: activeMs,
      ...(records > 0 && { first_at: summary.firstAt, last_at: summary.lastAt }),
    })
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) return false

  const place = {
    session_id: batch.sessionId,
    stream: batch.stream,
    sequence: batch.sequence,
    site_id: batch.siteId,
  }
  for (const [idx, { at, path }] of pages.entries()) {
    await transaction
      .insertInto('page_view')
      .values({ ...place, idx, at: at + stream.skew_ms, path: path.slice(0, LONGEST_PATH) })
      .execute()
  }
  for (const [idx, { at, kind, label }] of summary.markers.entries()) {
    await transaction
      .insertInto('marker')
      .values({ ...place, idx, at: at + stream.skew_ms, kind, label: label.slice(0, LONGEST_LABEL) })
      .execute()
  }
  if (records > 0) {
    await transaction
      .updateTable('stream')
      .set({
        first_at: stream.first_at === 0 ? summary.firstAt : Math.min(stream.first_at, summary.firstAt),
        last_at: Math.max(stream.last_at, summary.lastAt),
      })
      .where('session_id', '=', batch.sessionId)
      .where('stream', '=', batch.stream)
      .execute()
  }
  await addToSession(transaction, batch, summary, pages.length)
  return true
}

/** A page that a fresh snapshot tells anew is no second view of it. */
async function newPageViews(
  transaction: Transaction,
  { sessionId, stream, sequence }: BatchPlace,
  pages: readonly PageSeen[],
): Promise<readonly PageSeen[]> {
  if (pages.length === 0) return pages
  const before = await transaction
    .selectFrom('page_view')
    .select('path')
    .where('session_id', '=', sessionId)
    .where('stream', '=', stream)
    .where('sequence', '<', sequence)
    .orderBy('sequence', 'desc')
    .orderBy('idx', 'desc')
    .limit(1)
    .executeTakeFirst()
  let last = before?.path
  return pages.filter(({ kind, path }) => {
    const isView = kind === 'view' || path !== last
    last = path
    return isView
  })
}

async function addToSession(
  transaction: Transaction,
  { sessionId }: BatchPlace,
  summary: BatchSummary,
  pages: number,
): Promise<void> {
  const { viewport } = summary
  const span = await transaction
    .selectFrom('stream')
    .select(({ fn, eb }) => [
      fn.min(eb('first_at', '+', eb.ref('skew_ms'))).as('first'),
      fn.max(eb('last_at', '+', eb.ref('skew_ms'))).as('last'),
    ])
    .where('session_id', '=', sessionId)
    .where('first_at', '>', 0)
    .executeTakeFirst()
  const [first, last] = [Number(span?.first ?? 0), Number(span?.last ?? 0)]
  const edge = (order: 'asc' | 'desc') =>
    transaction
      .selectFrom('page_view')
      .select('path')
      .where('session_id', '=', sessionId)
      .orderBy('at', order)
      .orderBy('sequence', order)
      .orderBy('idx', order)
      .limit(1)
      .executeTakeFirst()
  const [entry, exit] = pages > 0 ? await Promise.all([edge('asc'), edge('desc')]) : [undefined, undefined]
  await transaction
    .updateTable('session')
    .set(({ eb }) => ({
      records: eb('records', '+', summary.records),
      pages: eb('pages', '+', pages),
      clicks: eb('clicks', '+', summary.clicks),
      inputs: eb('inputs', '+', summary.inputs),
      errors: eb('errors', '+', summary.errors),
      rage_clicks: eb('rage_clicks', '+', summary.rageClicks),
      active_ms: eb('active_ms', '+', summary.activeMs),
      first_at: first,
      last_at: last,
      duration_ms: Math.max(0, last - first),
      ...(summary.hasSnapshot && { is_playable: 1 as const }),
      ...(viewport && { viewport_width: viewport.width, viewport_height: viewport.height }),
      ...(entry && { entry_path: entry.path }),
      ...(exit && { exit_path: exit.path }),
    }))
    .where('id', '=', sessionId)
    .execute()
}
