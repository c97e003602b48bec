import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'

import { UNNAMED, type SqliteAnswer, type SqliteQuestion, type SqliteThreadData } from './sqliteThread.ts'

/** One connection in its own thread, so that the loop that answers requests never waits for SQL or for fsync. */
const MOST_STATEMENTS = 200

const { file, pragmas, isReadOnly } = workerData as SqliteThreadData
const port = parentPort
if (!port) throw new Error('sqlite.worker runs as a worker thread only')

const database = new DatabaseSync(file, { readOnly: isReadOnly, timeout: 5000, enableForeignKeyConstraints: true })
for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`)

interface Prepared {
  readonly statement: StatementSync
  readonly hasRows: boolean
}
const prepared = new Map<string, Prepared>()
/** By number, as told: bounded by who asks. */
const texts = new Map<number, string>()

port.on('message', (message: readonly SqliteQuestion[] | 'close') => {
  if (message === 'close') {
    database.close()
    port.close()
    return
  }
  port.postMessage(message.map(answer))
})

function answer({ id, text, sql, parameters }: SqliteQuestion): SqliteAnswer {
  try {
    if (sql !== undefined && text !== UNNAMED) texts.set(text, sql)
    const { statement, hasRows } = prepare(sql ?? texts.get(text) ?? '')
    const values = parameters as readonly SQLInputValue[]
    if (hasRows) return { id, rows: statement.all(...values), changes: 0 }
    return { id, rows: [], changes: Number(statement.run(...values).changes) }
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number }
    return { id, failure: { message, code: errcode ?? 0 } }
  }
}

function prepare(sql: string): Prepared {
  const known = prepared.get(sql)
  if (known) {
    prepared.delete(sql)
    prepared.set(sql, known)
    return known
  }
  const statement = database.prepare(sql)
  const entry = { statement, hasRows: statement.columns().length > 0 }
  prepared.set(sql, entry)
  const [oldest] = prepared.keys()
  if (prepared.size > MOST_STATEMENTS && oldest !== undefined) prepared.delete(oldest)
  return entry
}
