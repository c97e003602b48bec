import { access, mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { createBatchStore, type BatchStore } from './batchStore.ts'
import { createErasureStore, type ErasureStore } from './erasureStore.ts'
import { openFileSegmentLog } from './fileSegmentLog.ts'
import { lockFolder } from './folderLock.ts'
import { openKeyStore, type KeyStore } from './keyStore.ts'
import { createIndexingStore, type IndexingStore } from './indexingStore.ts'
import type { MetaStore } from './metaStore.ts'
import { migrate } from './migrate.ts'
import { createIdSource, type IdSource } from './newId.ts'
import { openRootKey } from './rootKey.ts'
import type { Database } from './schema.ts'
import { createSegmentFormat, type SegmentFormat } from './segmentFormat.ts'
import type { SegmentLog } from './segmentLog.ts'
import { openSegmentReader, type SegmentReader } from './segmentReader.ts'
import { createSessionStore, type SessionStore } from './sessionStore.ts'
import { createSiteStore, type SiteStore } from './siteStore.ts'
import { openSqliteMetaStore } from './sqliteMetaStore.ts'
import { createVisitorStore, type VisitorStore } from './visitorStore.ts'

export interface StoreOptions {
  readonly dataFolder: string
  /** Outside the data folder, so that a copy of one is worth nothing without the other. */
  readonly rootKeyFile: string
  readonly clock: Clock
  readonly random: Random
  /** Nothing more can be promised (disk or database thread failed): end the process and recover at the next start. */
  onFailed?(error: Error): void
  readonly segmentBytes?: number
}

/** What every process on a data folder has. */
export interface SharedStore {
  readonly meta: MetaStore
  readonly keys: KeyStore
  readonly format: SegmentFormat
  readonly frames: SegmentReader
  readonly ids: IdSource
  readonly sites: SiteStore
  readonly sessions: SessionStore
  readonly batches: BatchStore
  readonly visitors: VisitorStore
  readonly erasures: ErasureStore
  readonly indexing: IndexingStore
  /** Finishes what waits, seals what is open, closes every file. */
  close(): Promise<void>
}

/** What the one serving process has besides: it alone appends to segments. */
export interface Store extends SharedStore {
  readonly segments: SegmentLog
}

/** Opens the data folder for serving; makes it when it is missing. StoreInUseError: another process serves it. */
export async function openStore(options: StoreOptions): Promise<Store> {
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 })
  const lock = lockFolder(options.dataFolder)
  try {
    const shared = await openSharedStore(options)
    try {
      const segments = await openFileSegmentLog({
        folder: segmentFolder(options),
        meta: shared.meta,
        format: shared.format,
        clock: options.clock,
        ids: shared.ids,
        ...(options.segmentBytes !== undefined && { segmentBytes: options.segmentBytes }),
        ...(options.onFailed && { onFailed: options.onFailed }),
      })
      return {
        ...shared,
        segments,
        async close() {
          await segments.close()
          await shared.close()
          lock.release()
        },
      }
    } catch (error) {
      await shared.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** For the command line beside a running server: rows, keys and reading, without appending and without the lock. */
export async function openSharedStore(options: StoreOptions): Promise<SharedStore> {
  const { dataFolder, rootKeyFile, clock, random, onFailed } = options
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const keyFile = join(dataFolder, 'keys.db')
  const rootKey = await openRootKey(rootKeyFile, random, { mayCreate: !(await exists(keyFile)) })
  const failing = onFailed && { onFailed }
  const meta = await openSqliteMetaStore<Database>({ file: join(dataFolder, 'meta.db'), ...failing })
  let keys: KeyStore
  try {
    await migrate(meta, clock.now())
    keys = await openKeyStore({ file: keyFile, rootKey, clock, random, ...failing })
  } catch (error) {
    await meta.close()
    throw error
  }
  const ids = createIdSource(clock, random)
  return {
    meta,
    keys,
    ids,
    format: createSegmentFormat(),
    frames: openSegmentReader(segmentFolder(options), meta),
    sites: createSiteStore(meta, clock, random, ids),
    sessions: createSessionStore(meta, ids),
    batches: createBatchStore(meta),
    visitors: createVisitorStore(meta, keys.derive('visitor hash')),
    erasures: createErasureStore(meta, clock, ids),
    indexing: createIndexingStore(meta, clock),
    async close() {
      await keys.close()
      await meta.close()
    },
  }
}

const segmentFolder = ({ dataFolder }: StoreOptions): string => join(dataFolder, 'segments')

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
