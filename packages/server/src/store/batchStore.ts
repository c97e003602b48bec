import type { Kysely } from 'kysely'

import type { MetaStore } from './metaStore.ts'
import type { Database } from './schema.ts'
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
  readonly payloadHash: Uint8Array
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
  /** How many bytes are stored, for health. */
  storedBytes(): Promise<number>
}

/** 17 columns a row; SQLite and PostgreSQL both take more parameters, the portable subset does not. */
const ROWS_AT_ONCE = 50

export function createBatchStore(meta: MetaStore): BatchStore {
  return {
    commit: (batches) =>
      meta.write(async (transaction) => {
        const alive = await livingSessions(transaction, batches)
        const candidates = batches.filter(({ sessionId }) => alive.has(sessionId))
        const stored = await insertRows(transaction, candidates)
        const outcomes = batches.map((batch): CommitOutcome => {
          if (!alive.has(batch.sessionId)) return 'gone'
          // A second copy in one group has the same name: only the first may take it.
          return stored.delete(nameOf(batch.sessionId, batch.stream, batch.sequence)) ? 'stored' : 'repeated'
        })
        const fresh = batches.filter((_, index) => outcomes[index] === 'stored')
        await addToStreams(transaction, fresh)
        await Promise.all([addToSessions(transaction, fresh), addToSegments(transaction, batches, outcomes)])
        return outcomes
      }),

    async storedBytes() {
      const row = await meta.read
        .selectFrom('segment')
        .select(({ fn }) => fn.sum<number>('live_bytes').as('bytes'))
        .executeTakeFirst()
      return row?.bytes ?? 0
    },
  }
}

const nameOf = (sessionId: number, stream: number, sequence: number): string => `${sessionId}:${stream}:${sequence}`

async function livingSessions(
  transaction: Kysely<Database>,
  batches: readonly DurableBatch[],
): Promise<ReadonlySet<number>> {
  const ids = [...new Set(batches.map(({ sessionId }) => sessionId))]
  const found = await Promise.all(
    inGroups(ids, 500).map((some) => transaction.selectFrom('session').select('id').where('id', 'in', some).execute()),
  )
  return new Set(found.flat().map(({ id }) => id))
}

async function insertRows(transaction: Kysely<Database>, batches: readonly DurableBatch[]): Promise<Set<string>> {
  const inserted = await Promise.all(
    inGroups(batches, ROWS_AT_ONCE).map((some) =>
      transaction
        .insertInto('batch')
        .values(some.map(rowOf))
        .onConflict((conflict) => conflict.columns(['session_id', 'stream', 'sequence']).doNothing())
        .returning(['session_id', 'stream', 'sequence'])
        .execute(),
    ),
  )
  return new Set(inserted.flat().map(({ session_id, stream, sequence }) => nameOf(session_id, stream, sequence)))
}

function rowOf(batch: DurableBatch) {
  return {
    session_id: batch.sessionId,
    stream: batch.stream,
    sequence: batch.sequence,
    site_id: batch.siteId,
    segment_id: batch.placement.segmentId,
    frame_offset: batch.placement.offset,
    frame_bytes: batch.placement.length,
    payload_bytes: batch.payloadBytes,
    raw_bytes: batch.rawBytes,
    flags: batch.flags,
    payload_hash: batch.payloadHash,
    sent_at: batch.sentAt,
    received_at: batch.receivedAt,
    first_at: batch.firstAt,
    last_at: batch.lastAt,
  }
}

interface StreamGrowth {
  readonly sessionId: number
  readonly stream: number
  batches: number
  maxSequence: number
  /** Server's clock minus the visitor's, least of what came now: upload time only makes it larger. */
  skewMs: number
}

async function addToStreams(transaction: Kysely<Database>, batches: readonly DurableBatch[]): Promise<void> {
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
  await Promise.all([...growths.values()].map((growth) => addToStream(transaction, growth)))
}

const SKEW_SAMPLES = 10

function addToStream(transaction: Kysely<Database>, growth: StreamGrowth): Promise<unknown> {
  const { sessionId, stream, batches, maxSequence, skewMs } = growth
  return transaction
    .insertInto('stream')
    .values(({ selectFrom }) => ({
      session_id: sessionId,
      stream,
      ordinal: selectFrom('stream as other')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('other.session_id', '=', sessionId),
      skew_ms: skewMs,
      max_sequence: maxSequence,
      batches,
    }))
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'stream']).doUpdateSet(({ eb, ref }) => ({
        batches: eb('stream.batches', '+', batches),
        max_sequence: eb
          .case()
          .when('stream.max_sequence', '<', maxSequence)
          .then(maxSequence)
          .else(ref('stream.max_sequence'))
          .end(),
        skew_ms: eb
          .case()
          .when(eb.and([eb('stream.batches', '<', SKEW_SAMPLES), eb('stream.skew_ms', '>', skewMs)]))
          .then(skewMs)
          .else(ref('stream.skew_ms'))
          .end(),
      })),
    )
    .execute()
}

async function addToSessions(transaction: Kysely<Database>, batches: readonly DurableBatch[]): Promise<void> {
  const growths = new Map<number, { bytes: number; batches: number; receivedAt: number }>()
  for (const { sessionId, payloadBytes, receivedAt } of batches) {
    const growth = growths.get(sessionId) ?? { bytes: 0, batches: 0, receivedAt: 0 }
    growth.bytes += payloadBytes
    growth.batches++
    growth.receivedAt = Math.max(growth.receivedAt, receivedAt)
    growths.set(sessionId, growth)
  }
  await Promise.all(
    [...growths].map(([sessionId, { bytes, batches: count, receivedAt }]) =>
      transaction
        .updateTable('session')
        .set(({ eb, ref, selectFrom, exists }) => ({
          bytes: eb('bytes', '+', bytes),
          batches: eb('batches', '+', count),
          last_received_at: eb
            .case()
            .when('last_received_at', '<', receivedAt)
            .then(receivedAt)
            .else(ref('last_received_at'))
            .end(),
          streams: selectFrom('stream')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .where('stream.session_id', '=', sessionId),
          has_gaps: eb
            .case()
            .when(
              exists(
                selectFrom('stream')
                  .select('stream.stream')
                  .where('stream.session_id', '=', sessionId)
                  .whereRef('stream.batches', '<=', 'stream.max_sequence'),
              ),
            )
            .then(1 as const)
            .else(0 as const)
            .end(),
        }))
        .where('id', '=', sessionId)
        .execute(),
    ),
  )
}

async function addToSegments(
  transaction: Kysely<Database>,
  batches: readonly DurableBatch[],
  outcomes: readonly CommitOutcome[],
): Promise<void> {
  const growths = new Map<number, { live: number; dead: number }>()
  for (const [index, { placement }] of batches.entries()) {
    const growth = growths.get(placement.segmentId) ?? { live: 0, dead: 0 }
    if (outcomes[index] === 'stored') growth.live += placement.length
    else growth.dead += placement.length
    growths.set(placement.segmentId, growth)
  }
  await Promise.all(
    [...growths].map(([segmentId, { live, dead }]) =>
      transaction
        .updateTable('segment')
        .set(({ eb }) => ({ live_bytes: eb('live_bytes', '+', live), dead_bytes: eb('dead_bytes', '+', dead) }))
        .where('id', '=', segmentId)
        .execute(),
    ),
  )
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = []
  for (let from = 0; from < items.length; from += size) groups.push(items.slice(from, from + size))
  return groups
}
