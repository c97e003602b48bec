import type { Random } from '@vasistas/browser-core'
import { LIMITS, type TimeStamp } from '@vasistas/wire/core'

/** What a page could not send, for the next page of the site. Never rejects. */
export interface UnsentBatches {
  /** Keeps these under their names, the first first, while there is room. */
  keep(batches: readonly NamedEnvelope[]): Promise<void>
  /** They arrived, or never will. */
  forget(names: readonly string[]): Promise<void>
  /** Everything younger than a day, oldest first; what is older is gone. */
  list(): Promise<readonly NamedEnvelope[]>
  close(): void
}

export interface NamedEnvelope {
  /** `session:stream:sequence`: keeping the same batch again changes nothing. */
  readonly name: string
  readonly envelope: Uint8Array<ArrayBuffer>
}

interface Kept {
  readonly name: string
  readonly at: TimeStamp
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

interface Disk {
  readonly database: IDBDatabase
  readonly key: CryptoKey
}

export const DATABASE_NAME = 'vasistas'
const BATCHES = 'unsent'
const KEYS = 'keys'
const CIPHER = 'AES-GCM'
const NONCE_BYTES = 12

/**
 * In IndexedDB, sealed with a key that no script can read out, so that a copy of the profile's files shows nothing. It opens
 * at once: the last moment of a page has no time for it. Where there is no IndexedDB or no Web Crypto (plain HTTP), nothing
 * is kept.
 */
export function createUnsentBatches(clock: { now(): TimeStamp }, random: Pick<Random, 'bytes'>): UnsentBatches {
  const disk = openDisk().catch(() => undefined)

  async function withDisk<Value>(work: (disk: Disk) => Promise<Value>): Promise<Value | undefined> {
    const opened = await disk
    if (!opened) return undefined
    try {
      return await work(opened)
    } catch {
      return undefined // full, private, or deleted by a withdrawal meanwhile: the page goes on without
    }
  }

  return {
    async keep(batches) {
      await withDisk(async ({ database, key }) => {
        const entries = await Promise.all(batches.map((batch) => seal(key, batch)))
        // One transaction for looking and writing: another tab may keep something at the same time.
        const store = writing(database)
        const present = (await settled(store.getAll())) as Kept[]
        let bytes = present.reduce((sum, { sealed }) => sum + sealed.byteLength, 0)
        for (const entry of entries) {
          bytes += entry.sealed.byteLength
          if (bytes > LIMITS.unsentBytes) break
          store.put(entry)
        }
      })
    },
    async forget(names) {
      await withDisk(async ({ database }) => {
        const store = writing(database)
        await Promise.all(names.map((name) => settled(store.delete(name))))
      })
    },
    async list() {
      const found = await withDisk(async ({ database, key }) => {
        const store = writing(database)
        const entries = (await settled(store.getAll())) as Kept[]
        const isOld = ({ at }: Kept) => clock.now() - at > LIMITS.lateBatchMs
        for (const { name } of entries.filter(isOld)) store.delete(name)
        const young = entries.filter((entry) => !isOld(entry)).toSorted((a, b) => a.at - b.at)
        return Promise.all(young.map((entry) => unseal(key, entry)))
      })
      return found ?? []
    },
    close() {
      void disk.then((opened) => opened?.database.close())
    },
  }

  async function seal(key: CryptoKey, { name, envelope }: NamedEnvelope): Promise<Kept> {
    const nonce = random.bytes(NONCE_BYTES)
    return {
      name,
      at: clock.now(),
      nonce,
      sealed: await crypto.subtle.encrypt({ name: CIPHER, iv: nonce }, key, envelope),
    }
  }
}

async function unseal(key: CryptoKey, { name, nonce, sealed }: Kept): Promise<NamedEnvelope> {
  return { name, envelope: new Uint8Array(await crypto.subtle.decrypt({ name: CIPHER, iv: nonce }, key, sealed)) }
}

async function openDisk(): Promise<Disk> {
  const request = indexedDB.open(DATABASE_NAME)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(BATCHES, { keyPath: 'name' })
    request.result.createObjectStore(KEYS)
  }
  const database = await settled(request)
  // A withdrawal deletes the database, in whichever tab: it must not wait for this one.
  database.onversionchange = () => database.close()
  return { database, key: await getKey(database) }
}

async function getKey(database: IDBDatabase): Promise<CryptoKey> {
  const found = (await settled(database.transaction(KEYS).objectStore(KEYS).get(0))) as CryptoKey | undefined
  if (found) return found
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ['encrypt', 'decrypt'])
  const store = database.transaction(KEYS, 'readwrite').objectStore(KEYS)
  // Another tab may have been faster: the first key stays.
  return await settled(store.add(made, 0)).then(
    () => made,
    () => getKey(database),
  )
}

const writing = (database: IDBDatabase): IDBObjectStore =>
  database.transaction(BATCHES, 'readwrite').objectStore(BATCHES)

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(request.error?.name ?? 'IndexedDB'))
  })
}
