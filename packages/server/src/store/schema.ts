import type { Generated } from 'kysely'

/**
 * The tables, as rows read and written (storage.md §5). Ids are 53-bit time-ordered numbers (newId.ts); `…_at` columns are
 * milliseconds since the epoch, 0 for "not yet"; yes and no are 1 and 0; nothing that a visitor typed or saw is stored
 * here, only counts, paths and names that the second privacy pass let through.
 */
export interface Database {
  account: AccountTable
  agent: AgentTable
  membership: MembershipTable
  sign_in: SignInTable
  setup_token: SetupTokenTable
  sign_in_failure: SignInFailureTable
  site: SiteTable
  visitor: VisitorTable
  consent: ConsentTable
  session: SessionTable
  stream: StreamTable
  page_view: PageViewTable
  marker: MarkerTable
  segment: SegmentTable
  batch: BatchTable
  poisoned_batch: PoisonedBatchTable
  quarantined_batch: QuarantinedBatchTable
  asset: AssetTable
  asset_reference: AssetReferenceTable
  watch: WatchTable
  audit_log: AuditLogTable
  erasure: ErasureTable
  schema_rev: SchemaRevTable
}

export type YesNo = 0 | 1
type Bytes = Uint8Array

// ---------- accounts and agents

export interface AccountTable {
  id: number
  name: string
  created_at: number
}

export interface AgentTable {
  id: number
  email: string
  /** Lower case, trimmed: what a sign-in is looked up by. */
  email_key: string
  name: string
  /** argon2id in PHC form. */
  password_hash: string
  language: 'en' | 'fr'
  created_at: number
  password_changed_at: number
  is_disabled: Generated<YesNo>
}

export interface MembershipTable {
  account_id: number
  agent_id: number
  role: 'owner' | 'admin' | 'agent' | 'viewer'
}

/** An agent's stay in the dashboard. The cookie's value is not here, only its SHA-256. */
export interface SignInTable {
  id: number
  token_hash: Bytes
  agent_id: number
  created_at: number
  seen_at: number
  expires_at: number
  /** Name of the browser, for the list of sign-ins; no version, no address. */
  browser: Generated<string>
}

/** At most one row: the link that makes the first account. */
export interface SetupTokenTable {
  id: number
  token_hash: Bytes
  created_at: number
  expires_at: number
  used_at: Generated<number>
}

/** Throttling of sign-ins; `subject_hash` is a keyed hash of an e-mail address or of a network address. */
export interface SignInFailureTable {
  kind: 'email' | 'address'
  subject_hash: Bytes
  failures: number
  first_at: number
  last_at: number
  blocked_until: Generated<number>
}

// ---------- sites, visitors, consent

export interface SiteTable {
  id: number
  account_id: number
  site_key: string
  name: string
  /** JSON list of origins. */
  origins: string
  /** JSON of wire/api `SiteSettings`; what is missing has the default. */
  settings: Generated<string>
  settings_revision: Generated<number>
  created_at: number
  heard_at: Generated<number>
  heard_origin: Generated<string>
  heard_recorder: Generated<string>
  deleted_at: Generated<number>
}

export interface VisitorTable {
  id: number
  site_id: number
  /** HMAC of the browser's secret visitor id under a key of this server. */
  visitor_hash: Bytes
  first_at: number
  last_at: number
  /** How many recordings of this visitor are stored. */
  recordings: Generated<number>
}

/** The ledger that shows who agreed to what, when and how. No address, no user agent. */
export interface ConsentTable {
  id: number
  site_id: number
  visitor_id: number
  session_id: number
  purpose: 'recording'
  is_granted: YesNo
  mechanism: 'notice' | 'api'
  text_version: string
  /** By the visitor's clock. */
  given_at: number
  recorded_at: number
  /** When the recording was erased; the proof stays six months longer than what it allowed. */
  released_at: Generated<number>
}

// ---------- sessions

export interface SessionTable {
  id: number
  /** 128 random bits, base64url: the recording's public id. */
  recording: string
  site_id: number
  visitor_id: number
  start_nonce: Bytes
  started_at: number
  last_received_at: number
  /** Fixed at the start from the site's retention; the janitor erases after it. */
  expires_at: number
  retention_days: number
  /** First and last record, in server time; 0 until a batch is indexed. */
  first_at: Generated<number>
  last_at: Generated<number>
  duration_ms: Generated<number>
  active_ms: Generated<number>
  /** Counted when batches are committed. */
  streams: Generated<number>
  batches: Generated<number>
  bytes: Generated<number>
  has_gaps: Generated<YesNo>
  /** Counted when batches are indexed. */
  records: Generated<number>
  pages: Generated<number>
  clicks: Generated<number>
  inputs: Generated<number>
  errors: Generated<number>
  rage_clicks: Generated<number>
  poisoned: Generated<number>
  quarantined: Generated<number>
  is_playable: Generated<YesNo>
  entry_path: Generated<string>
  exit_path: Generated<string>
  referrer: Generated<string>
  language: Generated<string>
  country: Generated<string>
  device: Generated<'desktop' | 'mobile' | 'tablet' | ''>
  browser: Generated<string>
  os: Generated<string>
  viewport_width: Generated<number>
  viewport_height: Generated<number>
  recorder: Generated<string>
  /** Anybody has watched it; `watch` says who and when. */
  is_watched: Generated<YesNo>
  /** Erasing began: the key is or will be gone, this row goes last. */
  erased_at: Generated<number>
}

