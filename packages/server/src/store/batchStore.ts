import { CompiledQuery } from 'kysely'

import type { MetaStore, Transaction } from './metaStore.ts'
import type { Placement } from './segmentLog.ts'

/** A durable frame that becomes a row. Times: `sentAt`, `firstAt`, `lastAt` by the visitor's clock. */
export interface DurableBatch {
  readonly sessionId: number
  readonly stream: number
  readonly sequence: number
  readonly siteId: number
  readonly placement: Placement
  readonly payloadBytes: number
  readonly rawBytes: number
  readonly flags: number
  readonly payloadHash: string
  readonly sentAt: number
  readonly receivedAt: number
  readonly firstAt: number
  readonly lastAt: number
}

/** `repeated`: an earlier copy is durable, this one is dead bytes. `gone`: the session was erased meanwhile. */
export type CommitOutcome = 'stored' | 'repeated' | 'gone'

export interface BatchStore {
  /** Rows and every counter that follows from them in one transaction; outcomes in the order given. */
  commit(batches: readonly DurableBatch[]): Promise<readonly CommitOutcome[]>
}

export function createBatchStore(meta: MetaStore): BatchStore {
  return {
    commit: (batches) =>
      meta.write(async (transaction) => {
        const alive = await livingSessions(transaction, batches)
        const stored = await insertRows(
          transaction,
          batches.filter(({ sessionId }) => alive.has(sessionId)),
        )
        const outcomes = batches.map((batch): CommitOutcome => {
          if (!alive.has(batch.sessionId)) return 'gone'
          // A second copy in one group has the same name: only the first may take it.
          return stored.delete(nameOf(batch.sessionId, batch.stream, batch.sequence)) ? 'stored' : 'repeated'
        })
        const fresh = batches.filter((_, index) => outcomes[index] === 'stored')
        // In this order: sessions count what streams say by then. Statements of one moment travel as one message.
        await Promise.all([
          ...streamGrowths(fresh).map((growth) => addToStream(transaction, growth)),
          ...sessionGrowths(fresh).map((growth) => addToSession(transaction, growth)),
          ...segmentGrowths(batches, outcomes).map((growth) => addToSegment(transaction, growth)),
        ])
        return outcomes
      }),
  }
}

const nameOf = (sessionId: number, stream: number, sequence: number): string => `${sessionId}:${stream}:${sequence}`

/*
 * This is the one path where composing queries costs more than running them: its statements are written out, and each
 * distinct text is one that the database thread has prepared before. The subset is the portable one all the same.
 */
const ROWS_AT_ONCE = 50
const IDS_AT_ONCE = 100

const COLUMNS =
  'session_id, stream, sequence, site_id, segment_id, frame_offset, frame_bytes, payload_bytes, raw_bytes, flags, payload_hash, sent_at, received_at, first_at, last_at'
const ROW = `(${COLUMNS.replace(/[a-z_]+/g, '?')})`

const ADD_TO_STREAM = `
  INSERT INTO stream (session_id, stream, ordinal, skew_ms, max_sequence, batches)
  VALUES (?, ?, (SELECT count(*) FROM stream AS other WHERE other.session_id = ?), ?, ?, ?)
  ON CONFLICT (session_id, stream) DO UPDATE SET
    batches = stream.batches + excluded.batches,
    max_sequence = CASE WHEN stream.max_sequence < excluded.max_sequence THEN excluded.max_sequence ELSE stream.max_sequence END,
    skew_ms = CASE WHEN stream.batches < 10 AND stream.skew_ms > excluded.skew_ms THEN excluded.skew_ms ELSE stream.skew_ms END`

const ADD_TO_SESSION = `
  UPDATE session SET
    bytes = bytes + ?,
    batches = batches + ?,
    last_received_at = CASE WHEN last_received_at < ? THEN ? ELSE last_received_at END,
    streams = (SELECT count(*) FROM stream WHERE stream.session_id = session.id),
    has_gaps = CASE WHEN EXISTS (
      SELECT 1 FROM stream WHERE stream.session_id = session.id AND stream.batches <= stream.max_sequence) THEN 1 ELSE 0 END
  WHERE id = ?`

const ADD_TO_SEGMENT = 'UPDATE segment SET live_bytes = live_bytes + ?, dead_bytes = dead_bytes + ? WHERE id = ?'

async function livingSessions(
  transaction: Transaction,
  batches: readonly DurableBatch[],
): Promise<ReadonlySet<number>> {
  const ids = [...new Set(batches.map(({ sessionId }) => sessionId))]
  const found = await Promise.all(
    inGroups(ids, IDS_AT_ONCE).map((some) => {
      const places = some.map(() => '?').join()
      return transaction.executeQuery<{ id: number }>(
        CompiledQuery.raw(`SELECT id FROM session WHERE erased_at = 0 AND id IN (${places})`, some),
      )
    }),
  )
  return new Set(found.flatMap(({ rows }) => rows.map(({ id }) => id)))
}

