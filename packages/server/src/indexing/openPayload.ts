import { gunzipSync } from 'node:zlib'

import { fail, LIMITS, ok, type Result } from '@vasistas/wire/core'
import { decodeRecords, scanDepth, type ReplayRecord } from '@vasistas/wire/recording'

export interface OpenedPayload {
  readonly records: readonly ReplayRecord[]
  /** Events of a kind that this version does not know. */
  readonly unknown: number
}

const GZIP = 1
const SNAPSHOT = 4

/**
 * A payload to records, within bounds: inflated no further than the limit, scanned before it is parsed, rebuilt from known
 * properties. The error is the reason for which the batch is set aside; it never holds content. Never throws.
 */
export function openPayload(payload: Uint8Array, flags: number): Result<OpenedPayload, string> {
  const mostBytes = (flags & SNAPSHOT) !== 0 ? LIMITS.snapshotRawBytes : LIMITS.rawBytes
  const raw = (flags & GZIP) !== 0 ? inflate(payload, mostBytes) : ok(payload)
  if (!raw.ok) return raw
  if (raw.value.byteLength > mostBytes) return fail('RAW_TOO_LARGE')
  const scanned = scanDepth(raw.value)
  if (!scanned.ok) return scanned
  // Broken UTF-8 becomes replacement characters, in the replay as well.
  const decoded = decodeRecords(new TextDecoder('utf-8').decode(raw.value))
  return decoded.ok ? ok(decoded.value) : decoded
}

/** Node refuses torn streams and bytes behind the last member; members one after the other are fine within the limit. */
function inflate(payload: Uint8Array, mostBytes: number): Result<Uint8Array, string> {
  try {
    return ok(gunzipSync(payload, { maxOutputLength: mostBytes }))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return fail(code === 'ERR_BUFFER_TOO_LARGE' ? 'RAW_TOO_LARGE' : 'GZIP_INVALID')
  }
}
