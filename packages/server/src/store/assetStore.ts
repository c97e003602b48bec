import { createHash } from 'node:crypto'
import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { AssetFiles } from './assetFiles.ts'
import type { KeyStore } from './keyStore.ts'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { Database } from './schema.ts'
import { openFrame, sealFrame } from './sealFrame.ts'
import { NONCE_BYTES, type FrameIdentity, type SegmentFormat } from './segmentFormat.ts'
import { createSiteKeys } from './siteKeys.ts'

/** What one site may hold; the longest unused makes room. */
const SITE_BYTES = 256 * 1024 * 1024
/** Addresses that one site may name, fetched or not, and one recording. */
const SITE_ASSETS = 5000
const SESSION_ASSETS = 1000
/** Milliseconds between two notes that an asset is still looked at: a replay shows each many times. */
const USED_STEP_MS = 3600_000
const AT_ONCE = 200

export interface WantedAsset {
  readonly id: number
  readonly siteId: number
  readonly url: string
  readonly attempts: number
}

export interface Asset {
  readonly contentType: string
  readonly bytes: Uint8Array
}

export interface AssetStoreDependencies {
  readonly meta: MetaStore
  readonly keys: KeyStore
  readonly files: AssetFiles
  readonly format: SegmentFormat
  readonly clock: Clock
  readonly random: Random
  readonly ids: IdSource
  /** Bytes; smaller in tests. */
  readonly siteBytes?: number
}

export type AssetStore = ReturnType<typeof createAssetStore>

