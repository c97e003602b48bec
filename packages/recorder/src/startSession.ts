import {
  createClock,
  createIngestTransport,
  createMonitor,
  createRandom,
  createSessionTracker,
  forgetVisitor,
  onPageExit,
  type IdentityStorage,
  type PageExit,
} from '@vasistas/browser-core'
import type { RecordingId, SiteKey, StartAccepted, StartRequest } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'
import { createBatchStream, type BatchStream, type BatchStreamOptions } from './batch/batchStream.ts'
import { createCompressor } from './batch/compressor.ts'
import { createUnsentBatches } from './batch/unsentBatches.ts'
import type { Mark } from './nodePrivacy.ts'
import type { Realm } from './recordingScope.ts'
import { requestStart, type StartOutcome } from './requestStart.ts'
import { sendUnsent } from './sendUnsent.ts'
import { startRecording, type Recording, type RecordingMemory } from './startRecording.ts'

export interface SessionOptions {
  readonly page: Realm
  /** Address of the server, without a slash at the end. */
  readonly server: string
  readonly site: SiteKey
  readonly consent: StartRequest['consent']
  readonly storage: IdentityStorage
  /** Marks made by calls so far, in order; read when recording begins. Elements are not kept alive for it. */
  readonly marks: readonly { readonly target: string | WeakRef<Element>; readonly mark: Mark }[]
  /** The same object for every session of one page: what was learned about sensitive fields must not be forgotten. */
  readonly memory: RecordingMemory
  /** Whether the visitor still agrees: asked before every request, because another tab may have been told otherwise. */
  isAllowed(): boolean
  onStarted(recording: RecordingId): void
  /** Nothing is recorded any more on this page, and why: a code. */
  onStopped(reason: StopReason): void
}

export type StopReason =
  | Extract<StartOutcome, { ok: false }>['reason']
  | Parameters<BatchStreamOptions['onRefused']>[0]
  | 'asked'
  | 'withdrawn'
  | 'settings-invalid'
  | 'settings-changed'
  | 'failed'

export interface RecordedSession {
  /** Besides `marks`, for a recording that has begun. False: the selector is not valid; nothing changed. */
  mark(target: string | Element, mark: Mark): boolean
  event(name: string, props: Readonly<Record<string, string | number | boolean>>): void
  /** Ends; what was recorded still goes to the server. */
  stop(): void
  /** Consent is gone: nothing leaves any more, what was not sent is dropped, nothing of the visitor stays here. */
  discard(): void
}

type Phase =
  | { readonly status: 'starting' | 'ended' }
  | { readonly status: 'recording'; readonly stream: BatchStream }
  /** The server has to say first whether it goes on with this session. */
  | { readonly status: 'renewing'; readonly stream: BatchStream }

/** A full snapshot this often, so that a player never has far to go. */
const CHECKOUT_MS = 5 * 60_000
const MOST_EARLY_EVENTS = 100
/** What only a person does: a page that changes by itself keeps no session alive. */
const ACTIVITY: ReadonlySet<ReplayRecord['type']> = new Set<ReplayRecord['type']>([
  'pointer-move',
  'pointer-action',
  'scroll',
  'input',
  'focus',
  'navigation',
])

/**
 * From consent to recording: asks the server for a session, or to go on with that of the last page, records under the
 * settings that it answers with, begins a new session after half an hour of silence or four hours, and ends quietly on any
 * refusal.
 */
