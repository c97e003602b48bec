import type { ServerEventMap, ServerEventName } from './serverEvents.ts'

/** At most once, best effort: who misses an event finds the truth in the store a little later. */
export interface EventBus {
  /** Returns before handlers ran; never throws because of one. */
  publish<Name extends ServerEventName>(name: Name, payload: ServerEventMap[Name]): void
  /** Stopping twice is harmless. */
  subscribe<Name extends ServerEventName>(
    name: Name,
    handler: (payload: ServerEventMap[Name]) => void,
  ): { stop(): void }
}
