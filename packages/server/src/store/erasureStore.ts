import { sql, type Kysely } from 'kysely'
import type { RecordingId } from '@vasistas/wire/core'

import type { Clock } from '../clock.ts'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { Database, ErasureTable } from './schema.ts'

export interface ErasableSession {
  readonly id: number
  readonly siteId: number
  readonly recording: RecordingId
}

export type ErasureScope = ErasureTable['scope']

interface ErasureRequest {
  readonly accountId: number
  readonly scope: ErasureScope
  /** Keyed hash of whose data it was: a receipt names nobody. */
  readonly subjectHash: Uint8Array
}

/** Rows around erasing. Keys are shredded by the caller between `begin` and `deleteRows`. */
export interface ErasureStore {
  /** Writes the receipt and marks the sessions, so that a crash from here on only delays. Returns the receipt's number. */
  begin(request: ErasureRequest, sessions: readonly number[]): Promise<number>
  noteShredded(erasureId: number): Promise<void>
  /** A few at a time. */
  deleteRows(sessions: readonly number[]): Promise<void>
  /** Only when a read-back finds nothing of them; whether it does. */
  noteCleaned(erasureId: number, sessions: readonly number[]): Promise<boolean>
  findByRecording(recording: RecordingId): Promise<ErasableSession | undefined>
  listOfVisitor(siteId: number, visitorHash: Uint8Array): Promise<readonly ErasableSession[]>
  listOfSite(siteId: number, most: number): Promise<readonly ErasableSession[]>
  listStartedBefore(siteId: number, time: number, most: number): Promise<readonly ErasableSession[]>
  listExpired(now: number, most: number): Promise<readonly ErasableSession[]>
  /** Marked, but not gone: what a crash left. */
  listUnfinished(most: number): Promise<readonly ErasableSession[]>
  /** A shorter retention reaches what is stored already; a longer one does not. */
  shortenRetention(siteId: number, retentionDays: number): Promise<void>
  /** Consents whose recordings were erased before this time. */
  dropConsents(before: number): Promise<void>
  deleteSite(siteId: number): Promise<void>
}

const DAY = 86_400_000
const AT_ONCE = 10
const TABLES = [
  'page_view',
  'marker',
  'poisoned_batch',
  'quarantined_batch',
  'asset_reference',
  'watch',
  'stream',
  'batch',
] as const

export function createErasureStore(meta: MetaStore, clock: Clock, ids: IdSource): ErasureStore {
  const sessions = () =>
    meta.read.selectFrom('session').select(['session.id', 'session.site_id as siteId', 'recording'])

  return {
    async begin({ accountId, scope, subjectHash }, marked) {
      const id = ids.next()
      await meta.write(async (transaction) => {
        await transaction
          .insertInto('erasure')
          .values({
            id,
            account_id: accountId,
            scope,
            subject_hash: subjectHash,
            requested_at: clock.now(),
            sessions: marked.length,
          })
          .execute()
        for (const some of inGroups(marked, 500)) {
          await transaction.updateTable('session').set({ erased_at: clock.now() }).where('id', 'in', some).execute()
        }
      })
      return id
    },

    async noteShredded(erasureId) {
      await meta.write((transaction) =>
        transaction.updateTable('erasure').set({ shredded_at: clock.now() }).where('id', '=', erasureId).execute(),
      )
    },

    async deleteRows(doomed) {
      for (const some of inGroups(doomed, AT_ONCE)) {
        await meta.write((transaction) => deleteSessions(transaction, some, clock.now()))
      }
    },

    async noteCleaned(erasureId, cleaned) {
      for (const some of inGroups(cleaned, 500)) {
        for (const table of TABLES) {
          const left = await meta.read
            .selectFrom(table)
            .select('session_id')
            .where('session_id', 'in', some)
            .limit(1)
            .executeTakeFirst()
          if (left) return false
        }
      }
      await meta.write((transaction) =>
        transaction.updateTable('erasure').set({ cleaned_at: clock.now() }).where('id', '=', erasureId).execute(),
      )
      return true
    },

    findByRecording: (recording) => sessions().where('recording', '=', recording).executeTakeFirst(),
    listOfVisitor: (siteId, visitorHash) =>
      sessions()
        .innerJoin('visitor', 'visitor.id', 'session.visitor_id')
        .where('visitor.site_id', '=', siteId)
        .where('visitor.visitor_hash', '=', visitorHash)
        .execute(),
    listOfSite: (siteId, most) => sessions().where('site_id', '=', siteId).limit(most).execute(),
    listStartedBefore: (siteId, time, most) =>
      sessions().where('site_id', '=', siteId).where('started_at', '<', time).limit(most).execute(),
    listExpired: (now, most) => sessions().where('expires_at', '<=', now).limit(most).execute(),
    listUnfinished: (most) => sessions().where('erased_at', '>', sql.lit(0)).limit(most).execute(),

    async shortenRetention(siteId, retentionDays) {
      await meta.write((transaction) =>
        transaction
          .updateTable('session')
          .set(({ eb }) => ({ expires_at: eb('started_at', '+', retentionDays * DAY) }))
          .where('site_id', '=', siteId)
          .where(({ eb }) => eb('expires_at', '>', eb('started_at', '+', retentionDays * DAY)))
          .execute(),
      )
    },

    async dropConsents(before) {
      await meta.write((transaction) =>
        transaction
          .deleteFrom('consent')
          .where('released_at', '>', sql.lit(0))
          .where('released_at', '<', before)
          .execute(),
      )
    },

    async deleteSite(siteId) {
      await meta.write((transaction) =>
        transaction
          .updateTable('site')
          .set({ deleted_at: clock.now() })
          .where('id', '=', siteId)
          .where('deleted_at', '=', 0)
          .execute(),
      )
    },
  }
}

async function deleteSessions(transaction: Kysely<Database>, doomed: readonly number[], now: number): Promise<void> {
  const freed = await transaction
    .selectFrom('batch')
    .select(({ fn }) => ['segment_id', fn.sum<number>('frame_bytes').as('bytes')])
    .where('session_id', 'in', doomed)
    .groupBy('segment_id')
    .execute()
  for (const { segment_id, bytes } of freed) {
    await transaction
      .updateTable('segment')
      .set(({ eb }) => ({ live_bytes: eb('live_bytes', '-', bytes), dead_bytes: eb('dead_bytes', '+', bytes) }))
      .where('id', '=', segment_id)
      .execute()
  }
  for (const table of TABLES) await transaction.deleteFrom(table).where('session_id', 'in', doomed).execute()
  await transaction.updateTable('consent').set({ released_at: now }).where('session_id', 'in', doomed).execute()
  const gone = await transaction.deleteFrom('session').where('id', 'in', doomed).returning('visitor_id').execute()
  await forgetVisitors(
    transaction,
    gone.map(({ visitor_id }) => visitor_id),
  )
}

/** Whoever has no recording left is nobody here any more. */
async function forgetVisitors(transaction: Kysely<Database>, visitors: readonly number[]): Promise<void> {
  for (const id of visitors) {
    await transaction
      .updateTable('visitor')
      .set(({ eb }) => ({ recordings: eb('recordings', '-', 1) }))
      .where('id', '=', id)
      .execute()
  }
  if (visitors.length === 0) return
  await transaction
    .deleteFrom('visitor')
    .where('id', 'in', [...new Set(visitors)])
    .where('recordings', '<=', 0)
    .execute()
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  const groups: Item[][] = []
  for (let from = 0; from < items.length; from += size) groups.push(items.slice(from, from + size))
  return groups
}
