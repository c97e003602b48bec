import type { PageStorage, Random } from '@vasistas/browser-core'
import type { RecordingId, VisitorId } from '@vasistas/wire/core'

/** What a session leaves for the next page of the site, after consent only. */
export interface RememberedSession {
  readonly token: string
  readonly recording: RecordingId
  readonly startedAt: number
  /** Last moment the visitor did something. */
  readonly activeAt: number
}

export interface SessionMemory {
  visitor(): VisitorId
  read(): RememberedSession | undefined
  write(session: RememberedSession): void
  forgetSession(): void
  forgetVisitor(): void
}

export function createSessionMemory(storage: PageStorage, random: Random): SessionMemory {
  return {
    visitor() {
      const known = storage.read('visitor')
      if (typeof known === 'string' && /^[\w-]{22}$/.test(known)) return known
      const made = random.id()
      storage.write('visitor', made)
      return made
    },
    read() {
      const found = storage.read('session') as Partial<RememberedSession> | undefined
      const isWhole =
        typeof found?.token === 'string' &&
        typeof found.recording === 'string' &&
        Number.isFinite(found.startedAt) &&
        Number.isFinite(found.activeAt)
      return isWhole ? (found as RememberedSession) : undefined
    },
    write: (session) => storage.write('session', session),
    forgetSession: () => storage.remove('session'),
    forgetVisitor: () => storage.remove('visitor'),
  }
}
