import { Worker } from 'node:worker_threads'

import { StoreFailedError } from './storeErrors.ts'
import { threadEnvironment } from './threadEnvironment.ts'

export interface SqliteThreadData {
  readonly file: string
  readonly pragmas: readonly string[]
  readonly isReadOnly: boolean
}

export interface SqliteQuestion {
  readonly id: number
  /** Which text: known to the thread from an earlier question when `sql` is left out. */
  readonly text: number
  readonly sql?: string
  readonly parameters: readonly unknown[]
}

export type SqliteAnswer =
  | { readonly id: number; readonly rows: readonly unknown[]; readonly changes: number; readonly failure?: never }
  | { readonly id: number; readonly failure: { readonly message: string; readonly code: number } }

export interface SqliteResult {
  readonly rows: readonly unknown[]
  readonly changes: number
}

export interface SqliteThread {
  /** Questions are answered in order. Rejects with a SqliteError, or StoreFailedError when the thread is gone. */
  execute(sql: string, parameters: readonly unknown[]): Promise<SqliteResult>
  readonly waiting: number
  readonly isAlive: boolean
  /** Everything that waits is rejected now; the thread ends when SQLite returns from what it does. */
  abandon(): void
  /** Answers what was asked, then closes the connection. */
  close(): Promise<void>
}

/** SQLite's own complaint; `sqliteCode` is its extended result code. */
class SqliteError extends Error {
  readonly sqliteCode: number
  constructor(message: string, sqliteCode: number) {
    super(message)
    this.name = 'SqliteError'
    this.sqliteCode = sqliteCode
  }
}

/** SQLITE_IOERR, SQLITE_CORRUPT: what is on disk is no longer certain. */
export const isDiskFailure = (error: unknown): boolean =>
  error instanceof StoreFailedError || (error instanceof SqliteError && [10, 11].includes(error.sqliteCode & 0xff))

/** SQLITE_FULL: nothing was written, what is there is whole, and room can come back. */
export const isDiskFull = (error: unknown): boolean => error instanceof SqliteError && (error.sqliteCode & 0xff) === 13

/** SQLITE_BUSY: another process, e.g. the command line, held the database for longer than the five seconds we wait. */
export const isLocked = (error: unknown): boolean => error instanceof SqliteError && (error.sqliteCode & 0xff) === 5

const MOST_TEXTS = 1000
/** Text of a question that names none. */
export const UNNAMED = -1

interface Waiting {
  resolve(result: SqliteResult): void
  reject(error: Error): void
}

export function openSqliteThread(data: SqliteThreadData): SqliteThread {
  const worker = new Worker(new URL('./sqlite.worker.ts', import.meta.url), {
    name: 'sqlite',
    workerData: data,
    env: threadEnvironment(),
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 },
  })
  const waiting = new Map<number, Waiting>()
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let lastId = 0
  let failure: Error | undefined
  let outbox: SqliteQuestion[] = []
  const texts = new Map<string, number>()

  worker.on('message', (answers: readonly SqliteAnswer[]) => {
    for (const answer of answers) {
      const entry = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.failure) entry?.reject(new SqliteError(answer.failure.message, answer.failure.code))
      else entry?.resolve(answer)
    }
  })
  worker.on('error', (cause) => fail(new StoreFailedError('a database thread ended', { cause })))
  worker.on('exit', () => fail(new StoreFailedError('a database thread is closed')))

  function fail(error: Error): void {
    failure ??= error
    for (const entry of waiting.values()) entry.reject(failure)
    waiting.clear()
  }

  /** A long statement is told once, then named. */
  function askWith(id: number, sql: string, parameters: readonly unknown[]): SqliteQuestion {
    const known = texts.get(sql)
    if (known !== undefined) return { id, text: known, parameters }
    if (texts.size >= MOST_TEXTS) return { id, text: UNNAMED, sql, parameters }
    texts.set(sql, texts.size)
    return { id, text: texts.size - 1, sql, parameters }
  }

  function post(): void {
    const questions = outbox
    outbox = []
    if (!failure) worker.postMessage(questions)
  }

  return {
    execute(sql, parameters) {
      if (failure) return Promise.reject(failure)
      return new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        // What is asked at the same moment travels together: a message costs more than most statements.
        if (outbox.push(askWith(id, sql, parameters)) === 1) queueMicrotask(post)
      })
    },
    get waiting() {
      return waiting.size
    },
    get isAlive() {
      return failure === undefined
    },
    abandon() {
      fail(new StoreFailedError('a database thread was given up'))
      worker.unref()
      void worker.terminate()
    },
    async close() {
      if (failure) return
      worker.postMessage('close')
      await ended
    },
  }
}
