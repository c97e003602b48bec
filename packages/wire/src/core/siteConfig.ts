import type { RecordingId, SessionId, SiteKey, VisitorId } from './ids.ts'
import type { Duration, TimeStamp } from './time.ts'

/** See product.md, "Privacy levels of a site". */
export type PrivacySiteLevel = 'strict' | 'balanced'

/** What a site allows to be recorded. The never-list stands above all of it. */
export interface PrivacyPolicy {
  readonly level: PrivacySiteLevel
  /** Off by default: no form entry leaves the browser. */
  readonly recordFormInputs: boolean
  /** Only with recordFormInputs: e-mail fields and addresses in fields. */
  readonly recordEmails: boolean
  /** Only with recordFormInputs: numbers of six and more digits in fields. */
  readonly recordNumbers: boolean
  /** CSS selectors per mark; an invalid `block`, `mask` or `ignore` selector means: no recording (fail closed). */
  readonly block: readonly string[]
  readonly mask: readonly string[]
  readonly ignore: readonly string[]
  readonly allow: readonly string[]
  /** Whether marks of other vendors that lower privacy are honoured. */
  readonly readForeignAllowMarks: boolean
  /** Hosts besides the page's own whose images are kept, e.g. `cdn.example.com`. */
  readonly imageHosts: readonly string[]
  /** Path patterns with `*`, e.g. `/checkout/*`: nothing is recorded there. */
  readonly excludedPages: readonly string[]
  /** Query names that URLs keep, e.g. `utm_source`. */
  readonly allowedQueryNames: readonly string[]
}

/** The policy of a site that chose nothing. */
export const DEFAULT_PRIVACY: PrivacyPolicy = {
  level: 'balanced',
  recordFormInputs: false,
  recordEmails: false,
  recordNumbers: false,
  block: [],
  mask: [],
  ignore: [],
  allow: [],
  readForeignAllowMarks: false,
  imageHosts: [],
  excludedPages: [],
  allowedQueryNames: [],
}

/** Body of `POST /v1/start`: JSON as `text/plain` (CORS-simple), at most LIMITS.startBytes, unknown keys refused. */
export interface StartRequest {
  readonly v: 1
  readonly site: SiteKey
  readonly visitor: VisitorId
  /** 128 random bits: a retried start makes no second session. */
  readonly nonce: string
  /** Token of the session to go on with; the server makes a new session if it is over. */
  readonly resume?: string
  readonly consent: {
    readonly recording: true
    readonly at: TimeStamp
    readonly mechanism: 'notice' | 'api'
    /** Hash or version of the words shown. */
    readonly textVersion: string
  }
  /** Scrubbed by the browser, scrubbed again by the server. */
  readonly page: string
  /** Origin only; empty when there is none. */
  readonly referrer: string
  readonly language: string
  readonly screen: { readonly width: number; readonly height: number }
  readonly now: TimeStamp
  readonly recorder: string
}

export interface StartAccepted {
  readonly ok: true
  readonly session: SessionId
  readonly recording: RecordingId
  /** Write-only capability for this session's batches; 30 minutes. */
  readonly token: string
  readonly serverNow: TimeStamp
  readonly flushMs: Duration
  readonly maxBodyBytes: number
  readonly privacy: PrivacyPolicy
}

export type StartRefusalReason =
  | 'consent-missing'
  | 'not-sampled'
  | 'recording-off'
  | 'page-excluded'
  | 'bot'
  | 'busy'
  | 'site-unknown'
  | 'origin-not-allowed'

export interface StartRefused {
  readonly ok: false
  readonly reason: StartRefusalReason
  readonly retryAfterMs?: Duration
}

export type StartResponse = StartAccepted | StartRefused
