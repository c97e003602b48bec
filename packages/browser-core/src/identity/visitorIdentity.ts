import type { VisitorId } from '@vasistas/wire/core'
import type { Random } from '../random.ts'
import type { IdentityStorage } from './identityStorage.ts'

const VISITOR_NAME = 'visitor'
const SESSION_NAME = 'session'

/** Whom the server has yet to erase, because he withdrew and asked for it. */
export const ERASE_NAME = 'erase'

/** The visitor's own secret id, made at the first recorded page. Only after consent. */
export function getOrCreateVisitor(storage: IdentityStorage, random: Random): VisitorId {
  const known = findVisitor(storage)
  if (known && /^[\w-]{22}$/.test(known)) return known
  const made = random.id()
  storage.write(VISITOR_NAME, made)
  return made
}

export const findVisitor = (storage: IdentityStorage): VisitorId | null =>
  storage.read(VISITOR_NAME) as VisitorId | null

/** Nothing by which this browser could be known again stays. */
export function forgetVisitor(storage: IdentityStorage): void {
  storage.remove(VISITOR_NAME)
  storage.remove(SESSION_NAME)
}
