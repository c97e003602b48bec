import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createChainCheck, type ChainedEntry } from './auditChain.ts'

export interface AuditLogCheck {
  readonly entries: number
  /** The first entry of each account that does not follow from the one before. */
  readonly breaks: readonly { readonly account: number; readonly entry: number }[]
}

/** Reads the whole log, beside a running server too. Undefined: there is none that can be read. */
export function checkAuditLog(file: string): AuditLogCheck | undefined {
  if (!existsSync(file)) return undefined
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      return follow(database)
    } finally {
      database.close()
    }
  } catch {
    return undefined // the check of the database says what is wrong
  }
}

function follow(database: DatabaseSync): AuditLogCheck {
  const breaks = new Map<number, number>()
  const chains = new Map<number, ReturnType<typeof createChainCheck>>()
  let entries = 0
  const rows = database.prepare(
    'SELECT account_id, n, at, actor, action, target, hash FROM audit_log ORDER BY account_id, n',
  )
  for (const row of rows.iterate()) {
    const entry = row as unknown as ChainedEntry & { readonly hash: Uint8Array }
    const chain = chains.get(entry.account_id) ?? createChainCheck()
    chains.set(entry.account_id, chain)
    entries++
    if (!chain.follows(entry) && !breaks.has(entry.account_id)) breaks.set(entry.account_id, entry.n)
  }
  return { entries, breaks: [...breaks].map(([account, entry]) => ({ account, entry })) }
}
