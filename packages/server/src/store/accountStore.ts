import type { Language, Role } from '@vasistas/wire/api'
import type { Kysely } from 'kysely'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { Database } from './schema.ts'

export interface StoredAgent {
  readonly id: number
  readonly accountId: number
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly language: Language
}

export interface AgentWithPassword extends StoredAgent {
  readonly passwordHash: string
}

export interface NewAgent {
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly language: Language
}

export interface AccountStore {
  hasAgents(): Promise<boolean>
  /** Accounts that somebody owns, oldest first. */
  listOwned(): Promise<readonly number[]>
  /** The first account that nobody owns yet (a demo site may live there), or a new one. */
  ensureUnownedAccount(now: number): Promise<number>
  /** Undefined: somebody has this address. The new owner gets the unowned account, if there is one. */
  createOwner(agent: NewAgent, now: number): Promise<StoredAgent | undefined>
  /** As createOwner, if the token is the right one, unused and in time, and nobody has an account yet; all or nothing. */
  createFirstOwner(tokenHash: Uint8Array, agent: NewAgent, now: number): Promise<StoredAgent | undefined>
  findByEmail(email: string): Promise<AgentWithPassword | undefined>
  find(id: number): Promise<AgentWithPassword | undefined>
  update(id: number, change: { readonly name?: string; readonly language?: Language }): Promise<void>
  /** Every sign-in with the old one ends, in the same transaction. */
  setPassword(id: number, passwordHash: string, now: number): Promise<void>
  /** Whether `createFirstOwner` would take it now. */
  isSetupToken(tokenHash: Uint8Array, now: number): Promise<boolean>
  /** Only the newest link counts. */
  replaceSetupToken(tokenHash: Uint8Array, now: number, expiresAt: number): Promise<void>
}

export function createAccountStore(meta: MetaStore, ids: IdSource): AccountStore {
  async function findUnowned(transaction: Kysely<Database>): Promise<number | undefined> {
    const row = await transaction
      .selectFrom('account')
      .leftJoin('membership', 'membership.account_id', 'account.id')
      .select('account.id')
      .where('membership.agent_id', 'is', null)
      .orderBy('account.id')
      .limit(1)
      .executeTakeFirst()
    return row?.id
  }

  async function getUnowned(transaction: Kysely<Database>, now: number): Promise<number> {
    const existing = await findUnowned(transaction)
    if (existing !== undefined) return existing
    const id = ids.next()
    await transaction.insertInto('account').values({ id, name: '', created_at: now }).execute()
    return id
  }

  async function insertOwner(
    transaction: Kysely<Database>,
    { email, name, passwordHash, language }: NewAgent,
    now: number,
  ): Promise<StoredAgent | undefined> {
    const id = ids.next()
    const inserted = await transaction
      .insertInto('agent')
      .values({
        id,
        email,
        email_key: emailKey(email),
        name,
        password_hash: passwordHash,
        language,
        created_at: now,
        password_changed_at: now,
      })
      .onConflict((conflict) => conflict.column('email_key').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!inserted) return undefined
    const accountId = await getUnowned(transaction, now)
    await transaction.insertInto('membership').values({ account_id: accountId, agent_id: id, role: 'owner' }).execute()
    return { id, accountId, email, name, role: 'owner', language }
  }

  const agents = () =>
    meta.read
      .selectFrom('agent')
      .innerJoin('membership', 'membership.agent_id', 'agent.id')
      .select([
        'agent.id',
        'membership.account_id as accountId',
        'agent.email',
        'agent.name',
        'membership.role',
        'agent.language',
        'agent.password_hash as passwordHash',
      ])
      .where('agent.is_disabled', '=', 0)

  return {
    async hasAgents() {
      return (await meta.read.selectFrom('agent').select('id').limit(1).executeTakeFirst()) !== undefined
    },
    async listOwned() {
      const rows = await meta.read
        .selectFrom('membership')
        .select('account_id')
        .distinct()
        .where('role', '=', 'owner')
        .orderBy('account_id')
        .execute()
      return rows.map(({ account_id }) => account_id)
    },
    ensureUnownedAccount: (now) => meta.write((transaction) => getUnowned(transaction, now)),
    createOwner: (agent, now) => meta.write((transaction) => insertOwner(transaction, agent, now)),

    createFirstOwner: (tokenHash, agent, now) =>
      meta.write(async (transaction) => {
        const someone = await transaction.selectFrom('agent').select('id').limit(1).executeTakeFirst()
        if (someone) return undefined
        const used = await transaction
          .updateTable('setup_token')
          .set({ used_at: now })
          .where('token_hash', '=', tokenHash)
          .where('used_at', '=', 0)
          .where('expires_at', '>', now)
          .returning('id')
          .executeTakeFirst()
        return used && (await insertOwner(transaction, agent, now))
      }),

    findByEmail: (email) => agents().where('agent.email_key', '=', emailKey(email)).executeTakeFirst(),
    find: (id) => agents().where('agent.id', '=', id).executeTakeFirst(),

    async update(id, change) {
      if (Object.keys(change).length === 0) return
      await meta.write((transaction) => transaction.updateTable('agent').set(change).where('id', '=', id).execute())
    },
    async setPassword(id, passwordHash, now) {
      await meta.write(async (transaction) => {
        await transaction
          .updateTable('agent')
          .set({ password_hash: passwordHash, password_changed_at: now })
          .where('id', '=', id)
          .execute()
        await transaction.deleteFrom('sign_in').where('agent_id', '=', id).execute()
      })
    },
    async isSetupToken(tokenHash, now) {
      const row = await meta.read
        .selectFrom('setup_token')
        .select('id')
        .where('token_hash', '=', tokenHash)
        .where('used_at', '=', 0)
        .where('expires_at', '>', now)
        .executeTakeFirst()
      return row !== undefined
    },
    async replaceSetupToken(tokenHash, now, expiresAt) {
      await meta.write(async (transaction) => {
        await transaction.deleteFrom('setup_token').execute()
        await transaction
          .insertInto('setup_token')
          .values({ id: ids.next(), token_hash: tokenHash, created_at: now, expires_at: expiresAt })
          .execute()
      })
    },
  }
}

const emailKey = (email: string): string => email.trim().toLowerCase()
