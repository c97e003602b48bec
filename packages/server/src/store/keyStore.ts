import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'

import { sql } from 'kysely'

import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { createBoundedCache } from './boundedCache.ts'
import type { MetaStore } from './metaStore.ts'
import type { RootKey } from './rootKey.ts'
import type { KeyDatabase, KeyKind } from './schema.ts'
import type { DataKey } from './sealFrame.ts'
import { openSqliteMetaStore } from './sqliteMetaStore.ts'
import { StoreFailedError } from './storeErrors.ts'

/** No key never means: keep it in clear. `unknown` was never made here; `shredded` is erased for good. */
type KeyLookup =
  { readonly status: 'found'; readonly key: DataKey } | { readonly status: 'unknown' } | { readonly status: 'shredded' }

/** A key per session (and per site, for its images), each wrapped by a daily epoch key, each of those by the root key. */
export interface KeyStore {
  /** Durable when it resolves. One key per kind and ref: a second call rejects. */
  create(kind: KeyKind, ref: number, expiresAt: number): Promise<DataKey>
  /** From memory for up to 60 seconds: enough for sealing. */
  find(kind: KeyKind, ref: number): Promise<KeyLookup>
  /** As it is on disk now: what playback asks for, on every request. */
  findNow(kind: KeyKind, ref: number): Promise<KeyLookup>
  /** Unreadable from here on; how many were still readable. The tombstone stays. */
  shred(kind: KeyKind, refs: readonly number[]): Promise<number>
  /** Wraps what lives under today's epoch key and destroys epoch keys older than a week: old copies of this file die. */
  rewrapEpochs(): Promise<{ readonly rewrapped: number; readonly destroyed: number }>
  /** Tombstones that no late batch can ask for any more. */
  dropTombstones(before: number): Promise<void>
  /** A secret for one use, e.g. `session token`. Stays the same for a root key. */
  derive(purpose: string): KeyObject
  readonly rootKeyId: Uint8Array
  close(): Promise<void>
}

export interface KeyStoreOptions {
  readonly file: string
  readonly rootKey: RootKey
  readonly clock: Clock
  readonly random: Random
  onFailed?(error: Error): void
}

const DAY = 86_400_000
const EPOCH_LIFE_DAYS = 7
const CACHED_KEYS = 50_000
const CACHE_MS = 60_000
const KEY_BYTES = 32
const KEY_ID_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const AT_ONCE = 500

const STATEMENTS = [
  `CREATE TABLE IF NOT EXISTS epoch_key (
    epoch INTEGER PRIMARY KEY, wrapped BLOB, created_at INTEGER NOT NULL, destroyed_at INTEGER NOT NULL DEFAULT 0
  ) STRICT`,
  `CREATE TABLE IF NOT EXISTS data_key (
    kind TEXT NOT NULL, ref INTEGER NOT NULL, key_id BLOB NOT NULL, epoch INTEGER NOT NULL, wrapped BLOB,
    state TEXT NOT NULL CHECK (state IN ('active', 'shredded')),
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, shredded_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, ref),
    CHECK ((state = 'active' AND wrapped IS NOT NULL) OR (state = 'shredded' AND wrapped IS NULL))
  ) STRICT`,
  `CREATE INDEX IF NOT EXISTS data_key_epoch ON data_key (epoch) WHERE state = 'active'`,
  `CREATE INDEX IF NOT EXISTS data_key_shredded ON data_key (expires_at) WHERE state = 'shredded'`,
]

