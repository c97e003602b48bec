import { createHash } from 'node:crypto'

import { matchesPage, scrubUrl } from '@vasistas/privacy'
import {
  LIMITS,
  milliseconds,
  type Duration,
  type PrivacyPolicy,
  type StartAccepted,
  type StartRefusalReason,
  type StartRequest,
  type StartResponse,
} from '@vasistas/wire/core'
import type { SiteSettings } from '@vasistas/wire/api'

import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { IngestHealth } from '../observability/ingestHealth.ts'
import type { Random } from '../random.ts'
import type { FindCountry } from '../store/countryDatabase.ts'
import type { SharedStore } from '../store/openStore.ts'
import type { StoredSession } from '../store/sessionStore.ts'
import type { StoredSite } from '../store/siteStore.ts'
import { describeClient, isBot } from './describeClient.ts'
import type { IngestLimits } from './ingestLimits.ts'
import type { ParsedStart } from './parseStartRequest.ts'
import type { SessionTokens } from './sessionToken.ts'
import type { Shedding } from './shedding.ts'

/** What the connection says, besides the body. Used here and forgotten. */
export interface Caller {
  /** Lower case; empty when the browser sent none. */
  readonly origin: string
  readonly address: string
  readonly userAgent: string
}

export interface Admission {
  readonly response: StartResponse
  /** The site lists the caller's origin: its pages may read the answer. */
  readonly isOriginListed: boolean
}

export interface AdmissionDependencies {
  readonly store: SharedStore
  readonly tokens: SessionTokens
  readonly limits: IngestLimits
  readonly shedding: Pick<Shedding, 'refusesStarts'>
  readonly findCountry: FindCountry
  readonly events: EventBus
  readonly health: IngestHealth
  readonly clock: Clock
  readonly random: Random
}

const DAY = 86_400_000
const FLUSH_MS = milliseconds(5000)
const BUSY_MS = milliseconds(30_000)
const HEARD_EVERY_MS = 10_000
/** As long as a token still proves its session: a server that was away does not tear recordings apart. */
const RESUME_MS = LIMITS.sessionIdleMs + 10 * 60_000

