import { concatBytes, fail, LIMITS, ok, type Result, type WireError } from '@vasistas/wire/core'
import { decodeRecords, scanDepth, type ReplayBatch, type ReplayRecord } from '@vasistas/wire/recording'

export type BatchError = WireError | 'PAYLOAD_TOO_LARGE' | 'PAYLOAD_NOT_GZIP' | 'PAYLOAD_NOT_UTF8'

/** A stored batch to records. Bounded in bytes, nesting and number before anything is parsed; never throws. */
export async function openBatch({ gzip, payload }: ReplayBatch): Promise<Result<readonly ReplayRecord[], BatchError>> {
  const bytes = gzip ? await inflate(payload) : ok(payload)
  if (!bytes.ok) return bytes
  if (bytes.value.byteLength > LIMITS.snapshotRawBytes) return fail('PAYLOAD_TOO_LARGE')
  const scanned = scanDepth(bytes.value)
  if (!scanned.ok) return scanned
  const text = decodeText(bytes.value)
  if (!text.ok) return text
  const decoded = decodeRecords(text.value)
  return decoded.ok ? ok(decoded.value.records) : decoded
}

/** Stops reading as soon as there is more than a batch may hold: a few kilobytes of gzip can be gigabytes. */
async function inflate(payload: Uint8Array<ArrayBuffer>): Promise<Result<Uint8Array<ArrayBuffer>, BatchError>> {
  const reader = new Blob([payload]).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return ok(concatBytes(parts))
      length += value.byteLength
      if (length > LIMITS.snapshotRawBytes) {
        await reader.cancel()
        return fail('PAYLOAD_TOO_LARGE')
      }
      parts.push(value)
    }
  } catch {
    return fail('PAYLOAD_NOT_GZIP')
  }
}

function decodeText(bytes: Uint8Array<ArrayBuffer>): Result<string, BatchError> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return fail('PAYLOAD_NOT_UTF8')
  }
}
