import { LIMITS, type TimeStamp } from '@vasistas/wire/core'
import type { Clock } from '../clock.ts'
import type { IdentityStorage } from './identityStorage.ts'

/** A session as all tabs of a site know it. */
export interface KnownSession {
  /** With which the next page asks to go on. */
  readonly token: string
  readonly recording: string
  readonly startedAt: TimeStamp
  /** When the visitor last did something, in any tab. */
  readonly activeAt: TimeStamp
  /** Page loads so far. */
  readonly streams: number
}

/** When a session begins, continues and is over: half an hour without the visitor, or four hours (storage.md §3.3). */
export interface SessionTracker {
  /** The session that a new page load may go on with. */
  findCurrent(): KnownSession | undefined
  /** A page load joined this session, or began it. */
  join(token: string, recording: string): void
  renew(token: string): void
  /** The visitor did something. */
  noteActivity(): void
  /** Whether what the visitor does now belongs to another session than what this page recorded last. */
  isOver(): boolean
  forget(): void
}

const NAME = 'session'
const WRITE_EVERY_MS = 5000
/** Ends before the server does, so that no batch arrives too late for its session. */
const LONGEST_MS = LIMITS.sessionMs - 60_000
const MOST_STREAMS = LIMITS.streamsPerSession - 16

export function createSessionTracker(storage: IdentityStorage, clock: Clock): SessionTracker {
  let activeAt = clock.now()
  let writtenAt = 0
  let startedAt = activeAt

  function read(): KnownSession | undefined {
    const known = storage.read(NAME) as Partial<KnownSession> | undefined
    return typeof known?.token === 'string' && Number.isFinite(known.startedAt) && Number.isFinite(known.activeAt)
      ? (known as KnownSession)
      : undefined
  }
  function change(changes: Partial<KnownSession>): void {
    const known = read()
    writtenAt = clock.now()
    if (known) storage.write(NAME, { ...known, ...changes })
  }
  const isPast = (started: TimeStamp, active: TimeStamp): boolean => {
    const now = clock.now()
    return now - active > LIMITS.sessionIdleMs || now - started > LONGEST_MS
  }

  return {
    findCurrent() {
      const known = read()
      return known && !isPast(known.startedAt, known.activeAt) && !(known.streams > MOST_STREAMS) ? known : undefined
    },
    join(token, recording) {
      const known = read()
      const isSame = known?.recording === recording
      activeAt = clock.now()
      startedAt = isSame ? known.startedAt : activeAt
      writtenAt = activeAt
      storage.write(NAME, { token, recording, startedAt, activeAt, streams: isSame ? known.streams + 1 : 1 })
    },
    renew: (token) => change({ token }),
    noteActivity() {
      activeAt = clock.now()
      if (activeAt - writtenAt > WRITE_EVERY_MS) change({ activeAt })
    },
    isOver: () => isPast(startedAt, activeAt),
    forget: () => storage.remove(NAME),
  }
}
