import type { Role } from '@vasistas/wire/api'

export type Action =
  'recording:watch' | 'recording:export' | 'recording:erase' | 'site:read' | 'site:write' | 'audit:read' | 'health:read'

const WHO: Readonly<Record<Action, readonly Role[]>> = {
  'recording:watch': ['owner', 'admin', 'agent', 'viewer'],
  'recording:export': ['owner', 'admin'],
  'recording:erase': ['owner', 'admin'],
  'site:read': ['owner', 'admin', 'agent', 'viewer'],
  'site:write': ['owner', 'admin'],
  'audit:read': ['owner', 'admin'],
  'health:read': ['owner', 'admin'],
}

/** What a signed-in agent may do, with things of which account. Another account's things do not exist for him. */
export function can(
  agent: { readonly role: Role; readonly accountId: number },
  action: Action,
  accountId: number,
): boolean {
  return agent.accountId === accountId && WHO[action].includes(agent.role)
}
