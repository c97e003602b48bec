import { hash, verify } from '@node-rs/argon2'
import { createSlots } from './slots.ts'

/** OWASP's recommendation for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Node's pool has four threads, and every write to disk needs one: guessers must not hold them all. */
const AT_ONCE = 2
const MOST_WAITING = 50

export interface PasswordHasher {
  /** argon2id in PHC form, with a salt of its own. AppError BUSY. */
  hash(password: string): Promise<string>
  /** Without a hash to compare with it is as much work, and false. AppError BUSY. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>
}

export function createPasswordHasher(): PasswordHasher {
  const slots = createSlots({ atOnce: AT_ONCE, mostWaiting: MOST_WAITING })
  return {
    hash: (password) => slots.run(() => hash(password, PARAMETERS)),
    verify: (passwordHash, password) =>
      slots.run(async () => {
        if (passwordHash !== undefined) return verify(passwordHash, password)
        await hash(password, PARAMETERS)
        return false
      }),
  }
}
