import type { Manifest } from '@vasistas/wire/api'
import type { SequenceNumber, StreamId } from '@vasistas/wire/core'

/** Where a recording's batches come from. */
export interface RecordSource {
  readonly manifest: Manifest
  /**
   * Batches `from` to `to`, both included, of one stream, as wire's replay stream. Rejects with a `SourceError`, or with
   * the signal's reason once it was aborted.
   */
  fetchBatches(
    stream: StreamId,
    from: SequenceNumber,
    to: SequenceNumber,
    signal: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>>
}

export type SourceFailure = 'NETWORK' | 'SIGNED_OUT'

export class SourceError extends Error {
  readonly failure: SourceFailure

  constructor(failure: SourceFailure, options?: ErrorOptions) {
    super(`The recording could not be fetched: ${failure}`, options)
    this.failure = failure
  }
}
