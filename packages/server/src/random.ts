import { randomBytes } from 'node:crypto'

export interface Random {
  bytes(count: number): Uint8Array
  /** 128 random bits as 22 characters of base64url; never begins with a hyphen, which a command line takes for an option. */
  id(): string
}

/** The one source of chance; everybody else takes a `Random`. */
export const createRandom = (): Random => ({
  bytes: (count) => randomBytes(count),
  id: makeId,
})

function makeId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? makeId() : id
}
