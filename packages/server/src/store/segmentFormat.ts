import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'

import { concatBytes, fail, ok, readUint48, writeUint48, type Result } from '@vasistas/wire/core'

import { createCrc32c, type Crc32c } from './crc32c.ts'

/**
 * VSSG version 1 (storage.md §4.2): frames of many sessions in one append-only file, readable without the database and,
 * for checking, without keys. Big-endian.
 *
 *     header (64)  "VSSG" · u8 version · u8 policy · u16 retention days · u32 yyyymmdd · u64 id · u64 created · zero · u32 crc
 *     frame*       u32 frame bytes · u8 type · u8 algorithm · u16 aad bytes · aad · nonce 12 · ciphertext · tag 16 · u32 crc
 *     footer       table (zstd) · u32 table bytes · u32 crc of the table · "GSSV"      only when sealed
 */
export const HEADER_BYTES = 64
const AAD_BYTES = 52
export const NONCE_BYTES = 12
export const TAG_BYTES = 16
const PREFIX_BYTES = 8
const CRC_BYTES = 4
const FRAME_OVERHEAD = PREFIX_BYTES + AAD_BYTES + NONCE_BYTES + TAG_BYTES + CRC_BYTES
const FOOTER_BYTES = 12
const ENTRY_BYTES = 26

const SEGMENT_MAGIC = 0x56535347 // "VSSG"
const FOOTER_MAGIC = 0x47535356 // "GSSV"
const VERSION = 1
const POLICY_FSYNC = 1
const ALGORITHM_A256GCM = 1
const AAD_VERSION = 1
const FRAME_TYPES = { batch: 1, attachment: 3 } as const

export type FrameType = keyof typeof FRAME_TYPES

export interface SegmentHeader {
  readonly id: number
  readonly retentionDays: number
  readonly day: number
  readonly createdAt: number
}

/** What a frame is bound to: changed or moved elsewhere, it does not open. */
export interface FrameIdentity {
  readonly type: FrameType
  readonly siteId: number
  /** A batch's session; an attachment's own id. */
  readonly sessionId: number
  readonly stream: number
  readonly sequence: number
  readonly rawBytes: number
  readonly flags: number
}

export interface FrameParts {
  readonly identity: FrameIdentity
  readonly keyId: Uint8Array
  readonly aad: Uint8Array
  readonly nonce: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
}

export interface FrameEntry {
  readonly offset: number
  readonly length: number
  readonly sessionId: number
  readonly stream: number
  readonly sequence: number
}

export type SegmentDamage = 'TRUNCATED' | 'MAGIC_UNKNOWN' | 'VERSION_UNKNOWN' | 'CHECKSUM_WRONG' | 'LAYOUT_INVALID'

export interface SegmentFormat {
  encodeHeader(header: SegmentHeader): Uint8Array
  decodeHeader(bytes: Uint8Array): Result<SegmentHeader, SegmentDamage>
  /** A frame with room for `payloadBytes` of ciphertext, which `seal` fills; the checksum comes last. */
  layOutFrame(identity: FrameIdentity, keyId: Uint8Array, nonce: Uint8Array, payloadBytes: number): OpenFrame
  decodeFrame(bytes: Uint8Array): Result<FrameParts, SegmentDamage>
  /** Whole frames from `start` on, until the bytes end, do not check, or a footer begins. */
  scanFrames(bytes: Uint8Array, start: number): readonly FrameEntry[]
  encodeFooter(entries: readonly FrameEntry[]): Uint8Array
  decodeFooter(segment: Uint8Array): Result<readonly FrameEntry[], SegmentDamage>
}

export interface OpenFrame {
  readonly bytes: Uint8Array
  readonly aad: Uint8Array
  readonly ciphertext: Uint8Array
  readonly tag: Uint8Array
  /** Writes the checksum; call it when ciphertext and tag are in. */
  finish(): Uint8Array
}

