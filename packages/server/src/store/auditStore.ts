import type { AuditEntry, Page } from '@vasistas/wire/api'
import type { Kysely } from 'kysely'
import { CHAIN_START, chainHash } from './auditChain.ts'
import type { MetaStore } from './metaStore.ts'
import type { Database } from './schema.ts'

export type AuditAction =
  | 'sign-in'
  | 'sign-in.failed'
  | 'sign-out.everywhere'
  | 'password.changed'
  | 'account.created'
  | 'site.created'
  | 'site.changed'
  | 'recording.watched'
  | 'recording.exported'
  | 'recording.erased'

export interface NewAuditEntry {
  readonly accountId: number
  readonly at: number
  /** An agent's e-mail address, or `command line`, `visitor`, `retention`. */
  readonly actor: string
  readonly action: AuditAction
  /** What it was done to: an id or a name, never content. */
  readonly target: string
}

export interface AuditStore {
  append(entry: NewAuditEntry): Promise<void>
  /** Newest first. */
  list(accountId: number, limit: number, cursor?: string): Promise<Page<AuditEntry>>
}

const LONGEST = 300

export function createAuditStore(meta: MetaStore): AuditStore {
  async function insert(transaction: Kysely<Database>, entry: NewAuditEntry): Promise<void> {
    const { accountId, at, actor, action, target } = entry
    const last = await transaction
      .selectFrom('audit_log')
      .select(['n', 'hash'])
      .where('account_id', '=', accountId)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    const n = (last?.n ?? 0) + 1
    const row = { account_id: accountId, n, at, actor: cut(actor), action, target: cut(target) }
    const previous = last?.hash ?? CHAIN_START
    await transaction
      .insertInto('audit_log')
      .values({ ...row, previous_hash: previous, hash: chainHash(previous, row) })
      .execute()
  }

  return {
    append: (entry) => meta.write((transaction) => insert(transaction, entry)),

    async list(accountId, limit, cursor) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
      const rows = await meta.read
        .selectFrom('audit_log')
        .select(['n', 'at', 'actor', 'action', 'target'])
        .where('account_id', '=', accountId)
        .where('n', '<', Number.isSafeInteger(before) ? before : 0)
        .orderBy('n', 'desc')
        .limit(limit + 1)
        .execute()
      const shown = rows.slice(0, limit)
      return {
        items: shown.map(({ at, actor, action, target }) => ({ at, actor, action, target })),
        nextCursor: rows.length > limit ? String(shown.at(-1)?.n ?? 0) : null,
      }
    },
  }
}

const cut = (text: string): string => text.slice(0, LONGEST)
