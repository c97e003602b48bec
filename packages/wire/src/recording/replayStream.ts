import { concatBytes, readUint48, writeUint48 } from '../core/bytes.ts'
import type { SequenceNumber, StreamId } from '../core/ids.ts'

/**
 * How stored batches travel to a player: for each batch, in order, 15 bytes of head (u8 flags: bit 0 gzip · u48 stream ·
 * u32 sequence · u32 length, big-endian) and the payload as the recorder compressed it. The server never inflates it.
 */
const HEAD_BYTES = 15
const GZIP = 1

export interface ReplayBatch {
  readonly stream: StreamId
  readonly sequence: SequenceNumber
  readonly gzip: boolean
  readonly payload: Uint8Array<ArrayBuffer>
}

export function encodeReplayBatch({ stream, sequence, gzip, payload }: ReplayBatch): Uint8Array<ArrayBuffer> {
  const head = new Uint8Array(HEAD_BYTES)
  const view = new DataView(head.buffer)
  view.setUint8(0, gzip ? GZIP : 0)
  writeUint48(view, 1, stream)
  view.setUint32(7, sequence)
  view.setUint32(11, payload.byteLength)
  return concatBytes([head, payload])
}

/** Reads what is whole; a torn last batch is left out. */
export function decodeReplayBatches(bytes: Uint8Array<ArrayBuffer>): ReplayBatch[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const batches: ReplayBatch[] = []
  let offset = 0
  while (offset + HEAD_BYTES <= bytes.byteLength) {
    const end = offset + HEAD_BYTES + view.getUint32(offset + 11)
    if (end > bytes.byteLength) break
    batches.push({
      gzip: (view.getUint8(offset) & GZIP) !== 0,
      stream: readUint48(view, offset + 1),
      sequence: view.getUint32(offset + 7),
      payload: bytes.subarray(offset + HEAD_BYTES, end),
    })
    offset = end
  }
  return batches
}
