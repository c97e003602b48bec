import type { RecordingId, SiteId } from '../core/ids.ts'
import type { TimeStamp } from '../core/time.ts'

/**
 * What the signed-in dashboard hears on `WS /api/live` (cookie + Origin check): hints only, the API is the truth.
 * Server to browser; the browser sends nothing.
 */
export type LiveEvent =
  | { readonly type: 'recording.updated'; readonly siteId: SiteId; readonly recording: RecordingId }
  | { readonly type: 'recording.erased'; readonly siteId: SiteId; readonly recording: RecordingId }
  | { readonly type: 'site.heard'; readonly siteId: SiteId; readonly at: TimeStamp; readonly origin: string }

/** `GET /api/health` (signed in): what was refused or set aside, and why. */
export interface Health {
  readonly version: string
  readonly startedAt: TimeStamp
  readonly acceptedBatches: number
  readonly duplicateBatches: number
  readonly refused: readonly { readonly reason: string; readonly count: number }[]
  readonly poisoned: readonly { readonly reason: string; readonly count: number }[]
  readonly quarantined: readonly { readonly reason: string; readonly count: number }[]
  readonly indexBacklog: number
  readonly storedBytes: number
  readonly diskFreeBytes: number
}
