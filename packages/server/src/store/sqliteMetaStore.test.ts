import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'

import type { MetaStore } from './metaStore.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'
import { openSqliteMetaStore, type SqliteOptions } from './sqliteMetaStore.ts'
import { SchemaTooNewError, StoreBusyError } from './storeErrors.ts'

async function openMeta(options: Partial<SqliteOptions> = {}): Promise<MetaStore> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-meta-'))
  const meta = await openSqliteMetaStore<Database>({ file: join(folder, 'meta.db'), ...options })
  onTestFinished(async () => {
    await meta.close()
    await rm(folder, { recursive: true })
  })
  await migrate(meta, 1)
  return meta
}

const anAccount = (id: number) => ({ id, name: `account ${id}`, created_at: 1 })

describe('openSqliteMetaStore', () => {
  it('makes every committed write visible to readers, with the numbers of rows it changed', async () => {
    const meta = await openMeta()
    await meta.write((transaction) =>
      transaction
        .insertInto('account')
        .values([anAccount(1), anAccount(2)])
        .execute(),
    )
    const changed = await meta.write((transaction) =>
      transaction.updateTable('account').set({ name: 'changed' }).where('id', '=', 2).executeTakeFirst(),
    )
    expect(changed.numUpdatedRows).toBe(1n)
    expect(await meta.read.selectFrom('account').select('name').orderBy('id').execute()).toEqual([
      { name: 'account 1' },
      { name: 'changed' },
    ])
  })

  it('rolls back all of a write that rejects', async () => {
    const meta = await openMeta()
    const failing = meta.write(async (transaction) => {
      await transaction.insertInto('account').values(anAccount(1)).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await meta.read.selectFrom('account').selectAll().execute()).toEqual([])
  })

  it('runs writes one after the other, so that none sees half of another', async () => {
    const meta = await openMeta()
    await meta.write((transaction) => transaction.insertInto('account').values(anAccount(0)).execute())
    const increment = () =>
      meta.write(async (transaction) => {
        const { created_at } = await transaction.selectFrom('account').select('created_at').executeTakeFirstOrThrow()
        await transaction
          .updateTable('account')
          .set({ created_at: created_at + 1 })
          .execute()
      })
    await Promise.all(Array.from({ length: 40 }, increment))
    expect(await meta.read.selectFrom('account').select('created_at').executeTakeFirst()).toEqual({ created_at: 41 })
  })

  it('refuses a write when too many wait, and says that trying later helps', async () => {
    const meta = await openMeta({ mostWaiting: 2 })
    const wait = () => meta.write((transaction) => sql`SELECT 1`.execute(transaction))
    const writes = await Promise.allSettled(Array.from({ length: 10 }, wait))
    const refused = writes.filter((write) => write.status === 'rejected').map(({ reason }) => reason as Error)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every((reason) => reason instanceof StoreBusyError)).toBe(true)
  })

  it('says that trying later helps when the disk is full, goes on when there is room, and does not end the process', async () => {
    const failures: Error[] = []
    const meta = await openMeta({ onFailed: (error) => failures.push(error) })
    const allow = (pages: number) =>
      meta.write((transaction) => sql`PRAGMA max_page_count=${sql.lit(pages)}`.execute(transaction))
    const add = (id: number) =>
      meta.write((transaction) =>
        transaction
          .insertInto('account')
          .values({ ...anAccount(id), name: 'x'.repeat(1_000_000) })
          .execute(),
      )
    await allow(1) // no fewer than there are
    await expect(add(1)).rejects.toThrow(StoreBusyError)
    await allow(1_000_000)
    await add(2)
    expect(await meta.read.selectFrom('account').select('id').execute()).toEqual([{ id: 2 }])
    expect(failures).toEqual([])
  })

  it('refuses a query when too many wait', async () => {
    const meta = await openMeta({ mostWaiting: 2 })
    const queries = await Promise.allSettled(Array.from({ length: 20 }, () => sql`SELECT 1`.execute(meta.read)))
    const refused = queries.filter((query) => query.status === 'rejected').map(({ reason }) => reason as Error)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused.every((reason) => reason instanceof StoreBusyError)).toBe(true)
  })

  it('gives up a write that did not get its turn in time, and does not run it later', async () => {
    const meta = await openMeta({ turnDeadlineMs: 50 })
    const released = Promise.withResolvers<void>()
    const slow = meta.write(() => released.promise)
    const late = meta.write((transaction) => transaction.insertInto('account').values(anAccount(1)).execute())
    await expect(late).rejects.toThrow(StoreBusyError)
    released.resolve()
    await slow
    expect(await meta.read.selectFrom('account').selectAll().execute()).toEqual([])
  })

  it('gives up a query that takes too long and answers the next one', async () => {
    const meta = await openMeta({ readers: 1, readDeadlineMs: 500 })
    const slow = sql`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 40000000) SELECT count(*) FROM n`
    await expect(slow.execute(meta.read)).rejects.toThrow(StoreBusyError)
    const ask = async () => (await sql<{ one: number }>`SELECT 1 AS one`.execute(meta.read)).rows
    await expect.poll(() => ask().catch(() => []), { timeout: 20_000 }).toEqual([{ one: 1 }])
  })

  it('does not let readers write', async () => {
    const meta = await openMeta()
    await expect(meta.read.insertInto('account').values(anAccount(1)).execute()).rejects.toThrow(/readonly|read-only/)
  })
})

describe('migrate', () => {
  it('runs once', async () => {
    const meta = await openMeta()
    await migrate(meta, 2)
    expect(await meta.read.selectFrom('schema_rev').selectAll().execute()).toEqual([{ rev: 1, name: 'initial', at: 1 }])
  })

  it('refuses what a newer version wrote', async () => {
    const meta = await openMeta()
    await meta.write((transaction) =>
      transaction.insertInto('schema_rev').values({ rev: 99, name: 'future', at: 1 }).execute(),
    )
    await expect(migrate(meta, 2)).rejects.toThrow(SchemaTooNewError)
  })
})