export function startSession(options: SessionOptions): RecordedSession {
  const { page, server, site, consent, storage, marks, memory, isAllowed, onStarted, onStopped } = options
  const clock = createClock()
  const random = createRandom()
  const monitor = createMonitor(() => undefined)
  const tracker = createSessionTracker(storage, clock)
  const transport = createIngestTransport({ server, fetch: page.fetch.bind(page), isAllowed: checkConsent })
  const compressor = createCompressor()
  const unsent = createUnsentBatches(clock, random)
  /** Ended, but not everything of them has arrived. */
  const draining = new Set<BatchStream>()
  /** Told before there was a recording: by a page that is hardly loaded. */
  const earlyEvents: Parameters<RecordedSession['event']>[] = []
  let phase: Phase = { status: 'starting' }
  let recording: Recording | undefined
  let snapshotAt = clock.mono()
  let isDiscarded = false

  const exits = onPageExit(page, monitor, leave)
  attempt(begin())

  /** Whatever took consent away, this tab ends as if it had been told. */
  function checkConsent(): boolean {
    if (!isAllowed()) discard()
    return !isDiscarded
  }

  /** Our failure must not show up in the page as a rejection that nobody handles. */
  function attempt(work: Promise<void>): void {
    work.catch(() => end('failed'))
  }

  async function begin(): Promise<void> {
    const answer = await ask('starting')
    if (answer) enter(answer)
  }

  async function ask(during: Phase['status']): Promise<StartAccepted | undefined> {
    const isWanted = () => phase.status === during
    const answer = await requestStart(
      { page, site, consent, clock, random, storage, tracker, transport, memory },
      isWanted,
    )
    if (!isWanted()) return undefined
    if (answer.ok) return answer
    end(answer.reason)
    return undefined
  }

  /** A new stream: it begins with a page and a snapshot. */
  function enter(accepted: StartAccepted): void {
    const { settings } = memory
    if (settings !== undefined && settings !== JSON.stringify(accepted.privacy)) return end('settings-changed')
    snapshotAt = clock.mono()
    phase = { status: 'recording', stream: createStream(accepted) }
    if (recording) return recording.takeSnapshot()
    recording = startRecording({
      page,
      privacy: accepted.privacy,
      clock,
      monitor,
      marks: livingMarks(),
      memory,
      emit: onRecord,
    })
    if (!recording) return end('settings-invalid')
    for (const [name, props] of earlyEvents.splice(0)) recording.event(name, props)
    onStarted(accepted.recording)
    void sendUnsent(unsent, transport)
  }

  function livingMarks(): { target: string | Element; mark: Mark }[] {
    return marks.flatMap(({ target, mark }) => {
      const living = typeof target === 'string' ? target : target.deref()
      return living === undefined ? [] : [{ target: living, mark }]
    })
  }

  function createStream(accepted: StartAccepted): BatchStream {
    const stream = createBatchStream({
      accepted,
      clock,
      random,
      compressor,
      transport,
      unsent,
      onToken(token) {
        if (isCurrent()) tracker.renew(token)
      },
      onSnapshotWanted: () => takeSnapshot(),
      onLost(reason) {
        if (!isCurrent()) return
        stream.add({ type: 'gap', at: clock.now(), reason })
        takeSnapshot()
      },
      onRefused(refusal) {
        if (!isCurrent()) drop(stream)
        else if (refusal === 'token') attempt(renew(stream))
        else {
          if (refusal === 'over') forgetVisitor(storage)
          end(refusal)
        }
      },
      onDrained: () => drop(stream),
    })
    const isCurrent = () => 'stream' in phase && phase.stream === stream
    return stream
  }

  function onRecord(record: ReplayRecord): void {
    if (phase.status !== 'recording') return
    const isActivity = ACTIVITY.has(record.type)
    if (tracker.isOver()) {
      // Whatever the page does while nobody is there is nobody's session.
      if (isActivity) restart()
      return
    }
    if (isActivity) tracker.noteActivity()
    phase.stream.add(record)
    if (clock.mono() - snapshotAt > CHECKOUT_MS) {
      snapshotAt = clock.mono()
      setTimeout(takeSnapshot, 0) // not from within what the recorder is telling
    }
  }

  function takeSnapshot(): void {
    if (phase.status !== 'recording') return
    snapshotAt = clock.mono()
    recording?.takeSnapshot()
  }

  function restart(): void {
    finishStream()
    phase = { status: 'starting' }
    attempt(begin())
  }

  /** The server forgot the session, or the token grew too old: once it is asked again, and batches wait for the answer. */
  async function renew(stream: BatchStream): Promise<void> {
    phase = { status: 'renewing', stream }
    const answer = await ask('renewing')
    if (answer?.session === stream.session) {
      phase = { status: 'recording', stream }
      stream.renew(answer.token)
      takeSnapshot() // records were let go meanwhile
    } else if (answer) {
      drop(stream)
      enter(answer)
    }
  }

  function leave(exit: PageExit): void {
    if (!checkConsent()) return
    recording?.flush()
    for (const stream of streams()) stream.leave(exit === 'gone')
  }

  function streams(): readonly BatchStream[] {
    return 'stream' in phase ? [...draining, phase.stream] : [...draining]
  }

  function finishStream(): void {
    if (!('stream' in phase)) return
    draining.add(phase.stream)
    phase.stream.finish()
  }

  function drop(stream: BatchStream): void {
    stream.stop()
    draining.delete(stream)
    if (phase.status === 'ended' && draining.size === 0) close()
  }

  /** The server's word, or the page's: nothing more is recorded; of what waits, only what can still arrive is sent. */
  function end(reason: StopReason): void {
    if (phase.status === 'ended') return
    if (reason === 'asked') recording?.flush()
    const stream = 'stream' in phase ? phase.stream : undefined
    const hasMore = reason === 'asked' || reason === 'settings-changed'
    if (hasMore) finishStream()
    else stream?.stop()
    recording?.stop()
    recording = undefined
    phase = { status: 'ended' }
    if (draining.size === 0) close()
    onStopped(reason)
  }

  function discard(): void {
    if (isDiscarded) return
    isDiscarded = true
    transport.abort()
    forgetVisitor(storage)
    for (const stream of streams()) stream.stop()
    draining.clear()
    end('withdrawn')
    unsent.erase()
  }

  function close(): void {
    exits.stop()
    compressor.stop()
    unsent.close()
  }

  return {
    mark(target, mark) {
      return recording?.mark(target, mark) ?? true
    },
    event(name, props) {
      if (recording) recording.event(name, props)
      else if (phase.status === 'starting' && earlyEvents.length < MOST_EARLY_EVENTS) earlyEvents.push([name, props])
    },
    stop: () => end('asked'),
    discard,
  }
}
