import type { Clock } from '../clock.ts'
import type { AuditAction, AuditStore } from '../store/auditStore.ts'

/** Writes into the log of the agent's account what the agent did, and to what: an id or a name, never content. */
export type NoteAction = (
  agent: { readonly accountId: number; readonly email: string },
  action: AuditAction,
  target: string,
) => Promise<void>

export function createNoteAction(audit: AuditStore, clock: Clock): NoteAction {
  return ({ accountId, email }, action, target) =>
    audit.append({ accountId, at: clock.now(), actor: email, action, target })
}
