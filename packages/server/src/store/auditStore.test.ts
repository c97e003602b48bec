import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createAuditStore } from './auditStore.ts'
import { checkAuditLog } from './checkAuditLog.ts'
import { migrate } from './migrate.ts'
import type { Database } from './schema.ts'
import { openSqliteMetaStore } from './sqliteMetaStore.ts'

async function openAudit() {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-audit-'))
  const meta = await openSqliteMetaStore<Database>({ file: join(folder, 'meta.db') })
  onTestFinished(async () => {
    await meta.close()
    await rm(folder, { recursive: true })
  })
  await migrate(meta, 1)
  const audit = createAuditStore(meta)
  const note = (accountId: number, target: string) =>
    audit.append({ accountId, at: 1000, actor: 'anna@shop.example', action: 'recording.watched', target })
  return { meta, audit, note, check: () => checkAuditLog(join(folder, 'meta.db')) }
}

describe('the audit log', () => {
  it('is one chain per account, also when many write at once', async () => {
    const { audit, note, check } = await openAudit()
    await Promise.all(Array.from({ length: 40 }, (_, index) => note(1 + (index % 2), `r${index}`)))
    expect(check()).toEqual({ entries: 40, breaks: [] })
    expect((await audit.list(1, 100)).items).toHaveLength(20)
  })

  it.each([
    ['was changed', "UPDATE audit_log SET target = 'nothing' WHERE account_id = 1 AND n = 3", 3],
    ['was taken out', 'DELETE FROM audit_log WHERE account_id = 1 AND n = 3', 4],
    ['changed its author', "UPDATE audit_log SET actor = 'eve@shop.example' WHERE account_id = 1 AND n = 1", 1],
    ['came from another account', 'UPDATE audit_log SET account_id = 1, n = 6 WHERE account_id = 2 AND n = 1', 6],
  ])('shows where an entry %s', async (_what, statement, where) => {
    const { meta, note, check } = await openAudit()
    for (let index = 1; index <= 5; index++) await note(1, `r${index}`)
    await note(2, 'r1')
    await meta.write((transaction) => sql.raw(statement).execute(transaction))
    expect(check()?.breaks).toContainEqual({ account: 1, entry: where })
  })
})
