import { randomBytes } from 'node:crypto'

export interface Random {
  bytes(count: number): Uint8Array
  /** 128 random bits as 22 characters of base64url. */
  id(): string
}

/** The one source of chance; everybody else takes a `Random`. */
export const createRandom = (): Random => ({
  bytes: (count) => randomBytes(count),
  id: () => randomBytes(16).toString('base64url'),
})
