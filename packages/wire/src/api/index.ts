export type { Problem } from './problem.ts'
export type {
  Agent,
  AppState,
  ChangePasswordRequest,
  Language,
  PasswordVerdict,
  PasswordWeakness,
  Role,
  SetupRequest,
  SignIn,
  SignInRequest,
  UpdateAccountRequest,
} from './accounts.ts'
export type { CreateSiteRequest, Installation, Site, SiteSettings, UpdateSiteRequest } from './sites.ts'
export type {
  AuditEntry,
  BatchRef,
  ListRecordingsQuery,
  Manifest,
  ManifestStream,
  Page,
  RecordingDetail,
  RecordingState,
  RecordingSummary,
  Watch,
} from './recordings.ts'
export type { Health, LiveEvent } from './live.ts'
