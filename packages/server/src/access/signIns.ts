import { createHash, createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { appError } from '../errors/appError.ts'
import { networkOf } from '../networkOf.ts'
import type { Random } from '../random.ts'
import type { AccountStore, AgentWithPassword, StoredAgent } from '../store/accountStore.ts'
import type { FailureSubject, SignInStore, StoredSignIn } from '../store/signInStore.ts'
import type { PasswordHasher } from './passwordHash.ts'

const HOUR = 3600_000
const IDLE_MS = 12 * HOUR
const ABSOLUTE_MS = 30 * 24 * HOUR
/** How often a stay is written down; the idle limit is that much shorter at worst. */
const TOUCH_EVERY_MS = 60_000
const TOKEN_BYTES = 32

/** Five slips are free; then the pause doubles from five seconds to a quarter of an hour. */
const PER_EMAIL = { freeFailures: 5, firstPauseMs: 5000, longestPauseMs: HOUR / 4, forgetAfterMs: 24 * HOUR }
/** An office shares an address; a guesser tries many accounts from one. */
const PER_ADDRESS = { ...PER_EMAIL, freeFailures: 30 }

export interface SignedIn {
  readonly agent: StoredAgent
  readonly signIn: StoredSignIn
}

/** A password that somebody says is an account's, from a network address. */
export interface PasswordTry {
  readonly email: string
  readonly password: string
  readonly address: string
}

export interface SignInAttempt extends PasswordTry {
  readonly browser: string
  /** The cookie that came along: it is replaced. */
  readonly replaces: string | undefined
}

export interface SignInDependencies {
  readonly accounts: AccountStore
  readonly signIns: SignInStore
  readonly passwords: PasswordHasher
  readonly clock: Clock
  readonly random: Random
  /** Secrets for one purpose each. */
  readonly derive: (purpose: string) => KeyObject
}

export type SignIns = ReturnType<typeof createSignIns>

export function createSignIns({ accounts, signIns, passwords, clock, random, derive }: SignInDependencies) {
  const csrfKey = derive('csrf')
  const throttleKey = derive('sign-in throttling')

  const keyed = (text: string) => createHmac('sha256', throttleKey).update(text).digest()
  const subjectsOf = (email: string, address: string): readonly [FailureSubject, FailureSubject] => [
    // Together with the address: a stranger elsewhere must not lock the owner out.
    { kind: 'email', hash: keyed(`${email.trim().toLowerCase()}\0${networkOf(address)}`) },
    { kind: 'address', hash: keyed(networkOf(address)) },
  ]

  async function begin(agentId: number, browser: string, replaces: string | undefined): Promise<string> {
    const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')
    const now = clock.now()
    await signIns.create(
      { tokenHash: hashOf(token), agentId, browser, now, expiresAt: now + ABSOLUTE_MS },
      replaces === undefined ? undefined : hashOf(replaces),
    )
    return token
  }

  /**
   * Whether the password is this agent's. Each try is counted before it is looked at, so that many at once gain nothing; an
   * unknown address is as much work as a wrong password. AppError TOO_MANY_SIGN_INS, BUSY.
   */
  async function isPassword(
    { email, password, address }: PasswordTry,
    agent: AgentWithPassword | undefined,
  ): Promise<boolean> {
    const [byEmail, byAddress] = subjectsOf(email, address)
    const now = clock.now()
    const blockedUntil = await signIns.noteTry(
      [
        { ...byEmail, policy: PER_EMAIL },
        { ...byAddress, policy: PER_ADDRESS },
      ],
      now,
    )
    if (blockedUntil > now) {
      throw appError('TOO_MANY_SIGN_INS', undefined, { retryAfterSeconds: Math.ceil((blockedUntil - now) / 1000) })
    }
    const isRight = await passwords.verify(agent?.passwordHash, password)
    if (isRight) await signIns.forgetTry({ forget: byEmail, takeBack: byAddress })
    return isRight
  }

  return {
    /** The token for a new cookie. AppError SIGN_IN_FAILED or TOO_MANY_SIGN_INS; which of the two was wrong is not told. */
    async signIn({ browser, replaces, ...tried }: SignInAttempt): Promise<{ token: string; agent: StoredAgent }> {
      const agent = await accounts.findByEmail(tried.email)
      const isRight = await isPassword(tried, agent)
      if (!agent || !isRight) throw appError('SIGN_IN_FAILED')
      return { token: await begin(agent.id, browser, replaces), agent }
    },

    isPassword,
    begin,

    async find(token: string | undefined): Promise<SignedIn | undefined> {
      if (token === undefined || token.length !== 43) return undefined
      const now = clock.now()
      const found = await signIns.find(hashOf(token), now, now - IDLE_MS)
      if (found && now - found.signIn.seenAt > TOUCH_EVERY_MS) {
        // Not waited for: when the store is busy a stay ends a little early, and no request waits or fails for it.
        signIns.touch(found.signIn.id, now).catch(() => undefined)
      }
      return found
    },

    list: (agentId: number) => signIns.list(agentId, clock.now(), clock.now() - IDLE_MS),
    end: (agentId: number, id: number) => signIns.end(agentId, id),
    endAll: (agentId: number) => signIns.endAll(agentId),

    /** Follows from the cookie, so that it needs no place of its own and dies with it. */
    csrfTokenOf: (token: string): string => createHmac('sha256', csrfKey).update(token).digest('base64url'),

    isCsrfToken(token: string, given: unknown): boolean {
      const expected = createHmac('sha256', csrfKey).update(token).digest()
      const actual = Buffer.from(typeof given === 'string' ? given : '', 'base64url')
      return actual.length === expected.length && timingSafeEqual(actual, expected)
    },
  }
}

const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest()
