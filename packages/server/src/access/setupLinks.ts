import { createHash } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { appError } from '../errors/appError.ts'
import type { Random } from '../random.ts'
import type { AccountStore, NewAgent, StoredAgent } from '../store/accountStore.ts'

const VALID_MS = 24 * 3600_000
const TOKEN_BYTES = 32

/** The one-time link that makes the first account. Its token travels in the fragment, which browsers send to no server. */
export interface SetupLinks {
  /** A new token; the one before ends. Undefined: there is an account. */
  issue(): Promise<string | undefined>
  /** Whether this token would make an account now. */
  isOpen(token: string): Promise<boolean>
  /** Makes the first account, once. AppError SETUP_LINK_INVALID. */
  claim(token: string, owner: NewAgent): Promise<StoredAgent>
}

export interface SetupLinkDependencies {
  readonly accounts: AccountStore
  readonly clock: Clock
  readonly random: Random
}

export function createSetupLinks({ accounts, clock, random }: SetupLinkDependencies): SetupLinks {
  return {
    async issue() {
      if (await accounts.hasAgents()) return undefined
      const token = Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')
      const now = clock.now()
      await accounts.replaceSetupToken(hashOf(token), now, now + VALID_MS)
      return token
    },
    isOpen: async (token) => !(await accounts.hasAgents()) && accounts.isSetupToken(hashOf(token), clock.now()),
    async claim(token, owner) {
      const agent = await accounts.createFirstOwner(hashOf(token), owner, clock.now())
      if (!agent) throw appError('SETUP_LINK_INVALID')
      return agent
    },
  }
}

/** The token itself is nowhere on disk. */
const hashOf = (token: string): Uint8Array => createHash('sha256').update(token).digest()
