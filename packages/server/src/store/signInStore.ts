import type { Kysely } from 'kysely'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { StoredAgent } from './accountStore.ts'
import type { Database } from './schema.ts'

export interface StoredSignIn {
  readonly id: number
  readonly createdAt: number
  readonly seenAt: number
  readonly browser: string
}

export interface NewSignIn {
  readonly tokenHash: Uint8Array
  readonly agentId: number
  readonly browser: string
  readonly now: number
  readonly expiresAt: number
}

export interface SignInStore {
  /** Makes the new one and ends the one whose token is replaced, and all that are over. */
  create(signIn: NewSignIn, replacedTokenHash: Uint8Array | undefined): Promise<void>
  /** Who holds this token now; nothing when it is unknown or over. */
  find(
    tokenHash: Uint8Array,
    now: number,
    idleSince: number,
  ): Promise<{ readonly signIn: StoredSignIn; readonly agent: StoredAgent } | undefined>
  touch(id: number, now: number): Promise<void>
  list(agentId: number, now: number, idleSince: number): Promise<readonly StoredSignIn[]>
  /** False: this agent has no such sign-in. */
  end(agentId: number, id: number): Promise<boolean>
  endAll(agentId: number): Promise<void>
  /**
   * When the next try is allowed, if one of the subjects has to wait; nothing is counted then. Otherwise the try is counted as
   * failed for all of them: from `freeFailures` on each doubles the pause.
   */
  noteTry(subjects: readonly TriedSubject[], now: number): Promise<number>
  /** It did not fail: the failures of one subject are forgotten, of the other only this one. */
  forgetTry(subjects: { readonly forget: FailureSubject; readonly takeBack: FailureSubject }): Promise<void>
}

export interface FailureSubject {
  readonly kind: 'email' | 'address'
  readonly hash: Uint8Array
}

export interface TriedSubject extends FailureSubject {
  readonly policy: FailurePolicy
}

export interface FailurePolicy {
  readonly freeFailures: number
  readonly firstPauseMs: number
  readonly longestPauseMs: number
  readonly forgetAfterMs: number
}

/** Who is remembered for failing: a stranger with many addresses must not fill the disk. */
const MOST_SUBJECTS = 50_000

export function createSignInStore(meta: MetaStore, ids: IdSource, mostSubjects = MOST_SUBJECTS): SignInStore {
  return {
    async create({ tokenHash, agentId, browser, now, expiresAt }, replacedTokenHash) {
      await meta.write(async (transaction) => {
        await transaction.deleteFrom('sign_in').where('expires_at', '<=', now).execute()
        if (replacedTokenHash)
          await transaction.deleteFrom('sign_in').where('token_hash', '=', replacedTokenHash).execute()
        await transaction
          .insertInto('sign_in')
          .values({
            id: ids.next(),
            token_hash: tokenHash,
            agent_id: agentId,
            created_at: now,
            seen_at: now,
            expires_at: expiresAt,
            browser,
          })
          .execute()
      })
    },

    async find(tokenHash, now, idleSince) {
      const row = await meta.read
        .selectFrom('sign_in')
        .innerJoin('agent', 'agent.id', 'sign_in.agent_id')
        .innerJoin('membership', 'membership.agent_id', 'agent.id')
        .select([
          'sign_in.id as signInId',
          'sign_in.created_at as createdAt',
          'sign_in.seen_at as seenAt',
          'sign_in.browser',
          'agent.id',
          'agent.email',
          'agent.name',
          'agent.language',
          'membership.role',
          'membership.account_id as accountId',
        ])
        .where('sign_in.token_hash', '=', tokenHash)
        .where('sign_in.expires_at', '>', now)
        .where('sign_in.seen_at', '>', idleSince)
        .where('agent.is_disabled', '=', 0)
        .executeTakeFirst()
      if (!row) return undefined
      const { signInId, createdAt, seenAt, browser, ...agent } = row
      return { signIn: { id: signInId, createdAt, seenAt, browser }, agent }
    },

    async touch(id, now) {
      await meta.write((transaction) =>
        transaction.updateTable('sign_in').set({ seen_at: now }).where('id', '=', id).execute(),
      )
    },

    list: (agentId, now, idleSince) =>
      meta.read
        .selectFrom('sign_in')
        .select(['id', 'created_at as createdAt', 'seen_at as seenAt', 'browser'])
        .where('agent_id', '=', agentId)
        .where('expires_at', '>', now)
        .where('seen_at', '>', idleSince)
        .orderBy('seen_at', 'desc')
        .execute(),

    async end(agentId, id) {
      const gone = await meta.write((transaction) =>
        transaction
          .deleteFrom('sign_in')
          .where('agent_id', '=', agentId)
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirst(),
      )
      return gone !== undefined
    },
    async endAll(agentId) {
      await meta.write((transaction) => transaction.deleteFrom('sign_in').where('agent_id', '=', agentId).execute())
    },

    noteTry: (subjects, now) =>
      meta.write(async (transaction) => {
        let blockedUntil = 0
        for (const subject of subjects)
          blockedUntil = Math.max(blockedUntil, await findBlockedUntil(transaction, subject))
        if (blockedUntil > now) return blockedUntil
        for (const subject of subjects) await countFailure(transaction, subject, now)
        await forgetOldest(transaction, mostSubjects)
        return 0
      }),

    forgetTry: ({ forget, takeBack }) =>
      meta.write(async (transaction) => {
        await transaction
          .deleteFrom('sign_in_failure')
          .where('kind', '=', forget.kind)
          .where('subject_hash', '=', forget.hash)
          .execute()
        await transaction
          .updateTable('sign_in_failure')
          .set((expression) => ({ failures: expression('failures', '-', 1), blocked_until: 0 }))
          .where('kind', '=', takeBack.kind)
          .where('subject_hash', '=', takeBack.hash)
          .execute()
      }),
  }
}

async function findBlockedUntil(transaction: Kysely<Database>, { kind, hash }: FailureSubject): Promise<number> {
  const row = await transaction
    .selectFrom('sign_in_failure')
    .select('blocked_until')
    .where('kind', '=', kind)
    .where('subject_hash', '=', hash)
    .executeTakeFirst()
  return row?.blocked_until ?? 0
}

async function forgetOldest(transaction: Kysely<Database>, mostSubjects: number): Promise<void> {
  await transaction
    .deleteFrom('sign_in_failure')
    .where('last_at', '<=', ({ selectFrom }) =>
      selectFrom('sign_in_failure').select('last_at').orderBy('last_at', 'desc').limit(1).offset(mostSubjects),
    )
    .execute()
}

async function countFailure(
  transaction: Kysely<Database>,
  { kind, hash, policy }: TriedSubject,
  now: number,
): Promise<void> {
  const { freeFailures, firstPauseMs, longestPauseMs, forgetAfterMs } = policy
  await transaction
    .deleteFrom('sign_in_failure')
    .where('last_at', '<', now - forgetAfterMs)
    .execute()
  const row = await transaction
    .insertInto('sign_in_failure')
    .values({ kind, subject_hash: hash, failures: 1, first_at: now, last_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'subject_hash'])
        .doUpdateSet((expression) => ({ failures: expression('sign_in_failure.failures', '+', 1), last_at: now })),
    )
    .returning('failures')
    .executeTakeFirstOrThrow()
  const over = row.failures - freeFailures
  if (over < 0) return
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(over, 30))
  await transaction
    .updateTable('sign_in_failure')
    .set({ blocked_until: now + pause })
    .where('kind', '=', kind)
    .where('subject_hash', '=', hash)
    .execute()
}
