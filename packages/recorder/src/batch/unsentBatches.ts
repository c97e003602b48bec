import { LIMITS } from '@vasistas/wire/core'

/** An envelope that a page could not send, with its session's token inside; sealed on the visitor's own disk. */
export interface UnsentBatches {
  /** Keeps these, oldest first, up to 2 MB; what was kept before stays. Never rejects. */
  keep(envelopes: readonly Uint8Array<ArrayBuffer>[]): Promise<void>
  /** Takes out everything that is younger than a day; the rest is gone too. */
  takeAll(now: number): Promise<readonly Uint8Array<ArrayBuffer>[]>
}

const DATABASE = 'vasistas'
const STORE = 'unsent'
const KEY = 'key'
const DAY_MS = 24 * 3600_000
const NONCE_BYTES = 12

interface Kept {
  readonly at: number
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

/**
 * In IndexedDB, encrypted with a key that no script can read out (non-extractable), so that a copy of the profile's files
 * shows nothing. Where there is no IndexedDB or no Web Crypto (plain HTTP), nothing is kept.
 */
export function createUnsentBatches(now: () => number): UnsentBatches {
  async function open(): Promise<IDBDatabase | undefined> {
    if (typeof indexedDB === 'undefined' || !crypto.subtle) return undefined
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { autoIncrement: true })
    return await settled(request)
  }

  async function getKey(database: IDBDatabase): Promise<CryptoKey> {
    const found = (await settled(database.transaction(STORE).objectStore(STORE).get(KEY))) as CryptoKey | undefined
    if (found) return found
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
    await settled(database.transaction(STORE, 'readwrite').objectStore(STORE).put(key, KEY))
    return key
  }

  return {
    async keep(envelopes) {
      const database = await open().catch(() => undefined)
      if (!database || envelopes.length === 0) return database?.close()
      try {
        const key = await getKey(database)
        let bytes = 0
        for (const envelope of envelopes) {
          bytes += envelope.byteLength
          if (bytes > LIMITS.unsentBytes) break
          const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
          const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, envelope)
          const kept: Kept = { at: now(), nonce, sealed }
          await settled(database.transaction(STORE, 'readwrite').objectStore(STORE).add(kept))
        }
      } catch {
        // A full or private disk: what could not be kept is lost, and the page goes on.
      } finally {
        database.close()
      }
    },

    async takeAll(moment) {
      const database = await open().catch(() => undefined)
      if (!database) return []
      try {
        const store = () => database.transaction(STORE, 'readwrite').objectStore(STORE)
        const key = await getKey(database)
        const entries = (await settled(store().getAll(KEPT()))) as unknown[]
        await settled(store().delete(KEPT()))
        const envelopes: Uint8Array<ArrayBuffer>[] = []
        for (const entry of entries) {
          const { at, nonce, sealed } = entry as Kept
          if (!(sealed instanceof ArrayBuffer) || moment - at > DAY_MS) continue
          envelopes.push(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, key, sealed)))
        }
        return envelopes
      } catch {
        return [] // whatever is left there cannot be read, by anybody
      } finally {
        database.close()
      }
    },
  }
}

/** Numbers only: the key has a name. */
const KEPT = (): IDBKeyRange => IDBKeyRange.bound(0, Infinity)

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(request.error?.name ?? 'IndexedDB'))
  })
}