export function createSegmentFormat(crc32c: Crc32c = createCrc32c()): SegmentFormat {
  return {
    encodeHeader({ id, retentionDays, day, createdAt }) {
      const bytes = new Uint8Array(HEADER_BYTES)
      const view = viewOf(bytes)
      view.setUint32(0, SEGMENT_MAGIC)
      view.setUint8(4, VERSION)
      view.setUint8(5, POLICY_FSYNC)
      view.setUint16(6, retentionDays)
      view.setUint32(8, day)
      view.setBigUint64(12, BigInt(id))
      view.setBigUint64(20, BigInt(createdAt))
      view.setUint32(HEADER_BYTES - CRC_BYTES, crc32c(bytes.subarray(0, HEADER_BYTES - CRC_BYTES)))
      return bytes
    },

    decodeHeader(bytes) {
      if (bytes.byteLength < HEADER_BYTES) return fail('TRUNCATED')
      const view = viewOf(bytes)
      if (view.getUint32(0) !== SEGMENT_MAGIC) return fail('MAGIC_UNKNOWN')
      if (view.getUint32(HEADER_BYTES - CRC_BYTES) !== crc32c(bytes.subarray(0, HEADER_BYTES - CRC_BYTES))) {
        return fail('CHECKSUM_WRONG')
      }
      if (view.getUint8(4) !== VERSION) return fail('VERSION_UNKNOWN')
      return ok({
        id: Number(view.getBigUint64(12)),
        retentionDays: view.getUint16(6),
        day: view.getUint32(8),
        createdAt: Number(view.getBigUint64(20)),
      })
    },

    layOutFrame(identity, keyId, nonce, payloadBytes) {
      const bytes = new Uint8Array(FRAME_OVERHEAD + payloadBytes)
      const view = viewOf(bytes)
      view.setUint32(0, bytes.byteLength)
      view.setUint8(4, FRAME_TYPES[identity.type])
      view.setUint8(5, ALGORITHM_A256GCM)
      view.setUint16(6, AAD_BYTES)
      const aad = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + AAD_BYTES)
      writeAad(aad, identity, keyId)
      bytes.set(nonce, PREFIX_BYTES + AAD_BYTES)
      const start = PREFIX_BYTES + AAD_BYTES + NONCE_BYTES
      const end = start + payloadBytes
      return {
        bytes,
        aad,
        ciphertext: bytes.subarray(start, end),
        tag: bytes.subarray(end, end + TAG_BYTES),
        finish() {
          const last = bytes.byteLength - CRC_BYTES
          view.setUint32(last, crc32c(bytes.subarray(0, last)))
          return bytes
        },
      }
    },

    decodeFrame,

    scanFrames(bytes, start) {
      const entries: FrameEntry[] = []
      let offset = start
      while (offset + FRAME_OVERHEAD <= bytes.byteLength) {
        const length = viewOf(bytes).getUint32(offset)
        if (length < FRAME_OVERHEAD || offset + length > bytes.byteLength) break
        const frame = decodeFrame(bytes.subarray(offset, offset + length))
        if (!frame.ok) break
        const { sessionId, stream, sequence } = frame.value.identity
        entries.push({ offset, length, sessionId, stream, sequence })
        offset += length
      }
      return entries
    },

    encodeFooter(entries) {
      const table = new Uint8Array(entries.length * ENTRY_BYTES)
      const view = viewOf(table)
      for (const [index, { offset, length, sessionId, stream, sequence }] of entries.entries()) {
        const at = index * ENTRY_BYTES
        view.setUint32(at, offset)
        view.setUint32(at + 4, length)
        view.setBigUint64(at + 8, BigInt(sessionId))
        writeUint48(view, at + 16, stream)
        view.setUint32(at + 22, sequence)
      }
      const packed = zstdCompressSync(table)
      const tail = new Uint8Array(FOOTER_BYTES)
      viewOf(tail).setUint32(0, packed.byteLength)
      viewOf(tail).setUint32(4, crc32c(packed))
      viewOf(tail).setUint32(8, FOOTER_MAGIC)
      return concatBytes([packed, tail])
    },

    decodeFooter(segment) {
      if (segment.byteLength < HEADER_BYTES + FOOTER_BYTES) return fail('TRUNCATED')
      const view = viewOf(segment)
      const tail = segment.byteLength - FOOTER_BYTES
      if (view.getUint32(tail + 8) !== FOOTER_MAGIC) return fail('MAGIC_UNKNOWN')
      const start = tail - view.getUint32(tail)
      if (start < HEADER_BYTES) return fail('LAYOUT_INVALID')
      const packed = segment.subarray(start, tail)
      if (crc32c(packed) !== view.getUint32(tail + 4)) return fail('CHECKSUM_WRONG')
      const table = zstdDecompressSync(packed, { maxOutputLength: segment.byteLength })
      return ok(readEntries(table))
    },
  }

  function decodeFrame(bytes: Uint8Array): Result<FrameParts, SegmentDamage> {
    if (bytes.byteLength < FRAME_OVERHEAD) return fail('TRUNCATED')
    const view = viewOf(bytes)
    if (view.getUint32(0) !== bytes.byteLength) return fail('LAYOUT_INVALID')
    const last = bytes.byteLength - CRC_BYTES
    if (crc32c(bytes.subarray(0, last)) !== view.getUint32(last)) return fail('CHECKSUM_WRONG')
    const type = frameTypeOf(view.getUint8(4))
    if (!type || view.getUint8(5) !== ALGORITHM_A256GCM || view.getUint16(6) !== AAD_BYTES)
      return fail('LAYOUT_INVALID')
    const aad = bytes.subarray(PREFIX_BYTES, PREFIX_BYTES + AAD_BYTES)
    if (aad[0] !== AAD_VERSION) return fail('VERSION_UNKNOWN')
    const start = PREFIX_BYTES + AAD_BYTES + NONCE_BYTES
    return ok({
      ...readAad(aad, type),
      aad,
      nonce: bytes.subarray(PREFIX_BYTES + AAD_BYTES, start),
      ciphertext: bytes.subarray(start, last - TAG_BYTES),
      tag: bytes.subarray(last - TAG_BYTES, last),
    })
  }
}