export interface StreamTable {
  session_id: number
  stream: number
  /** From 0, in order of first arrival. */
  ordinal: number
  /** To be added to the visitor's clock to get the server's: the least of the first ten batches (storage.md §3.6). */
  skew_ms: number
  /** First and last record by the visitor's clock; 0 until a batch is indexed. */
  first_at: Generated<number>
  last_at: Generated<number>
  max_sequence: number
  batches: number
}

export interface PageViewTable {
  session_id: number
  stream: number
  sequence: number
  idx: number
  site_id: number
  /** Server time. */
  at: number
  path: string
}

export type MarkerKind = 'rage-click' | 'error' | 'event' | 'gap'

/** Moments worth finding. `label` is a kind of error or a name given by the site's own code, never page content. */
export interface MarkerTable {
  session_id: number
  stream: number
  sequence: number
  idx: number
  site_id: number
  at: number
  kind: MarkerKind
  label: string
}

// ---------- payloads

export interface SegmentTable {
  id: number
  /** Path below the segment folder. */
  file: string
  retention_days: number
  /** yyyymmdd, UTC. */
  day: number
  state: 'open' | 'sealed' | 'failed' | 'dropping'
  bytes: Generated<number>
  live_bytes: Generated<number>
  dead_bytes: Generated<number>
  created_at: number
  sealed_at: Generated<number>
}

/** 0 stored, 1 indexed, 2 poisoned (could not be opened), 3 quarantined (holds what the settings forbid). */
export type BatchState = 0 | 1 | 2 | 3

export interface BatchTable {
  session_id: number
  stream: number
  sequence: number
  site_id: number
  segment_id: number
  frame_offset: number
  frame_bytes: number
  payload_bytes: number
  /** As declared by the header; the worker checks it. */
  raw_bytes: number
  /** The envelope's flag byte. */
  flags: number
  /** 132 bits of SHA-256 of the payload, base64url: text travels to the database thread at a fraction of what bytes cost. */
  payload_hash: string
  sent_at: number
  received_at: number
  /** Visitor's clock, as declared; corrected when indexed. */
  first_at: number
  last_at: number
  state: Generated<BatchState>
  attempts: Generated<number>
  /** Nobody else takes it before this. */
  lease_until: Generated<number>
  has_snapshot: Generated<YesNo>
  records: Generated<number>
  pages: Generated<number>
  clicks: Generated<number>
  inputs: Generated<number>
  errors: Generated<number>
  rage_clicks: Generated<number>
  active_ms: Generated<number>
}

export interface PoisonedBatchTable {
  session_id: number
  stream: number
  sequence: number
  site_id: number
  reason: string
  worker_version: string
  at: number
}

export interface QuarantinedBatchTable {
  session_id: number
  stream: number
  sequence: number
  site_id: number
  /** What the rule found, e.g. `input-value`; never the content itself. */
  reason: string
  at: number
}

/** An image or font of a site that recordings show; its sealed bytes lie in assetFiles.ts under the id, when kept. */
export interface AssetTable {
  id: number
  site_id: number
  /** SHA-256 of the address as recorded. */
  url_hash: Bytes
  url: string
  /** `evicted`: was kept, made room for others; wanted again when a new recording shows it. */
  state: 'wanted' | 'kept' | 'refused' | 'evicted'
  content_type: Generated<string>
  bytes: Generated<number>
  attempts: Generated<number>
  /** Not fetched before this. */
  next_at: number
  fetched_at: Generated<number>
  used_at: Generated<number>
  failure: Generated<string>
}

/** Which recordings show an asset: only through them it is served, and the last one to be erased takes it along. */
export interface AssetReferenceTable {
  session_id: number
  asset_id: number
}

// ---------- governance

export interface WatchTable {
  id: number
  session_id: number
  agent_id: number
  at: number
}

/** Hash-chained per account: `hash` is SHA-256 of the previous hash and this row. */
export interface AuditLogTable {
  account_id: number
  n: number
  at: number
  actor: string
  action: string
  target: string
  details: Generated<string>
  previous_hash: Bytes
  hash: Bytes
}

/** Receipts. What was erased is not named: only keyed hashes. */
export interface ErasureTable {
  id: number
  account_id: number
  scope: 'recording' | 'visitor' | 'site' | 'expired'
  subject_hash: Bytes
  requested_at: number
  /** Keys are gone: unreadable. */
  shredded_at: Generated<number>
  /** Rows are gone too, and a read-back found nothing. */
  cleaned_at: Generated<number>
  sessions: Generated<number>
}

export interface SchemaRevTable {
  rev: number
  name: string
  at: number
}

// ---------- the separate database of keys

export interface KeyDatabase {
  epoch_key: EpochKeyTable
  data_key: DataKeyTable
}

export interface EpochKeyTable {
  /** Days since 1970-01-01. */
  epoch: number
  /** Under the root key; null once destroyed. */
  wrapped: Bytes | null
  created_at: number
  destroyed_at: Generated<number>
}

export type KeyKind = 'session' | 'site'

export interface DataKeyTable {
  kind: KeyKind
  ref: number
  key_id: Bytes
  epoch: number
  /** Under the epoch key; null once shredded. */
  wrapped: Bytes | null
  state: 'active' | 'shredded'
  created_at: number
  expires_at: number
  shredded_at: Generated<number>
}
