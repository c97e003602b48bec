import { open } from 'node:fs/promises'

import { Kysely } from 'kysely'

import type { MetaStore } from './metaStore.ts'
import { createSqliteDialect } from './sqliteDialect.ts'
import { isDiskFailure, isDiskFull, isLocked, openSqliteThread, type SqliteThread } from './sqliteThread.ts'
import { StoreBusyError, StoreFailedError } from './storeErrors.ts'

export interface SqliteOptions {
  readonly file: string
  /** Threads that read beside the writer, each begun when the ones before are busy. 0: the writer reads as well, and sees what
   * it has not committed yet. */
  readonly readers?: number
  /** Work that may wait for the writer, and queries for each reader. */
  readonly mostWaiting?: number
  readonly readDeadlineMs?: number
  /** How long work may wait for its turn. */
  readonly turnDeadlineMs?: number
  /** A statement of the writer that takes longer means that the disk is gone. */
  readonly stuckAfterMs?: number
  readonly secureDelete?: 'FAST' | 'ON'
  /** Promises can no longer be kept (I/O error, dead or stuck writer): end the process and recover at boot. */
  onFailed?(error: Error): void
}

const MiB = 1024 * 1024
const COMMON = ['foreign_keys=ON', 'temp_store=MEMORY', `mmap_size=${256 * MiB}`, 'trusted_schema=OFF']
const writerPragmas = (secureDelete: string) => [
  'journal_mode=WAL',
  'synchronous=FULL', // NORMAL loses the last commits when power fails
  'fullfsync=ON', // only macOS knows it
  'wal_autocheckpoint=4000',
  `journal_size_limit=${64 * MiB}`,
  `secure_delete=${secureDelete}`,
  ...COMMON,
]

/** SQLite with one writing and some reading threads (storage.md §5.1). The file is made when missing. */
export async function openSqliteMetaStore<Tables>(options: SqliteOptions): Promise<MetaStore<Tables>> {
  const { file, readers = 2, mostWaiting = 5000 } = options
  const { readDeadlineMs = 10_000, turnDeadlineMs = 10_000, stuckAfterMs = 30_000 } = options
  // SQLite gives its log and index files the mode of the database: nobody else's business.
  await (await open(file, 'a', 0o600)).close()
  const writer = openSqliteThread({ file, pragmas: writerPragmas(options.secureDelete ?? 'FAST'), isReadOnly: false })
  await writer.execute('SELECT 1', []) // the file and its WAL exist before a reader opens them
  let pool: readonly SqliteThread[] = []
  const closing = new AbortController()
  let turn: Promise<unknown> = Promise.resolve()
  let waitingWrites = 0

  function openReader(): SqliteThread {
    return openSqliteThread({ file, pragmas: ['query_only=ON', ...COMMON], isReadOnly: true })
  }

  async function read(sql: string, parameters: readonly unknown[]) {
    if (readers === 0) return tell(sql, parameters)
    const reader = findReader()
    if (reader.waiting >= mostWaiting) throw new StoreBusyError('too many queries wait')
    return within(readDeadlineMs, reader.execute(sql, parameters), () => {
      // A synchronous query cannot be cancelled; the next one gets another thread.
      reader.abandon()
      return new StoreBusyError('a query took too long')
    })
  }

  function findReader(): SqliteThread {
    const alive = pool.filter(({ isAlive }) => isAlive)
    const least = leastBusy(alive)
    if (least && (least.waiting === 0 || alive.length >= readers)) return least
    const begun = openReader()
    pool = [...alive, begun]
    return begun
  }

  async function tell(sql: string, parameters: readonly unknown[] = []) {
    try {
      return await within(stuckAfterMs, writer.execute(sql, parameters), () => {
        writer.abandon()
        return new StoreFailedError('the database does not answer')
      })
    } catch (error) {
      if (isLocked(error)) throw new StoreBusyError('another process writes')
      if (isDiskFull(error)) throw new StoreBusyError('the disk is full')
      if (isDiskFailure(error) && !closing.signal.aborted) options.onFailed?.(error as Error)
      throw error
    }
  }

  const writing = new Kysely<Tables>({ dialect: createSqliteDialect(tell) })

  async function runInTransaction<T>(work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> {
    await tell('BEGIN IMMEDIATE')
    let result: T
    try {
      result = await work(writing)
      await tell('COMMIT')
    } catch (error) {
      // Fails when the error already ended the transaction or the thread; the first error is the one to tell.
      await tell('ROLLBACK').catch(() => undefined)
      throw error
    }
    return result
  }

  const write = <T>(work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> =>
    inTurn(() => runInTransaction(work))

  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    if (closing.signal.aborted) return Promise.reject(new StoreFailedError('closed'))
    if (waitingWrites >= mostWaiting) return Promise.reject(new StoreBusyError('too many writes wait'))
    waitingWrites++
    return new Promise((resolve, reject) => {
      let isLate = false
      const late = setTimeout(() => {
        isLate = true
        waitingWrites--
        reject(new StoreBusyError('a write waited too long'))
      }, turnDeadlineMs)
      turn = turn.then(async () => {
        if (isLate) return
        clearTimeout(late)
        waitingWrites--
        await run().then(resolve, reject)
      })
    })
  }

  return {
    read: new Kysely<Tables>({ dialect: createSqliteDialect(read) }),
    write,
    async foldLog() {
      await inTurn(() => tell('PRAGMA wal_checkpoint(TRUNCATE)'))
    },
    get waitingWrites() {
      return waitingWrites
    },
    async close() {
      closing.abort()
      await turn
      // Readers first: the last connection to close folds the WAL into the file.
      await Promise.all(pool.map((reader) => reader.close()))
      await writer.close()
    },
  }
}

const leastBusy = (pool: readonly SqliteThread[]): SqliteThread | undefined =>
  pool.reduce<SqliteThread | undefined>(
    (least, thread) => (least === undefined || thread.waiting < least.waiting ? thread : least),
    undefined,
  )

function within<T>(deadlineMs: number, promise: Promise<T>, expire: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(expire()), deadlineMs)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