/** The only admission point. All or nothing: a session that was let in is recorded whole (storage.md §3.2). */
export function createAdmission(dependencies: AdmissionDependencies) {
  const { store, tokens, limits, shedding, findCountry, events, health, clock, random } = dependencies
  const heard = new Map<number, number>()

  return async function admitSession(request: ParsedStart, caller: Caller): Promise<Admission> {
    const site = await store.sites.findByKey(request.site)
    const isOriginListed = site?.origins.includes(caller.origin) ?? false
    const response = await decide(request, caller, site, isOriginListed)
    if (!response.ok) health.refused(response.reason)
    return { response, isOriginListed }
  }

  async function decide(
    request: ParsedStart,
    caller: Caller,
    site: StoredSite | undefined,
    isOriginListed: boolean,
  ): Promise<StartResponse> {
    if (!site) return refuse('site-unknown')
    if (!isOriginListed) return refuse('origin-not-allowed')
    const waitMs = limits.start(site.id, caller.address)
    if (waitMs > 0) return refuse('busy', milliseconds(waitMs))
    await noteHeard(site, caller.origin, request.recorder)
    if (isBot(caller.userAgent)) return refuse('bot')
    const { consent } = request
    if (!consent) return refuse('consent-missing')
    const { settings } = site
    if (!settings.recordingOn) return refuse('recording-off')
    const path = pathOf(request.page)
    if (matchesPage(path, settings.excludedPages)) return refuse('page-excluded')
    if (!isSampled(request.nonce, settings.sampleRate)) return refuse('not-sampled')
    if (shedding.refusesStarts) return refuse('busy', BUSY_MS)

    const visitorHash = store.visitors.hash(site.id, request.visitor)
    const resumed = await resume(request.resume, site, visitorHash)
    const session = resumed ?? (await begin(request, consent, caller, site, visitorHash, path))
    return accept(session, agreedPrivacy(privacyOf(settings), consent))
  }

  async function resume(
    token: string | undefined,
    site: StoredSite,
    visitorHash: Uint8Array,
  ): Promise<StoredSession | undefined> {
    const reading = token === undefined ? undefined : tokens.read(token)
    if (!reading || reading.status === 'invalid' || reading.site !== site.id) return undefined
    const session = await store.sessions.findOfVisitor(reading.session, visitorHash)
    if (!session || session.siteId !== site.id) return undefined
    const now = clock.now()
    const isOver = now - session.lastReceivedAt > RESUME_MS || now - session.startedAt > LIMITS.sessionMs
    if (isOver || session.expiresAt <= now) return undefined
    return (await store.keys.find('session', session.id)).status === 'found' ? session : undefined
  }

  /** The key is durable before the row, and both before a token exists. */
  async function begin(
    request: ParsedStart,
    consent: NonNullable<ParsedStart['consent']>,
    caller: Caller,
    site: StoredSite,
    visitorHash: Uint8Array,
    path: string,
  ): Promise<StoredSession> {
    const earlier = await store.sessions.findByNonce(site.id, request.nonce)
    if (earlier) return earlier
    const startedAt = clock.now()
    const { retentionDays } = site.settings
    const expiresAt = startedAt + retentionDays * DAY
    const id = store.ids.next()
    await store.keys.create('session', id, expiresAt)
    const session = await store.sessions.start({
      id,
      recording: random.id(),
      siteId: site.id,
      visitorHash,
      nonce: request.nonce,
      startedAt,
      expiresAt,
      retentionDays,
      consent: { mechanism: consent.mechanism, textVersion: consent.textVersion, givenAt: consent.at },
      client: describeClient(caller.userAgent, caller.address, findCountry),
      entryPath: path,
      referrer: originOf(request.referrer),
      language: request.language,
      viewport: request.screen,
      recorder: request.recorder,
    })
    if (session.id !== id)
      await store.keys.shred('session', [id]) // a repeat of this start was faster
    else events.publish('session.started', { siteId: site.id, session: id, recording: session.recording })
    return session
  }

  function accept(session: StoredSession, privacy: PrivacyPolicy): StartAccepted {
    return {
      ok: true,
      session: session.id,
      recording: session.recording,
      token: tokens.issue(session.id, session.siteId),
      serverNow: clock.now(),
      flushMs: FLUSH_MS,
      maxBodyBytes: LIMITS.bodyBytes,
      privacy,
    }
  }

  /** The install page turns green; written down at most every ten seconds. */
  async function noteHeard(site: StoredSite, origin: string, recorder: string): Promise<void> {
    const at = clock.now()
    events.publish('site.heard', { siteId: site.id, at, origin })
    if (at - (heard.get(site.id) ?? 0) < HEARD_EVERY_MS) return
    heard.set(site.id, at)
    await store.sites.noteHeard(site.id, at, origin, recorder)
  }
}

const refuse = (reason: StartRefusalReason, retryAfterMs?: Duration): StartResponse => ({
  ok: false,
  reason,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

/** Decided by the nonce, so that a retried start meets the same answer. */
function isSampled(nonce: Uint8Array, sampleRate: number): boolean {
  const draw = createHash('sha256').update('sample').update(nonce).digest().readUInt32BE(0)
  return draw < sampleRate * 2 ** 32
}

function pathOf(page: string): string {
  const scrubbed = scrubUrl(page)
  return URL.canParse(scrubbed) ? new URL(scrubbed).pathname.slice(0, 1024) : ''
}

function originOf(referrer: string): string {
  return /^https?:/i.test(referrer) && URL.canParse(referrer) ? new URL(referrer).origin : ''
}

/** How the loader's notice ends the name of words that say that entries in forms are recorded (packages/embed). */
const FORMS_AGREED = /-forms$/

/** What the notice did not say is not agreed to: who read that his entries stay with him is recorded without them. */
function agreedPrivacy(policy: PrivacyPolicy, { mechanism, textVersion }: StartRequest['consent']): PrivacyPolicy {
  return mechanism === 'notice' && !FORMS_AGREED.test(textVersion) ? { ...policy, recordFormInputs: false } : policy
}

function privacyOf(settings: SiteSettings): PrivacyPolicy {
  return {
    level: settings.level,
    recordFormInputs: settings.recordFormInputs,
    recordEmails: settings.recordEmails,
    recordNumbers: settings.recordNumbers,
    block: settings.block,
    mask: settings.mask,
    ignore: settings.ignore,
    allow: settings.allow,
    readForeignAllowMarks: settings.readForeignAllowMarks,
    imageHosts: settings.imageHosts,
    excludedPages: settings.excludedPages,
    allowedQueryNames: settings.allowedQueryNames,
  }
}
