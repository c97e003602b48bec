import { createHash, createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { appError } from '../errors/appError.ts'
import type { Random } from '../random.ts'
import type { AccountStore, StoredAgent } from '../store/accountStore.ts'
import type { FailureSubject, SignInStore, StoredSignIn } from '../store/signInStore.ts'
import { hashPassword, verifyPassword } from './passwordHash.ts'

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

export interface SignInAttempt {
  readonly email: string
  readonly password: string
  readonly address: string
  readonly browser: string
  /** The cookie that came along: it is replaced. */
  readonly replaces: string | undefined
}

export interface SignInDependencies {
  readonly accounts: AccountStore
  readonly signIns: SignInStore
  readonly clock: Clock
  readonly random: Random
  /** Secrets for one purpose each. */
  readonly derive: (purpose: string) => KeyObject
}

export type SignIns = ReturnType<typeof createSignIns>

export function createSignIns({ accounts, signIns, clock, random, derive }: SignInDependencies) {
  const csrfKey = derive('csrf')
  const throttleKey = derive('sign-in throttling')
  let decoy: Promise<string> | undefined

  /** An unknown address costs as much as a wrong password. */
  const decoyHash = (): Promise<string> => (decoy ??= hashPassword(random.id()))

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

  return {
    /** The token for a new cookie. AppError SIGN_IN_FAILED or TOO_MANY_SIGN_INS; which of the two was wrong is not told. */
    async signIn({
      email,
      password,
      address,
      browser,
      replaces,
    }: SignInAttempt): Promise<{ token: string; agent: StoredAgent }> {
      const [byEmail, byAddress] = subjectsOf(email, address)
      const blockedMs = (await signIns.findBlockedUntil([byEmail, byAddress])) - clock.now()
      if (blockedMs > 0) {
        throw appError('TOO_MANY_SIGN_INS', undefined, { retryAfterSeconds: Math.ceil(blockedMs / 1000) })
      }
      const agent = await accounts.findByEmail(email)
      const isRight = await verifyPassword(agent?.passwordHash ?? (await decoyHash()), password)
      if (!agent || !isRight) {
        await signIns.noteFailure(byEmail, clock.now(), PER_EMAIL)
        await signIns.noteFailure(byAddress, clock.now(), PER_ADDRESS)
        throw appError('SIGN_IN_FAILED')
      }
      await signIns.forgetFailures(byEmail)
      return { token: await begin(agent.id, browser, replaces), agent }
    },

    begin,

    async find(token: string | undefined): Promise<SignedIn | undefined> {
      if (token === undefined || token.length !== 43) return undefined
      const now = clock.now()
      const found = await signIns.find(hashOf(token), now, now - IDLE_MS)
      if (found && now - found.signIn.seenAt > TOUCH_EVERY_MS) await signIns.touch(found.signIn.id, now)
      return found
    },

    list: (agentId: number) => signIns.list(agentId, clock.now(), clock.now() - IDLE_MS),
    end: (agentId: number, id: number) => signIns.end(agentId, id),
    endAll: (agentId: number, exceptId?: number) => signIns.endAll(agentId, exceptId),

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

/** An IPv4 address, or the /64 of an IPv6 one: what one household or guesser commands. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:/, '')
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain
}
