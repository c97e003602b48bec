import { LIMITS, type SequenceNumber } from '@vasistas/wire/core'
import type { BatchFlags, BatchHeader } from '@vasistas/wire/recording'
import { encodeEnvelope } from '@vasistas/wire/recording'
import type { Batch } from './batch.ts'
import { asItIs, type Compressed, type Compressor } from './compressor.ts'

/** What differs from one sending to the next: the token may have been renewed. */
export type Address = Pick<BatchHeader, 'session' | 'stream' | 'token' | 'sentAt'>

/** A closed batch on its way to the server: its place in the stream is fixed, its bytes are once it is compressed. */
export interface Parcel {
  readonly sequence: SequenceNumber
  readonly hasSnapshot: boolean
  /** Compressed, or as good as it gets. */
  readonly ready: Promise<void>
  /** Bytes in memory. */
  size(): number
  /** More than the server takes. */
  isTooLarge(): boolean
  /** Not compressed when it is not ready: there are moments that cannot wait. */
  envelope(address: Address, flags: Pick<BatchFlags, 'final' | 'retry'>): Uint8Array<ArrayBuffer>
}

const HEADER_ROOM = 1024

export function createParcel(batch: Batch, sequence: SequenceNumber, compressor: Compressor): Parcel {
  const { records, firstAt, lastAt, hasSnapshot } = batch
  let text: string | undefined = batch.text
  let compressed: Compressed | undefined
  const ready = compressor.compress(batch.text).then((result) => {
    compressed = result
    text = undefined
  })
  const content = (): Compressed => compressed ?? asItIs(text ?? '')
  return {
    sequence,
    hasSnapshot,
    ready,
    size: () => compressed?.payload.byteLength ?? text?.length ?? 0,
    isTooLarge() {
      const { payload, rawBytes } = content()
      const [mostBody, mostRaw] = hasSnapshot
        ? [LIMITS.snapshotBodyBytes, LIMITS.snapshotRawBytes]
        : [LIMITS.bodyBytes, LIMITS.rawBytes]
      return payload.byteLength > mostBody - HEADER_ROOM || rawBytes > mostRaw
    },
    envelope(address, flags) {
      const { gzip, payload, rawBytes } = content()
      return encodeEnvelope({
        flags: { gzip, snapshot: hasSnapshot, ...flags },
        header: { ...address, sequence, records, firstAt, lastAt, rawBytes },
        payload,
      })
    },
  }
}