/** Opens `keys.db`, a file of its own with its own connection. Rejects when the root key is not the one it was made with. */
export async function openKeyStore({ file, rootKey, clock, random, onFailed }: KeyStoreOptions): Promise<KeyStore> {
  const database = await openSqliteMetaStore<KeyDatabase>({
    file,
    readers: 0, // look-ups are rare (keys are remembered), and its writes are single statements
    secureDelete: 'ON',
    ...(onFailed && { onFailed }),
  })
  await database.write(async (transaction) => {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(transaction)
  })
  const epochs = createEpochKeys(database, rootKey, clock, random)
  try {
    await epochs.check()
  } catch (error) {
    await database.close()
    throw error
  }
  const cache = createBoundedCache<string, DataKey>(CACHED_KEYS, CACHE_MS, () => clock.mono())

  async function findNow(kind: KeyKind, ref: number): Promise<KeyLookup> {
    const row = await database.read
      .selectFrom('data_key')
      .selectAll()
      .where('kind', '=', kind)
      .where('ref', '=', ref)
      .executeTakeFirst()
    if (!row) return { status: 'unknown' }
    if (!row.wrapped) return { status: 'shredded' }
    const epochKey = await epochs.get(row.epoch)
    const secret = createSecretKey(unwrap(epochKey, row.wrapped, nameOf(kind, ref, row.key_id)))
    return { status: 'found', key: { keyId: row.key_id, secret } }
  }

  const rewrap = (from: KeyObject, to: KeyObject, wrapped: Uint8Array, name: string): Uint8Array =>
    wrap(to, unwrap(from, wrapped, name), random.bytes(NONCE_BYTES), name)

  return {
    findNow,

    async find(kind, ref) {
      const name = `${kind}:${ref}`
      const cached = cache.get(name)
      if (cached) return { status: 'found', key: cached }
      const lookup = await findNow(kind, ref)
      if (lookup.status === 'found') cache.set(name, lookup.key)
      return lookup
    },

    async create(kind, ref, expiresAt) {
      const epoch = Math.floor(clock.now() / DAY)
      const epochKey = await epochs.getOrCreate(epoch)
      const keyId = random.bytes(KEY_ID_BYTES)
      const bytes = random.bytes(KEY_BYTES)
      const wrapped = wrap(epochKey, bytes, random.bytes(NONCE_BYTES), nameOf(kind, ref, keyId))
      const key: DataKey = { keyId, secret: createSecretKey(bytes) }
      bytes.fill(0)
      await database.write((transaction) =>
        transaction
          .insertInto('data_key')
          .values({
            kind,
            ref,
            key_id: keyId,
            epoch,
            wrapped,
            state: 'active',
            created_at: clock.now(),
            expires_at: expiresAt,
          })
          .execute(),
      )
      cache.set(`${kind}:${ref}`, key)
      return key
    },

    async shred(kind, refs) {
      for (const ref of refs) cache.delete(`${kind}:${ref}`)
      let shredded = 0
      for (let from = 0; from < refs.length; from += AT_ONCE) {
        const some = refs.slice(from, from + AT_ONCE)
        const result = await database.write((transaction) =>
          transaction
            .updateTable('data_key')
            .set({ wrapped: null, state: 'shredded', shredded_at: clock.now() })
            .where('kind', '=', kind)
            .where('ref', 'in', some)
            .where('state', '=', 'active')
            .executeTakeFirst(),
        )
        shredded += Number(result.numUpdatedRows)
      }
      // A look-up that began before may have put a key back.
      for (const ref of refs) cache.delete(`${kind}:${ref}`)
      if (shredded > 0) await database.foldLog()
      return shredded
    },

    async rewrapEpochs() {
      const today = Math.floor(clock.now() / DAY)
      const current = await epochs.getOrCreate(today)
      let rewrapped = 0
      for (;;) {
        const rows = await database.read
          .selectFrom('data_key')
          .selectAll()
          .where('state', '=', sql.lit('active'))
          .where('epoch', '<', today)
          .limit(AT_ONCE)
          .execute()
        if (rows.length === 0) break
        const fresh = await Promise.all(
          rows.map(async ({ kind, ref, key_id, epoch, wrapped }) => {
            const name = nameOf(kind, ref, key_id)
            return {
              kind,
              ref,
              wrapped: wrapped && rewrap(await epochs.get(epoch), current, wrapped, name),
            }
          }),
        )
        await database.write(async (transaction) => {
          for (const { kind, ref, wrapped } of fresh) {
            await transaction
              .updateTable('data_key')
              .set({ wrapped, epoch: today })
              .where('kind', '=', kind)
              .where('ref', '=', ref)
              .where('state', '=', 'active')
              .execute()
          }
        })
        rewrapped += rows.length
      }
      const destroyed = await epochs.destroyBefore(today - EPOCH_LIFE_DAYS)
      if (rewrapped + destroyed > 0) await database.foldLog()
      return { rewrapped, destroyed }
    },

    async dropTombstones(before) {
      await database.write((transaction) =>
        transaction
          .deleteFrom('data_key')
          .where('state', '=', sql.lit('shredded'))
          .where('expires_at', '<', before)
          .execute(),
      )
    },

    derive: (purpose) => rootKey.derive(purpose),
    rootKeyId: rootKey.id,

    async close() {
      cache.clear()
      await database.close()
    },
  }
}

