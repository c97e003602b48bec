import type { Kysely } from 'kysely'

import type { Database } from './schema.ts'

/** What work inside `write` asks with. */
export type Transaction = Kysely<Database>

/** Typed access to the tables of one database. Rows that this store does not hold are never asked for elsewhere. */
export interface MetaStore<Tables = Database> {
  /** Sees what was committed when the query began; each query on its own. Rejects with StoreBusyError after its deadline. */
  readonly read: Kysely<Tables>
  /**
   * Runs the work in one transaction that is durable when the promise resolves; rolled back when it rejects. One at a time:
   * keep it short, await nothing but `transaction`, and never call `write` inside. StoreBusyError: the queue was full or
   * the turn did not come in time; nothing was done.
   */
  write<T>(work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T>
  /** Moves what the write-ahead log holds into the file and empties the log: deleted content leaves the disk. */
  foldLog(): Promise<void>
  /** How many pieces of work wait for their turn. */
  readonly waitingWrites: number
  /** Finishes what waits, then closes. */
  close(): Promise<void>
}
