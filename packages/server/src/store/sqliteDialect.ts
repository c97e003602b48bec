import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely'

import type { SqliteResult } from './sqliteThread.ts'

/** Asks one of the database threads. */
export type Execute = (sql: string, parameters: readonly unknown[]) => Promise<SqliteResult>

/**
 * Kysely over a thread that holds the connection. Transactions are not begun here: a writer thread has one connection, and
 * `MetaStore.write` gives it to one piece of work at a time.
 */
export function createSqliteDialect(execute: Execute): Dialect {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
      const { rows, changes } = await execute(sql, parameters)
      return { rows: rows as Row[], numAffectedRows: BigInt(changes) } satisfies QueryResult<Row>
    },
    streamQuery() {
      throw new Error('read a page instead of streaming')
    },
  }
  const noTransactions = () => Promise.reject(new Error('use MetaStore.write for transactions'))
  return {
    // Threads answer in order, so several questions may wait on one connection.
    createAdapter: () => Object.defineProperty(new SqliteAdapter(), 'supportsMultipleConnections', { value: true }),
    createDriver: () => ({
      init: () => Promise.resolve(),
      acquireConnection: () => Promise.resolve(connection),
      beginTransaction: noTransactions,
      commitTransaction: noTransactions,
      rollbackTransaction: noTransactions,
      releaseConnection: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    }),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}
