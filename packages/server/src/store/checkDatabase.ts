import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

export type DatabaseCheck =
  | { readonly status: 'missing' }
  | { readonly status: 'sound' }
  /** SQLite's own words: pages and indexes, never content. */
  | { readonly status: 'damaged'; readonly problems: readonly string[] }

const MAX_PROBLEMS = 10

/** SQLite's quick check, beside a running server too. Takes seconds for gigabytes and blocks its caller: for tools only. */
export function checkDatabase(file: string): DatabaseCheck {
  if (!existsSync(file)) return { status: 'missing' }
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      const rows = database.prepare(`PRAGMA quick_check(${MAX_PROBLEMS})`).all()
      const problems = rows.map((row) => String(row['quick_check'])).filter((problem) => problem !== 'ok')
      return problems.length === 0 ? { status: 'sound' } : { status: 'damaged', problems }
    } finally {
      database.close()
    }
  } catch (failure) {
    return { status: 'damaged', problems: [failure instanceof Error ? failure.message : String(failure)] }
  }
}

/** When the newest batch came in; undefined when there is none, or no readable database. */
export function readNewestMoment(file: string): number | undefined {
  if (!existsSync(file)) return undefined
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      const row = database.prepare('SELECT max(last_received_at) AS newest FROM session').get()
      return typeof row?.['newest'] === 'number' ? row['newest'] : undefined
    } finally {
      database.close()
    }
  } catch {
    return undefined // the check of the database says what is wrong
  }
}
