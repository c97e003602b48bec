import type { LiveEvent } from '@vasistas/wire/api'

/** Hints that wait for one socket: the same hint twice is one, and what is too many is dropped with the socket. */
export interface LiveQueue {
  /** False: more wait than the reader will ever want; it should connect again and ask the API. */
  add(event: LiveEvent): boolean
  takeAll(): readonly LiveEvent[]
}

const MAX_WAITING = 500

export function createLiveQueue(): LiveQueue {
  const waiting = new Map<string, LiveEvent>()
  return {
    add(event) {
      const subject = event.type === 'site.heard' ? `site ${event.siteId}` : `recording ${event.recording}`
      // An erasure overtakes what was said of the recording before, and nothing said later revives it.
      if (waiting.get(subject)?.type !== 'recording.erased') waiting.set(subject, event)
      return waiting.size <= MAX_WAITING
    },
    takeAll() {
      const events = [...waiting.values()]
      waiting.clear()
      return events
    },
  }
}
