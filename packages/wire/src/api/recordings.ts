import type { RecordingId, SequenceNumber, SiteId, StreamId } from '../core/ids.ts'
import type { Duration, TimeStamp } from '../core/time.ts'

/** `live`: a batch in the last 5 minutes; `quiet`: none since; `sealed`: over (30 minutes). */
export type RecordingState = 'live' | 'quiet' | 'sealed'

export interface RecordingSummary {
  readonly id: RecordingId
  readonly siteId: SiteId
  readonly state: RecordingState
  readonly startedAt: TimeStamp
  readonly durationMs: Duration
  readonly activeMs: Duration
  /** Short label of the visitor, stable per browser: never an identity. */
  readonly visitor: string
  /** How many recordings of this visitor the site holds. */
  readonly visitorRecordings: number
  /** ISO 3166 alpha-2, or empty. */
  readonly country: string
  readonly device: 'desktop' | 'mobile' | 'tablet' | ''
  readonly browser: string
  readonly os: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly pages: number
  readonly clicks: number
  readonly inputs: number
  readonly errors: number
  readonly rageClicks: number
  readonly entryPath: string
  readonly exitPath: string
  readonly referrer: string
  readonly watched: boolean
  /** Batches are missing in the middle or at the start. */
  readonly hasGaps: boolean
  /** A full snapshot is stored: something can be shown. */
  readonly playable: boolean
  readonly expiresAt: TimeStamp
}

/** Query of `GET /api/recordings` → `Page<RecordingSummary>`; newest first, cursor paging. */
export interface ListRecordingsQuery {
  readonly site?: SiteId
  readonly cursor?: string
  /** 1 to 100; 30 when left out. */
  readonly limit?: number
  readonly country?: string
  readonly device?: string
  readonly minDurationMs?: number
  readonly minPages?: number
  readonly withErrors?: boolean
  readonly withRage?: boolean
  readonly unwatched?: boolean
  readonly visitor?: string
  readonly path?: string
  readonly from?: TimeStamp
  readonly to?: TimeStamp
}

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

export interface Watch {
  readonly at: TimeStamp
  readonly agent: string
}

/** `GET /api/recordings/:id` */
export interface RecordingDetail extends RecordingSummary {
  readonly pageViews: readonly { readonly at: TimeStamp; readonly path: string }[]
  readonly watches: readonly Watch[]
  readonly bytes: number
  readonly batches: number
  /** Batches that the second privacy pass set aside; never played. */
  readonly quarantinedBatches: number
  /** Batches that could not be opened. */
  readonly poisonedBatches: number
  readonly recorder: string
}

export interface BatchRef {
  readonly sequence: SequenceNumber
  readonly firstAt: TimeStamp
  readonly lastAt: TimeStamp
  readonly bytes: number
  readonly hasSnapshot: boolean
}

export interface ManifestStream {
  readonly stream: StreamId
  /** To be added to the records' times to get the server's. */
  readonly skewMs: Duration
  readonly batches: readonly BatchRef[]
  /** Sequence numbers that are missing, as [from, to] inclusive. */
  readonly gaps: readonly (readonly [number, number])[]
}

/**
 * `GET /api/recordings/:id/manifest`; streams in order of time. Batches then come from
 * `GET /api/recordings/:id/batches?stream=S&from=Q&to=Q` as `application/octet-stream` (wire/recording replayStream.ts).
 * `POST /api/recordings/:id/watches` says that somebody watches, and must come first: without one in the last
 * 12 hours by this agent the batches answer 403 `WATCH_NOT_LOGGED`.
 */
export interface Manifest {
  readonly recording: RecordingId
  readonly streams: readonly ManifestStream[]
  /** Where kept images and fonts are served: prefix + encodeURIComponent(absolute URL as recorded); null: not kept. */
  readonly assetPrefix: string | null
}

/** `GET /api/audit` → `Page<AuditEntry>`: who watched, exported, erased, changed what. */
export interface AuditEntry {
  readonly at: TimeStamp
  readonly actor: string
  readonly action: string
  readonly target: string
}
