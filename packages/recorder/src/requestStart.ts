import {
  backOff,
  getOrCreateVisitor,
  type Clock,
  type IdentityStorage,
  type IngestTransport,
  type Random,
  type SessionTracker,
} from '@vasistas/browser-core'
import {
  PROTOCOL_VERSION,
  RECORDER_VERSION,
  type SiteKey,
  type StartAccepted,
  type StartRefusalReason,
  type StartRequest,
  type StartResponse,
} from '@vasistas/wire/core'
import { describeEntry } from './contentGate.ts'
import type { RecordingMemory } from './startRecording.ts'

export interface StartDependencies {
  readonly page: Window
  readonly site: SiteKey
  readonly consent: StartRequest['consent']
  readonly clock: Clock
  readonly random: Random
  readonly storage: IdentityStorage
  readonly tracker: SessionTracker
  readonly transport: IngestTransport
  readonly memory: RecordingMemory
}

/** `unwanted`: nobody waits for the answer any more. */
export type StartOutcome =
  StartAccepted | { readonly ok: false; readonly reason: StartRefusalReason | 'refused' | 'unwanted' }

const LOCK = 'vasistas.start'
const OTHER_TABS_HEAR_MS = 200

/**
 * Asks to be recorded, until the server answers or nobody wants it any more. One tab at a time: a second one then finds the
 * session that the first began, and goes on with it.
 */
export async function requestStart(dependencies: StartDependencies, isWanted: () => boolean): Promise<StartOutcome> {
  const { page, clock, random, tracker, transport } = dependencies
  const nonce = random.id()

  async function ask(): Promise<StartResponse | number | undefined> {
    if (!isWanted()) return undefined
    const request = describeStart(dependencies, nonce, tracker.findCurrent()?.token)
    const { status, body, retryAfterMs } = await transport.post('/v1/start', JSON.stringify(request))
    if (!isWanted()) return undefined
    if (status === 200) {
      const response = body as unknown as StartResponse
      if (response.ok) tracker.join(response.token, response.recording)
      return response
    }
    return status === 0 || status === 408 || status === 429 || status >= 500 ? (retryAfterMs ?? 0) : undefined
  }

  for (let attempt = 0; isWanted(); attempt++) {
    const answer = await alone(page.navigator, ask)
    if (answer === undefined) break
    if (typeof answer !== 'number' && (answer.ok || answer.retryAfterMs === undefined)) return answer
    const askedMs = typeof answer === 'number' ? answer : answer.ok ? 0 : answer.retryAfterMs
    await new Promise((resolve) => setTimeout(resolve, backOff(attempt, random.share(), askedMs)))
  }
  return { ok: false, reason: isWanted() ? 'refused' : 'unwanted' }

  function describeStart(
    { site, consent, storage, memory }: StartDependencies,
    startNonce: string,
    resume: string | undefined,
  ): StartRequest {
    return {
      v: PROTOCOL_VERSION,
      site,
      visitor: getOrCreateVisitor(storage, random),
      nonce: startNonce,
      ...(resume !== undefined && { resume }),
      consent,
      ...describeEntry(page, memory.scope?.gate),
      language: page.navigator.language,
      screen: { width: page.innerWidth, height: page.innerHeight },
      now: clock.now(),
      recorder: RECORDER_VERSION,
    }
  }
}

/**
 * Where the browser has locks (secure pages). The next tab waits a little longer than the answer took: what one tab keeps,
 * the browser tells the others with a delay.
 */
function alone<Value>(navigator: Navigator, work: () => Promise<Value>): Promise<Value> {
  const locks = navigator.locks as LockManager | undefined
  if (!locks) return work()
  return new Promise((resolve, reject) => {
    locks
      .request(LOCK, async () => {
        resolve(await work())
        await new Promise((passed) => setTimeout(passed, OTHER_TABS_HEAR_MS))
      })
      .catch(reject)
  })
}
