import { sql } from 'kysely'

import type { MetaStore } from './metaStore.ts'
import { initial } from './migrations/0001-initial.ts'
import { SchemaTooNewError } from './storeErrors.ts'

interface Migration {
  readonly rev: number
  readonly name: string
  readonly statements: readonly string[]
}

/** Forward only. After the first release a published file never changes; the next one is added. */
const MIGRATIONS: readonly Migration[] = [initial]

/** Runs the numbered migrations that this database has not seen, each in one transaction. Refuses a newer database. */
export async function migrate(meta: MetaStore, now: number): Promise<void> {
  const known = MIGRATIONS.at(-1)?.rev ?? 0
  const current = await meta.write(async (transaction) => {
    await sql`CREATE TABLE IF NOT EXISTS schema_rev (rev INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT`.execute(
      transaction,
    )
    const row = await transaction
      .selectFrom('schema_rev')
      .select(({ fn }) => fn.max('rev').as('rev'))
      .executeTakeFirst()
    return row?.rev ?? 0
  })
  if (current > known) throw new SchemaTooNewError(current, known)
  for (const migration of MIGRATIONS.filter(({ rev }) => rev > current)) {
    await meta.write(async (transaction) => {
      const seen = await transaction
        .selectFrom('schema_rev')
        .select('rev')
        .where('rev', '=', migration.rev)
        .executeTakeFirst()
      if (seen) return // another process was faster
      for (const statement of migration.statements) await sql.raw(statement).execute(transaction)
      await transaction.insertInto('schema_rev').values({ rev: migration.rev, name: migration.name, at: now }).execute()
    })
  }
}
