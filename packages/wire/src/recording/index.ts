export * as rrweb from './rrwebEvent.ts'
export type {
  AttributeValue,
  RrwebEvent,
  SerializedComment,
  SerializedDoctype,
  SerializedDocument,
  SerializedElement,
  SerializedNode,
  SerializedText,
} from './rrwebEvent.ts'
export type {
  AddedNode,
  AdoptedSheetsRecord,
  ChangedAttributes,
  ChangedText,
  CustomRecord,
  ErrorRecord,
  FocusRecord,
  GapRecord,
  InputRecord,
  MediaRecord,
  MutationRecord,
  NavigationRecord,
  PageRecord,
  PointerAction,
  PointerActionRecord,
  PointerMoveRecord,
  PointerPosition,
  RemovedNode,
  ReplayRecord,
  ScrollRecord,
  SnapshotRecord,
  StyleSheetRecord,
  ViewportRecord,
  VisibilityRecord,
} from './record.ts'
export { CUSTOM_TAGS, encodeRecord, encodeRecords, toRrwebEvent } from './encodeRecords.ts'
export { decodeRecord, decodeRecords, parsePayload } from './decodeRecords.ts'
export {
  decodeEnvelope,
  encodeEnvelope,
  type BatchEnvelope,
  type BatchFlags,
  type BatchHeader,
} from './batchEnvelope.ts'
export { scanDepth } from './depthScan.ts'
export { decodeReplayBatches, encodeReplayBatch, type ReplayBatch } from './replayStream.ts'