/** Images and fonts of sites, sealed under a key per site; seen only through recordings that show them. */
export function createAssetStore(dependencies: AssetStoreDependencies) {
  const { meta, keys, files, format, clock, random, ids, siteBytes = SITE_BYTES } = dependencies
  const { read } = meta
  const siteKeys = createSiteKeys(keys)

  async function makeRoom(siteId: number, incoming: number): Promise<void> {
    const { held } = await read
      .selectFrom('asset')
      .select(({ fn }) => fn.coalesce(fn.sum<number>('bytes'), sql<number>`0`).as('held'))
      .where('site_id', '=', siteId)
      .where('state', '=', 'kept')
      .executeTakeFirstOrThrow()
    let excess = held + incoming - siteBytes
    while (excess > 0) {
      const oldest = await read
        .selectFrom('asset')
        .select(['id', 'bytes'])
        .where('site_id', '=', siteId)
        .where('state', '=', 'kept')
        .orderBy('used_at')
        .limit(AT_ONCE)
        .execute()
      if (oldest.length === 0) return
      const evicted: number[] = []
      for (const { id, bytes } of oldest) {
        if (excess <= 0) break
        evicted.push(id)
        excess -= bytes
      }
      await setState(evicted, 'evicted')
      for (const id of evicted) await files.remove(siteId, id)
    }
  }

  const setState = (assets: readonly number[], state: 'evicted') =>
    meta.write((transaction) =>
      transaction.updateTable('asset').set({ state, bytes: 0 }).where('id', 'in', assets).execute(),
    )

  return {
    /** Notes what a recording shows, in the transaction that notes the batch; whoever calls has chosen the addresses. */
    async want(transaction: Kysely<Database>, siteId: number, session: number, urls: readonly string[]): Promise<void> {
      const room = await roomFor(transaction, siteId, session)
      const wanted = urls.slice(0, room)
      if (wanted.length === 0) return
      const now = clock.now()
      const rows = await transaction
        .insertInto('asset')
        .values(
          wanted.map((url) => ({
            id: ids.next(),
            site_id: siteId,
            url_hash: hashUrl(url),
            url,
            state: 'wanted' as const,
            next_at: now,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['site_id', 'url_hash']).doUpdateSet({
            state: sql`CASE asset.state WHEN 'evicted' THEN 'wanted' ELSE asset.state END`,
          }),
        )
        .returning('id')
        .execute()
      await transaction
        .insertInto('asset_reference')
        .values(rows.map(({ id }) => ({ session_id: session, asset_id: id })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    /** What is due, longest waiting first. */
    async listWanted(limit: number): Promise<readonly WantedAsset[]> {
      return await read
        .selectFrom('asset')
        .select(['id', 'site_id as siteId', 'url', 'attempts'])
        .where('state', '=', 'wanted')
        .where('next_at', '<=', clock.now())
        .orderBy('next_at')
        .limit(limit)
        .execute()
    },

    async keep({ id, siteId }: WantedAsset, { contentType, bytes }: Asset): Promise<void> {
      await makeRoom(siteId, bytes.byteLength)
      const key = await siteKeys.getOrCreate(siteId)
      const identity = { ...placeOf(siteId, id), rawBytes: bytes.byteLength, flags: 0 }
      await files.write(siteId, id, sealFrame(format, key, identity, bytes, random.bytes(NONCE_BYTES)))
      const now = clock.now()
      const { numUpdatedRows } = await meta.write((transaction) =>
        transaction
          .updateTable('asset')
          .set({ state: 'kept', content_type: contentType, bytes: bytes.byteLength, fetched_at: now, used_at: now })
          .where('id', '=', id)
          .executeTakeFirst(),
      )
      if (numUpdatedRows === 0n) await files.remove(siteId, id) // the last recording that shows it was erased meanwhile
    },

    /** `retryAt` undefined: never again, unless every recording that shows it is gone first. */
    async refuse({ id, attempts }: WantedAsset, failure: string, retryAt: number | undefined): Promise<void> {
      const change = retryAt === undefined ? { state: 'refused' as const } : { next_at: retryAt }
      await meta.write((transaction) =>
        transaction
          .updateTable('asset')
          .set({ ...change, failure, attempts: attempts + 1 })
          .where('id', '=', id)
          .execute(),
      )
    },

    /** As kept for this session; nothing when it shows no such address, or the address could not be kept. */
    async open(session: number, url: string): Promise<Asset | undefined> {
      const row = await read
        .selectFrom('asset')
        .innerJoin('asset_reference', 'asset_reference.asset_id', 'asset.id')
        .innerJoin('session', 'session.id', 'asset_reference.session_id')
        .select(['asset.id', 'asset.site_id', 'asset.content_type', 'asset.used_at'])
        .where('asset_reference.session_id', '=', session)
        .whereRef('asset.site_id', '=', 'session.site_id')
        .where('asset.url_hash', '=', hashUrl(url))
        .where('asset.state', '=', 'kept')
        .executeTakeFirst()
      if (!row) return undefined
      const lookup = await keys.findNow('site', row.site_id)
      const sealed = await files.read(row.site_id, row.id)
      if (lookup.status !== 'found' || !sealed) return undefined
      const opened = openFrame(format, lookup.key, placeOf(row.site_id, row.id), sealed)
      if (!opened.ok) return undefined
      if (clock.now() - row.used_at > USED_STEP_MS) await noteUse(row.id)
      return { contentType: row.content_type, bytes: opened.value }
    },

    /** Removes what no recording shows any more; how many. */
    async dropUnreferenced(): Promise<number> {
      let dropped = 0
      for (;;) {
        const rows = await meta.write((transaction) =>
          transaction.deleteFrom('asset').where('id', 'in', unreferenced).returning(['id', 'site_id']).execute(),
        )
        for (const { site_id, id } of rows) await files.remove(site_id, id)
        dropped += rows.length
        if (rows.length < AT_ONCE) return dropped
      }
    },
  }

  function unreferenced({ selectFrom }: ExpressionBuilder<Database, 'asset'>) {
    return selectFrom('asset as other')
      .select('other.id')
      .where(({ not, exists, selectFrom: from }) =>
        not(
          exists(
            from('asset_reference')
              .select('asset_reference.session_id')
              .whereRef('asset_reference.asset_id', '=', 'other.id'),
          ),
        ),
      )
      .limit(AT_ONCE)
  }

  async function roomFor(transaction: Kysely<Database>, siteId: number, session: number): Promise<number> {
    const { count: ofSite } = await transaction
      .selectFrom('asset')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('site_id', '=', siteId)
      .executeTakeFirstOrThrow()
    const { count: ofSession } = await transaction
      .selectFrom('asset_reference')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('session_id', '=', session)
      .executeTakeFirstOrThrow()
    return Math.max(0, Math.min(AT_ONCE, SITE_ASSETS - ofSite, SESSION_ASSETS - ofSession))
  }

  async function noteUse(id: number): Promise<void> {
    await meta.write((transaction) =>
      transaction.updateTable('asset').set({ used_at: clock.now() }).where('id', '=', id).execute(),
    )
  }
}

const hashUrl = (url: string): Uint8Array => createHash('sha256').update(url).digest()

const placeOf = (siteId: number, asset: number): Omit<FrameIdentity, 'rawBytes' | 'flags'> => ({
  type: 'attachment',
  siteId,
  sessionId: asset,
  stream: 0,
  sequence: 0,
})