/** u8 version · u64 site · u64 session · u48 stream · u32 sequence from · u32 to · u32 raw bytes · u8 flags · 16 key id */
function writeAad(aad: Uint8Array, identity: FrameIdentity, keyId: Uint8Array): void {
  const view = viewOf(aad)
  view.setUint8(0, AAD_VERSION)
  view.setBigUint64(1, BigInt(identity.siteId))
  view.setBigUint64(9, BigInt(identity.sessionId))
  writeUint48(view, 17, identity.stream)
  view.setUint32(23, identity.sequence)
  view.setUint32(27, identity.sequence)
  view.setUint32(31, identity.rawBytes)
  view.setUint8(35, identity.flags)
  aad.set(keyId, 36)
}

function readAad(aad: Uint8Array, type: FrameType): { identity: FrameIdentity; keyId: Uint8Array } {
  const view = viewOf(aad)
  return {
    identity: {
      type,
      siteId: Number(view.getBigUint64(1)),
      sessionId: Number(view.getBigUint64(9)),
      stream: readUint48(view, 17),
      sequence: view.getUint32(23),
      rawBytes: view.getUint32(31),
      flags: view.getUint8(35),
    },
    keyId: aad.subarray(36, AAD_BYTES),
  }
}

function readEntries(table: Uint8Array): FrameEntry[] {
  const view = viewOf(table)
  const entries: FrameEntry[] = []
  for (let at = 0; at + ENTRY_BYTES <= table.byteLength; at += ENTRY_BYTES) {
    entries.push({
      offset: view.getUint32(at),
      length: view.getUint32(at + 4),
      sessionId: Number(view.getBigUint64(at + 8)),
      stream: readUint48(view, at + 16),
      sequence: view.getUint32(at + 22),
    })
  }
  return entries
}

function frameTypeOf(number: number): FrameType | undefined {
  return number === FRAME_TYPES.batch ? 'batch' : number === FRAME_TYPES.attachment ? 'attachment' : undefined
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
