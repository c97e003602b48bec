import { concatBytes } from '../core/bytes.ts'
import type { SequenceNumber, SessionId, StreamId } from '../core/ids.ts'
import { LIMITS } from '../core/limits.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { WireError } from '../core/wireError.ts'

const MAGIC = 0x56534231 // "VSB1"
const PREFIX_BYTES = 8
const FLAG = { gzip: 1, final: 2, snapshot: 4, retry: 8 } as const
const KNOWN_FLAGS = FLAG.gzip | FLAG.final | FLAG.snapshot | FLAG.retry

export interface BatchFlags {
  /** The payload is gzip; otherwise UTF-8 as it stands. */
  readonly gzip: boolean
  /** Sent while the page was going away. */
  readonly final: boolean
  /** The payload holds a full snapshot: larger limits, refused last. */
  readonly snapshot: boolean
  readonly retry: boolean
}

export interface BatchHeader {
  readonly session: SessionId
  readonly stream: StreamId
  readonly sequence: SequenceNumber
  /** Client's clock when sent; the server estimates skew from it. */
  readonly sentAt: number
  readonly records: number
  readonly firstAt: number
  readonly lastAt: number
  /** Payload bytes before compression, as declared; checked when indexed. */
  readonly rawBytes: number
  readonly token: string
}

export interface BatchEnvelope {
  readonly flags: BatchFlags
  readonly header: BatchHeader
  /** Stays closed until the indexing worker opens it. */
  readonly payload: Uint8Array
}

/** Layout of the bytes: docs/PROTOCOL.md. */
export function encodeEnvelope({ flags, header, payload }: BatchEnvelope): Uint8Array<ArrayBuffer> {
  const headerBytes = new TextEncoder().encode(
    JSON.stringify({
      s: header.session,
      t: header.stream,
      q: header.sequence,
      a: header.sentAt,
      n: header.records,
      f: header.firstAt,
      l: header.lastAt,
      r: header.rawBytes,
      k: header.token,
    }),
  )
  const prefix = new Uint8Array(PREFIX_BYTES)
  const view = new DataView(prefix.buffer)
  view.setUint32(0, MAGIC)
  view.setUint32(4, (flagBits(flags) * 2 ** 24 + headerBytes.byteLength) >>> 0)
  return concatBytes([prefix, headerBytes, payload])
}

/** Never throws, allocates no more than the header; hostile input is the normal case. */
export function decodeEnvelope(bytes: Uint8Array): Result<BatchEnvelope, WireError> {
  if (bytes.byteLength < PREFIX_BYTES) return fail('ENVELOPE_TRUNCATED')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) !== MAGIC) return fail('ENVELOPE_MAGIC_UNKNOWN')
  const bits = view.getUint8(4)
  if ((bits & ~KNOWN_FLAGS) !== 0) return fail('ENVELOPE_FLAGS_UNKNOWN')
  const headerBytes = view.getUint32(4) & 0xffffff
  if (headerBytes < 2 || headerBytes > LIMITS.headerBytes) return fail('ENVELOPE_HEADER_LENGTH_INVALID')
  const end = PREFIX_BYTES + headerBytes
  if (bytes.byteLength < end) return fail('ENVELOPE_TRUNCATED')

  const header = parseHeader(bytes.subarray(PREFIX_BYTES, end))
  if (!header.ok) return header
  return ok({
    flags: {
      gzip: (bits & FLAG.gzip) !== 0,
      final: (bits & FLAG.final) !== 0,
      snapshot: (bits & FLAG.snapshot) !== 0,
      retry: (bits & FLAG.retry) !== 0,
    },
    header: header.value,
    payload: bytes.subarray(end),
  })
}

function flagBits(flags: BatchFlags): number {
  return (
    (flags.gzip ? FLAG.gzip : 0) |
    (flags.final ? FLAG.final : 0) |
    (flags.snapshot ? FLAG.snapshot : 0) |
    (flags.retry ? FLAG.retry : 0)
  )
}

const HEADER_FIELDS = ['s', 't', 'q', 'a', 'n', 'f', 'l', 'r', 'k'] as const
const UINT48 = 2 ** 48 - 1

function parseHeader(bytes: Uint8Array): Result<BatchHeader, WireError> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fail('ENVELOPE_HEADER_NOT_UTF8')
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return fail('ENVELOPE_HEADER_NOT_JSON')
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return fail('ENVELOPE_HEADER_NOT_JSON')
  const fields = new Map(Object.entries(parsed))
  if (fields.size !== HEADER_FIELDS.length || HEADER_FIELDS.some((name) => !fields.has(name))) {
    return fail('ENVELOPE_HEADER_FIELD_UNKNOWN')
  }
  const integer = (name: string, max: number): number | undefined => {
    const value: unknown = fields.get(name)
    return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= max
      ? (value as number)
      : undefined
  }
  const session = integer('s', Number.MAX_SAFE_INTEGER)
  const stream = integer('t', UINT48)
  const sequence = integer('q', Number.MAX_SAFE_INTEGER)
  const sentAt = integer('a', Number.MAX_SAFE_INTEGER)
  const records = integer('n', Number.MAX_SAFE_INTEGER)
  const firstAt = integer('f', Number.MAX_SAFE_INTEGER)
  const lastAt = integer('l', Number.MAX_SAFE_INTEGER)
  const rawBytes = integer('r', Number.MAX_SAFE_INTEGER)
  const token: unknown = fields.get('k')
  if (
    session === undefined ||
    stream === undefined ||
    sequence === undefined ||
    sentAt === undefined ||
    records === undefined ||
    firstAt === undefined ||
    lastAt === undefined ||
    rawBytes === undefined ||
    typeof token !== 'string'
  ) {
    return fail('ENVELOPE_HEADER_FIELD_INVALID')
  }
  return ok({ session, stream, sequence, sentAt, records, firstAt, lastAt, rawBytes, token })
}
