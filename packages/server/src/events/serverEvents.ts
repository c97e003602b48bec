import type { RecordingId, SequenceNumber, SessionId, SiteId, StreamId, TimeStamp } from '@vasistas/wire/core'

/** What stages of the server tell each other: past tense, ids only. A doorbell: the database is the log. */
export interface ServerEventMap {
  readonly 'session.started': {
    readonly siteId: SiteId
    readonly session: SessionId
    readonly recording: RecordingId
  }
  readonly 'batch.stored': {
    readonly siteId: SiteId
    readonly session: SessionId
    readonly stream: StreamId
    readonly sequence: SequenceNumber
  }
  readonly 'session.indexed': {
    readonly siteId: SiteId
    readonly session: SessionId
    readonly recording: RecordingId
  }
  readonly 'session.erased': {
    readonly siteId: SiteId
    readonly session: SessionId
    readonly recording: RecordingId
  }
  readonly 'site.heard': { readonly siteId: SiteId; readonly at: TimeStamp; readonly origin: string }
}

export type ServerEventName = keyof ServerEventMap
