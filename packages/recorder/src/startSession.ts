import {
  addEventListener,
  createClock,
  createIngestTransport,
  createMonitor,
  createPageStorage,
  createRandom,
  stopAll,
  type Stoppable,
} from '@vasistas/browser-core'
import {
  LIMITS,
  PROTOCOL_VERSION,
  RECORDER_VERSION,
  type SiteKey,
  type StartRequest,
  type StartResponse,
} from '@vasistas/wire/core'
import { createUnsentBatches } from './batch/unsentBatches.ts'
import { describeEntry } from './entryPage.ts'
import type { Mark } from './nodePrivacy.ts'
import type { Realm } from './recordingScope.ts'
import { recordStream, type RecordedStream } from './recordStream.ts'
import { createSessionMemory } from './sessionMemory.ts'

export interface SessionOptions {
  readonly page: Realm
  /** Origin of the server. */
  readonly endpoint: string
  readonly site: SiteKey
  readonly consent: StartRequest['consent']
  /** Marks that calls made before the start. */
  readonly marks: readonly { readonly target: string | Element; readonly mark: Mark }[]
  onStarted(): void
  /** Nothing is recorded any more on this page, and why. */
  onStopped(reason: string): void
}

export interface RecordedSession {
  /** False: the selector is not valid; nothing changed. */
  mark(target: string | Element, mark: Mark): boolean
  event(name: string, props: Readonly<Record<string, string | number | boolean>>): void
  /** Ends; what was recorded is sent. */
  finish(): Promise<void>
  /** Consent is gone: what was not sent is dropped, nothing of the visitor stays in this browser. */
  discard(): void
}

const RETRIES = 6
const FIRST_RETRY_MS = 1000
/** How often the visitor's last activity is written down for the next page. */
const REMEMBER_MS = 5000
const WAKING = ['pointerdown', 'keydown', 'scroll', 'touchstart'] as const

/**
 * From consent to recording: asks the server for a session (or to go on with the last page's), records under the settings
 * it answers with, begins a new session after half an hour of silence or four hours, and ends quietly on any refusal.
 */
export function startSession(options: SessionOptions): RecordedSession {
  const { page, endpoint, site, consent, onStarted, onStopped } = options
  const clock = createClock()
  const random = createRandom()
  const monitor = createMonitor(() => undefined)
  const storage = createPageStorage(page)
  const memory = createSessionMemory(storage, random)
  const transport = createIngestTransport(endpoint, page.fetch.bind(page))
  const unsent = createUnsentBatches(clock.now)
  const marks = [...options.marks]
  let stream: RecordedStream | undefined
  let sleeping: Stoppable | undefined
  let isOver = false
  let restarts = 0

  async function begin(resume: string | undefined): Promise<void> {
    const answer = await requestStart(resume)
    if (isOver) return
    if (!answer) return stop('unreachable')
    if (!answer.ok) return stop(answer.reason)
    const startedAt = clock.now()
    const remembered = memory.read()
    const isResumed = resume !== undefined && remembered?.recording === answer.recording
    const sessionStartedAt = isResumed ? remembered.startedAt : startedAt
    let activeAt = clock.now()
    let rememberedAt = -Infinity

    function remember(token: string): void {
      rememberedAt = clock.mono()
      memory.write({
        token,
        recording: answer && answer.ok ? answer.recording : '',
        startedAt: sessionStartedAt,
        activeAt,
      })
    }

    stream = recordStream({
      page,
      accepted: answer,
      marks,
      clock,
      random,
      monitor,
      transport,
      unsent,
      onLife(token, isActive) {
        const now = clock.now()
        if (isActive && (now - activeAt > LIMITS.sessionIdleMs || now - sessionStartedAt > LIMITS.sessionMs))
          return restart()
        if (isActive) activeAt = now
        if (!isActive || clock.mono() - rememberedAt > REMEMBER_MS) remember(token)
      },
      onEnd(reason) {
        memory.forgetSession()
        stream = undefined
        if (reason === 'unknown' && restarts++ === 0) void begin(undefined)
        else stop('over')
      },
    })
    if (!stream) return stop('policy')
    remember(answer.token)
    idleCheck = setInterval(() => {
      if (clock.now() - activeAt > LIMITS.sessionIdleMs) sleep()
    }, LIMITS.sessionIdleMs / 30)
    onStarted()
  }

  let idleCheck: ReturnType<typeof setInterval> | undefined

  /** A page that changes by itself while nobody is there is nobody's session. */
  function sleep(): void {
    endStream()
    const wake = () => {
      sleeping?.stop()
      sleeping = undefined
      restart()
    }
    sleeping = stopAll(
      ...WAKING.map((type) => addEventListener(monitor, page, type, wake, { capture: true, passive: true })),
    )
  }

  /** In a task of its own: it may be the stream itself that found its session too old. */
  function restart(): void {
    endStream()
    memory.forgetSession()
    setTimeout(() => {
      if (!isOver) void begin(undefined)
    }, 0)
  }

  function endStream(): void {
    clearInterval(idleCheck)
    const ended = stream
    stream = undefined
    void ended?.finish()
  }

  function stop(reason: string): void {
    if (isOver) return
    isOver = true
    clearInterval(idleCheck)
    sleeping?.stop()
    stream?.stop()
    onStopped(reason)
  }

  async function requestStart(resume: string | undefined): Promise<StartResponse | undefined> {
    const request: StartRequest = {
      v: PROTOCOL_VERSION,
      site,
      visitor: memory.visitor(),
      nonce: random.id(),
      ...(resume !== undefined && { resume }),
      consent,
      ...describeEntry(page),
      language: page.navigator.language,
      screen: { width: page.screen.width, height: page.screen.height },
      now: clock.now(),
      recorder: RECORDER_VERSION,
    }
    for (let attempt = 0; attempt < RETRIES && !isOver; attempt++) {
      const answer = await transport.post('/v1/start', JSON.stringify({ ...request, now: clock.now() }))
      if (answer?.status === 200) return answer.body as unknown as StartResponse
      if (answer && answer.status < 500 && answer.status !== 429 && answer.status !== 408) return undefined
      const pause = answer?.retryAfterMs ?? FIRST_RETRY_MS * 2 ** attempt * (0.5 + random.share() / 2)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
    return undefined
  }

  /** What the last page could not send goes before anything else; the server knows duplicates. */
  async function sendUnsent(): Promise<void> {
    for (const envelope of await unsent.takeAll(clock.now())) {
      const answer = await transport.post('/v1/b', envelope)
      if (!answer || answer.status >= 500 || answer.status === 429) await unsent.keep([envelope])
    }
  }

  const last = memory.read()
  const isRecent =
    last && clock.now() - last.activeAt < LIMITS.sessionIdleMs && clock.now() - last.startedAt < LIMITS.sessionMs
  void begin(isRecent ? last.token : undefined)
  void monitor.run(() => sendUnsent())

  return {
    mark(target, mark) {
      marks.push({ target, mark })
      return stream?.mark(target, mark) ?? true
    },
    event: (name, props) => stream?.event(name, props),
    async finish() {
      isOver = true
      clearInterval(idleCheck)
      sleeping?.stop()
      await stream?.finish()
      onStopped('stopped')
    },
    discard() {
      transport.abort()
      memory.forgetSession()
      memory.forgetVisitor()
      if (typeof indexedDB !== 'undefined') indexedDB.deleteDatabase('vasistas')
      stop('consent')
    },
  }
}
