import type { RecordingId } from '@vasistas/wire/core'
import type { Kysely, Selectable } from 'kysely'

import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { Database, SessionTable } from './schema.ts'

/** What ingest needs to know of a session. Times are the server's. */
export interface StoredSession {
  readonly id: number
  readonly recording: RecordingId
  readonly siteId: number
  readonly visitorId: number
  readonly startedAt: number
  readonly lastReceivedAt: number
  readonly expiresAt: number
  readonly retentionDays: number
  readonly bytes: number
  readonly streams: number
}

export interface ClientDescription {
  /** ISO 3166 alpha-2, or empty. */
  readonly country: string
  readonly device: 'desktop' | 'mobile' | 'tablet' | ''
  readonly browser: string
  readonly os: string
}

export interface NewSession {
  readonly id: number
  readonly recording: RecordingId
  readonly siteId: number
  readonly visitorHash: Uint8Array
  /** A start that is repeated with the same nonce makes no second session. */
  readonly nonce: Uint8Array
  readonly startedAt: number
  readonly expiresAt: number
  readonly retentionDays: number
  readonly consent: ConsentGiven
  readonly client: ClientDescription
  readonly entryPath: string
  readonly referrer: string
  readonly language: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly recorder: string
}

export interface ConsentGiven {
  readonly mechanism: 'notice' | 'api'
  readonly textVersion: string
  /** By the visitor's clock. */
  readonly givenAt: number
}

export interface SessionStore {
  /** The new session, or the one that an earlier start with this nonce made. Session, visitor and consent in one commit. */
  start(session: NewSession): Promise<StoredSession>
  find(id: number): Promise<StoredSession | undefined>
  /** The session, if it is this visitor's. */
  findOfVisitor(id: number, visitorHash: Uint8Array): Promise<StoredSession | undefined>
  findByRecording(recording: RecordingId): Promise<StoredSession | undefined>
  findByNonce(siteId: number, nonce: Uint8Array): Promise<StoredSession | undefined>
  listStreams(id: number): Promise<readonly number[]>
}

const COLUMNS = [
  'id',
  'recording',
  'site_id',
  'visitor_id',
  'started_at',
  'last_received_at',
  'expires_at',
  'retention_days',
  'bytes',
  'streams',
] as const

export function createSessionStore(meta: MetaStore, ids: IdSource): SessionStore {
  async function start(session: NewSession): Promise<StoredSession> {
    return meta.write(async (transaction) => {
      const visitorId = await findOrAddVisitor(transaction, ids, session)
      const inserted = await transaction
        .insertInto('session')
        .values(rowOf(session, visitorId))
        .onConflict((conflict) => conflict.columns(['site_id', 'start_nonce']).doNothing())
        .returning(COLUMNS)
        .executeTakeFirst()
      if (!inserted)
        return presentSession(await byNonce(transaction, session.siteId, session.nonce).executeTakeFirstOrThrow())
      await transaction
        .updateTable('visitor')
        .set(({ eb }) => ({ recordings: eb('recordings', '+', 1), last_at: session.startedAt }))
        .where('id', '=', visitorId)
        .execute()
      await transaction
        .insertInto('consent')
        .values({
          id: ids.next(),
          site_id: session.siteId,
          visitor_id: visitorId,
          session_id: session.id,
          purpose: 'recording',
          is_granted: 1,
          mechanism: session.consent.mechanism,
          text_version: session.consent.textVersion,
          given_at: session.consent.givenAt,
          recorded_at: session.startedAt,
        })
        .execute()
      return presentSession(inserted)
    })
  }

  return {
    start,
    async find(id) {
      const row = await meta.read.selectFrom('session').select(COLUMNS).where('id', '=', id).executeTakeFirst()
      return row && presentSession(row)
    },
    async findOfVisitor(id, visitorHash) {
      const row = await meta.read
        .selectFrom('session')
        .innerJoin('visitor', 'visitor.id', 'session.visitor_id')
        .select(COLUMNS.map((name) => `session.${name}` as const))
        .where('session.id', '=', id)
        .where('visitor.visitor_hash', '=', visitorHash)
        .executeTakeFirst()
      return row && presentSession(row)
    },
    async findByRecording(recording) {
      const row = await meta.read
        .selectFrom('session')
        .select(COLUMNS)
        .where('recording', '=', recording)
        .executeTakeFirst()
      return row && presentSession(row)
    },
    async listStreams(id) {
      const rows = await meta.read.selectFrom('stream').select('stream').where('session_id', '=', id).execute()
      return rows.map(({ stream }) => stream)
    },
    async findByNonce(siteId, nonce) {
      const row = await byNonce(meta.read, siteId, nonce).executeTakeFirst()
      return row && presentSession(row)
    },
  }
}

const byNonce = (database: Kysely<Database>, siteId: number, nonce: Uint8Array) =>
  database.selectFrom('session').select(COLUMNS).where('site_id', '=', siteId).where('start_nonce', '=', nonce)

async function findOrAddVisitor(transaction: Kysely<Database>, ids: IdSource, session: NewSession): Promise<number> {
  const found = await transaction
    .selectFrom('visitor')
    .select('id')
    .where('site_id', '=', session.siteId)
    .where('visitor_hash', '=', session.visitorHash)
    .executeTakeFirst()
  if (found) return found.id
  const id = ids.next()
  await transaction
    .insertInto('visitor')
    .values({
      id,
      site_id: session.siteId,
      visitor_hash: session.visitorHash,
      first_at: session.startedAt,
      last_at: session.startedAt,
    })
    .execute()
  return id
}

function rowOf(session: NewSession, visitorId: number) {
  return {
    id: session.id,
    recording: session.recording,
    site_id: session.siteId,
    visitor_id: visitorId,
    start_nonce: session.nonce,
    started_at: session.startedAt,
    last_received_at: session.startedAt,
    expires_at: session.expiresAt,
    retention_days: session.retentionDays,
    entry_path: session.entryPath,
    referrer: session.referrer,
    language: session.language,
    country: session.client.country,
    device: session.client.device,
    browser: session.client.browser,
    os: session.client.os,
    viewport_width: session.viewport.width,
    viewport_height: session.viewport.height,
    recorder: session.recorder,
  }
}

function presentSession(row: Pick<Selectable<SessionTable>, (typeof COLUMNS)[number]>): StoredSession {
  return {
    id: row.id,
    recording: row.recording,
    siteId: row.site_id,
    visitorId: row.visitor_id,
    startedAt: row.started_at,
    lastReceivedAt: row.last_received_at,
    expiresAt: row.expires_at,
    retentionDays: row.retention_days,
    bytes: row.bytes,
    streams: row.streams,
  }
}