async function insertRows(transaction: Transaction, batches: readonly DurableBatch[]): Promise<Set<string>> {
  const inserted = await Promise.all(
    inGroups(batches, ROWS_AT_ONCE).map((some) => {
      const rows = some.map(() => ROW).join()
      return transaction.executeQuery<{ session_id: number; stream: number; sequence: number }>(
        CompiledQuery.raw(
          `INSERT INTO batch (${COLUMNS}) VALUES ${rows}
           ON CONFLICT (session_id, stream, sequence) DO NOTHING RETURNING session_id, stream, sequence`,
          some.flatMap(valuesOf),
        ),
      )
    }),
  )
  return new Set(
    inserted.flatMap(({ rows }) =>
      rows.map(({ session_id, stream, sequence }) => nameOf(session_id, stream, sequence)),
    ),
  )
}

/** In the order of COLUMNS. */
const valuesOf = (batch: DurableBatch): unknown[] => [
  batch.sessionId,
  batch.stream,
  batch.sequence,
  batch.siteId,
  batch.placement.segmentId,
  batch.placement.offset,
  batch.placement.length,
  batch.payloadBytes,
  batch.rawBytes,
  batch.flags,
  batch.payloadHash,
  batch.sentAt,
  batch.receivedAt,
  batch.firstAt,
  batch.lastAt,
]

interface StreamGrowth {
  readonly sessionId: number
  readonly stream: number
  batches: number
  maxSequence: number
  /** Server's clock minus the visitor's, least of what came now: upload time only makes it larger. */
  skewMs: number
}

function streamGrowths(batches: readonly DurableBatch[]): readonly StreamGrowth[] {
  const growths = new Map<string, StreamGrowth>()
  for (const { sessionId, stream, sequence, receivedAt, sentAt } of batches) {
    const name = nameOf(sessionId, stream, 0)
    const skewMs = receivedAt - sentAt
    const growth = growths.get(name)
    if (!growth) growths.set(name, { sessionId, stream, batches: 1, maxSequence: sequence, skewMs })
    else {
      growth.batches++
      growth.maxSequence = Math.max(growth.maxSequence, sequence)
      growth.skewMs = Math.min(growth.skewMs, skewMs)
    }
  }
  return [...growths.values()]
}

const addToStream = (transaction: Transaction, growth: StreamGrowth) => {
  const { sessionId, stream, skewMs, maxSequence, batches } = growth
  return transaction.executeQuery(
    CompiledQuery.raw(ADD_TO_STREAM, [sessionId, stream, sessionId, skewMs, maxSequence, batches]),
  )
}

interface SessionGrowth {
  readonly sessionId: number
  bytes: number
  batches: number
  receivedAt: number
}

function sessionGrowths(batches: readonly DurableBatch[]): readonly SessionGrowth[] {
  const growths = new Map<number, SessionGrowth>()
  for (const { sessionId, payloadBytes, receivedAt } of batches) {
    const growth = growths.get(sessionId) ?? { sessionId, bytes: 0, batches: 0, receivedAt: 0 }
    growth.bytes += payloadBytes
    growth.batches++
    growth.receivedAt = Math.max(growth.receivedAt, receivedAt)
    growths.set(sessionId, growth)
  }
  return [...growths.values()]
}

const addToSession = (transaction: Transaction, { sessionId, bytes, batches, receivedAt }: SessionGrowth) =>
  transaction.executeQuery(CompiledQuery.raw(ADD_TO_SESSION, [bytes, batches, receivedAt, receivedAt, sessionId]))

interface SegmentGrowth {
  readonly segmentId: number
  live: number
  dead: number
}

function segmentGrowths(
  batches: readonly DurableBatch[],
  outcomes: readonly CommitOutcome[],
): readonly SegmentGrowth[] {
  const growths = new Map<number, SegmentGrowth>()
  for (const [index, { placement }] of batches.entries()) {
    const { segmentId, length } = placement
    const growth = growths.get(segmentId) ?? { segmentId, live: 0, dead: 0 }
    if (outcomes[index] === 'stored') growth.live += length
    else growth.dead += length
    growths.set(segmentId, growth)
  }
  return [...growths.values()]
}

const addToSegment = (transaction: Transaction, { segmentId, live, dead }: SegmentGrowth) =>
  transaction.executeQuery(CompiledQuery.raw(ADD_TO_SEGMENT, [live, dead, segmentId]))

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = []
  for (let from = 0; from < items.length; from += size) groups.push(items.slice(from, from + size))
  return groups
}
