import { LIMITS, type SessionId, type StreamId } from '@vasistas/wire/core'

import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import { createBoundedCache } from '../store/boundedCache.ts'
import type { SharedStore } from '../store/openStore.ts'
import type { DataKey } from '../store/sealFrame.ts'
import type { StoredSession } from '../store/sessionStore.ts'

/** What taking a batch in needs of its session, kept for a minute. */
export interface OpenSession {
  readonly session: StoredSession
  readonly key: DataKey
  readonly streams: Set<StreamId>
  /** Compressed bytes so far, those on their way included. */
  bytes: number
}

export interface OpenSessions {
  /** `unknown`: never was here, start again. `over`: erased or expired, stop. */
  find(id: SessionId): Promise<OpenSession | 'unknown' | 'over'>
  forget(id: SessionId): void
  stop(): void
}

const MOST_SESSIONS = 20_000
const KEPT_MS = 60_000

export function startOpenSessions(store: SharedStore, events: EventBus, clock: Clock): OpenSessions {
  const cache = createBoundedCache<SessionId, OpenSession>(MOST_SESSIONS, KEPT_MS, () => clock.mono())
  const loading = new Map<SessionId, Promise<OpenSession | 'unknown' | 'over'>>()
  const erased = events.subscribe('session.erased', ({ session }) => cache.delete(session))

  async function load(id: SessionId): Promise<OpenSession | 'unknown' | 'over'> {
    const [lookup, session, streams] = await Promise.all([
      store.keys.find('session', id),
      store.sessions.find(id),
      store.sessions.listStreams(id),
    ])
    if (lookup.status === 'shredded') return 'over'
    if (lookup.status === 'unknown') return 'unknown'
    if (!session || session.expiresAt <= clock.now()) return 'over'
    const open: OpenSession = { session, key: lookup.key, streams: new Set(streams), bytes: session.bytes }
    cache.set(id, open)
    return open
  }

  return {
    async find(id) {
      const cached = cache.get(id)
      if (cached) return cached
      const running = loading.get(id) ?? load(id).finally(() => loading.delete(id))
      loading.set(id, running)
      return running
    },
    forget: (id) => cache.delete(id),
    stop: () => erased.stop(),
  }
}

/** Compressed bytes and streams that one session may have; beyond it is over. */
export const hasRoom = ({ bytes }: OpenSession, more: number): boolean => bytes + more <= LIMITS.sessionBytes