interface EpochKeys {
  get(epoch: number): Promise<KeyObject>
  getOrCreate(epoch: number): Promise<KeyObject>
  destroyBefore(epoch: number): Promise<number>
  /** Rejects when the newest epoch key does not open with this root key. */
  check(): Promise<void>
}

function createEpochKeys(database: MetaStore<KeyDatabase>, rootKey: RootKey, clock: Clock, random: Random): EpochKeys {
  const known = new Map<number, KeyObject>()

  async function find(epoch: number): Promise<KeyObject | undefined> {
    const cached = known.get(epoch)
    if (cached) return cached
    const row = await database.read
      .selectFrom('epoch_key')
      .select('wrapped')
      .where('epoch', '=', epoch)
      .executeTakeFirst()
    if (!row?.wrapped) return undefined
    const key = createSecretKey(unwrap(rootKey.secret, row.wrapped, `epoch:${epoch}`))
    known.set(epoch, key)
    return key
  }

  async function get(epoch: number): Promise<KeyObject> {
    const key = await find(epoch)
    if (!key) throw new StoreFailedError(`the epoch key ${epoch} is gone`)
    return key
  }

  return {
    get,

    async getOrCreate(epoch) {
      const found = await find(epoch)
      if (found) return found
      const wrapped = wrap(rootKey.secret, random.bytes(KEY_BYTES), random.bytes(NONCE_BYTES), `epoch:${epoch}`)
      await database.write((transaction) =>
        transaction
          .insertInto('epoch_key')
          .values({ epoch, wrapped, created_at: clock.now() })
          .onConflict((conflict) => conflict.column('epoch').doNothing())
          .execute(),
      )
      return get(epoch) // whoever was first
    },

    async destroyBefore(epoch) {
      const result = await database.write((transaction) =>
        transaction
          .updateTable('epoch_key')
          .set({ wrapped: null, destroyed_at: clock.now() })
          .where('epoch', '<', epoch)
          .where('wrapped', 'is not', null)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('data_key')
                  .select('data_key.ref')
                  .where('data_key.state', '=', sql.lit('active'))
                  .whereRef('data_key.epoch', '=', 'epoch_key.epoch'),
              ),
            ),
          )
          .executeTakeFirst(),
      )
      for (const old of known.keys()) if (old < epoch) known.delete(old)
      return Number(result.numUpdatedRows)
    },

    async check() {
      const newest = await database.read
        .selectFrom('epoch_key')
        .select('epoch')
        .where('wrapped', 'is not', null)
        .orderBy('epoch', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (!newest) return
      try {
        await get(newest.epoch)
      } catch (cause) {
        throw new StoreFailedError('the root key is not the one that wrapped the keys of this data folder', { cause })
      }
    },
  }
}

const nameOf = (kind: KeyKind, ref: number, keyId: Uint8Array): string =>
  `${kind}:${ref}:${Buffer.from(keyId).toString('hex')}`

/** nonce · ciphertext · tag, bound to the key's name. */
function wrap(outer: KeyObject, inner: Uint8Array, nonce: Uint8Array, name: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', outer, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(name))
  return Buffer.concat([nonce, cipher.update(inner), cipher.final(), cipher.getAuthTag()])
}

function unwrap(outer: KeyObject, wrapped: Uint8Array, name: string): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', outer, wrapped.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(name))
  decipher.setAuthTag(wrapped.subarray(wrapped.byteLength - TAG_BYTES))
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
}
