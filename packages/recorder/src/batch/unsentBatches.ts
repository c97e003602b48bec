import type { Random } from '@vasistas/browser-core'
import { LIMITS, type TimeStamp } from '@vasistas/wire/core'
import { createKeystream, generateKey, type Keystream, type Sealed } from './keystream.ts'

/** What a page could not send, for the next page of the site. What fails here is lost, and the page goes on. */
export interface UnsentBatches {
  /** Keeps these, the first first, while there is room. Done when it returns: a page may end right after. */
  keep(batches: readonly NamedEnvelope[]): void
  /** They arrived, or never will. */
  forget(names: readonly string[]): void
  /** Everything younger than a day, oldest first; what is older is gone. */
  list(): Promise<readonly NamedEnvelope[]>
  close(): void
  /** Consent is gone: nothing of it stays on this disk. */
  erase(): void
}

export interface NamedEnvelope {
  /** `session:stream:sequence`: keeping the same batch again changes nothing. */
  readonly name: string
  readonly envelope: Uint8Array<ArrayBuffer>
}

interface Kept extends Sealed {
  readonly name: string
  readonly at: TimeStamp
}

interface Disk {
  readonly database: IDBDatabase
  readonly keystream: Keystream
  readonly kept: readonly Kept[]
}

const DATABASE_NAME = 'vasistas'
const BATCHES = 'unsent'
const KEYS = 'keys'

/**
 * In IndexedDB, sealed with a key that no script can read out, so that a copy of the profile's files shows nothing. It opens
 * at once: the last moment of a page has no time for it. Where there is no IndexedDB or no Web Crypto (plain HTTP), nothing
 * is kept.
 */
export function createUnsentBatches(clock: { now(): TimeStamp }, random: Pick<Random, 'bytes'>): UnsentBatches {
  let disk: Disk | undefined
  /** Names and sizes of what lies there, as far as this page knows. */
  const sizes = new Map<string, number>()
  const opening = openDisk(random).then(
    (opened) => {
      disk = opened
      for (const { name, bytes } of opened.kept) sizes.set(name, bytes.byteLength)
    },
    () => undefined, // private, full or forbidden
  )

  /** Commits by itself: there may be nobody any more to whom the browser could say that it is done. */
  function write(change: (store: IDBObjectStore) => void): void {
    try {
      const transaction = disk?.database.transaction(BATCHES, 'readwrite')
      if (!transaction) return
      change(transaction.objectStore(BATCHES))
      transaction.commit()
    } catch {
      // Deleted by a withdrawal meanwhile: then nothing is to be kept.
    }
  }

  function keep(batches: readonly NamedEnvelope[]): void {
    write((store) => {
      for (const { name, envelope } of batches) {
        const total = [...sizes.values()].reduce((sum, size) => sum + size, envelope.byteLength)
        const sealed = total > LIMITS.unsentBytes ? undefined : disk?.keystream.seal(envelope)
        if (!sealed) continue
        store.put({ ...sealed, name, at: clock.now() } satisfies Kept)
        sizes.set(name, envelope.byteLength)
      }
    })
  }

  function forget(names: readonly string[]): void {
    for (const name of names) sizes.delete(name)
    write((store) => {
      for (const name of names) store.delete(name)
    })
  }

  return {
    keep,
    forget,
    async list() {
      await opening
      if (!disk) return []
      const { keystream, kept } = disk
      const isOld = ({ at }: Kept) => clock.now() - at > LIMITS.lateBatchMs
      forget(kept.filter(isOld).map(({ name }) => name))
      const young = kept.filter((entry) => !isOld(entry)).sort((a, b) => a.at - b.at)
      return Promise.all(
        young.map(async (entry) => ({ name: entry.name, envelope: await keystream.unseal(entry) })),
      ).catch(() => [])
    },
    close() {
      void opening.then(() => disk?.database.close())
    },
    erase() {
      void opening.then(() => disk && indexedDB.deleteDatabase(DATABASE_NAME))
    },
  }
}

async function openDisk(random: Pick<Random, 'bytes'>): Promise<Disk> {
  const request = indexedDB.open(DATABASE_NAME)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(BATCHES, { keyPath: 'name' })
    request.result.createObjectStore(KEYS)
  }
  const database = await settled(request)
  // A withdrawal deletes the database, in whichever tab: it must not wait for this one.
  database.onversionchange = () => database.close()
  const keystream = createKeystream(await getKey(database), random)
  const kept = (await settled(database.transaction(BATCHES).objectStore(BATCHES).getAll())) as Kept[]
  return { database, keystream, kept }
}

async function getKey(database: IDBDatabase): Promise<CryptoKey> {
  const found = (await settled(database.transaction(KEYS).objectStore(KEYS).get(0))) as CryptoKey | undefined
  if (found) return found
  const made = await generateKey()
  const store = database.transaction(KEYS, 'readwrite').objectStore(KEYS)
  return settled(store.add(made, 0)).then(
    () => made,
    () => getKey(database), // another tab was faster: the first key stays
  )
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(request.error?.name ?? 'IndexedDB'))
  })
}
