import type { SiteId, SiteKey } from '../core/ids.ts'
import type { PrivacyPolicy } from '../core/siteConfig.ts'
import type { TimeStamp } from '../core/time.ts'

export interface SiteSettings extends PrivacyPolicy {
  readonly recordingOn: boolean
  /** 1 to 365 days; there is no "forever". */
  readonly retentionDays: number
  /** Share of consenting sessions that are recorded, 0 to 1. */
  readonly sampleRate: number
  /** Images and fonts of the site's own origins are kept with recordings, so that replays look right later. */
  readonly keepAssets: boolean
}

export interface Site {
  readonly id: SiteId
  readonly key: SiteKey
  readonly name: string
  /** Origins from which recordings are accepted, e.g. `https://shop.example`. */
  readonly origins: readonly string[]
  readonly createdAt: TimeStamp
  readonly settings: SiteSettings
  readonly recordings: number
}

/** `GET /api/sites` → `{items: Site[]}`; `POST /api/sites` → Site; `GET|PATCH /api/sites/:id` → Site */
export interface CreateSiteRequest {
  readonly name: string
  readonly origins: readonly string[]
}

export interface UpdateSiteRequest {
  readonly name?: string
  readonly origins?: readonly string[]
  readonly settings?: Partial<SiteSettings>
}

/** `GET /api/sites/:id/installation`; also pushed as `site.heard` on the live socket. */
export interface Installation {
  /** Last time a page of the site asked to record (accepted or refused); null: never. */
  readonly heardAt: TimeStamp | null
  readonly origin: string | null
  readonly recorder: string | null
  /** Address of `v.js` and of ingest as visitors' browsers reach it. */
  readonly publicUrl: string
}
