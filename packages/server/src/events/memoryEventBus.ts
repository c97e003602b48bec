import { EventEmitter } from 'node:events'

import type { EventBus } from './eventBus.ts'

/** The bus of one process. A handler that throws is reported and stops no other. */
export function createMemoryEventBus(reportFailure: (error: unknown) => void): EventBus {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    publish(name, payload) {
      queueMicrotask(() => emitter.emit(name, payload))
    },
    subscribe(name, handler) {
      const guarded = (payload: Parameters<typeof handler>[0]) => {
        try {
          handler(payload)
        } catch (error) {
          reportFailure(error)
        }
      }
      emitter.on(name, guarded)
      return { stop: () => void emitter.off(name, guarded) }
    },
  }
}
