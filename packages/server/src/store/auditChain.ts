import { createHash } from 'node:crypto'

/** An entry as it is hashed: what it says, and where it stands. */
export interface ChainedEntry {
  readonly account_id: number
  readonly n: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly target: string
}

/** Before the first entry. */
export const CHAIN_START: Uint8Array = new Uint8Array(32)

/** Each entry of an account holds the hash of the one before: to change one unseen, all that follow must be written anew. */
export function chainHash(
  previous: Uint8Array,
  { account_id, n, at, actor, action, target }: ChainedEntry,
): Uint8Array {
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify([account_id, n, at, actor, action, target]))
    .digest()
}

/** Follows one account's entries, which come in order. */
export function createChainCheck() {
  let previous = CHAIN_START
  let count = 0
  return {
    /** False: it does not follow from the one before. */
    follows(entry: ChainedEntry & { readonly hash: Uint8Array }): boolean {
      count++
      const isNext = entry.n === count && Buffer.from(chainHash(previous, entry)).equals(entry.hash)
      previous = entry.hash
      return isNext
    },
  }
}
