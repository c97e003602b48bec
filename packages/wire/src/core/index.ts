export type {
  Brand,
  NodeId,
  RecordingId,
  SequenceNumber,
  SessionId,
  SiteId,
  SiteKey,
  StreamId,
  VisitorId,
} from './ids.ts'
export type { Duration, TimeStamp } from './time.ts'
export { milliseconds, timeStamp } from './time.ts'
export { fail, ok, type Result } from './result.ts'
export type { WireError } from './wireError.ts'
export { LIMITS } from './limits.ts'
export { PROTOCOL_VERSION, RECORDER_VERSION } from './protocolVersion.ts'
export {
  DEFAULT_PRIVACY,
  type PrivacyPolicy,
  type PrivacySiteLevel,
  type StartAccepted,
  type StartRefused,
  type StartRefusalReason,
  type StartRequest,
  type StartResponse,
} from './siteConfig.ts'
export { concatBytes, readUint48, writeUint48 } from './bytes.ts'
