import { parentPort } from 'node:worker_threads'
import { gunzipSync } from 'node:zlib'
import { LIMITS } from '@vasistas/wire/core'
import { decodeRecords, encodeRecord, scanDepth } from '@vasistas/wire/recording'
import type { ExportAnswer, ExportQuestion } from './exportEvents.types.ts'

/**
 * Opens payloads away from the thread that answers visitors. Events go through the decoder and back, so that an export
 * holds what our protocol knows and the second privacy pass has looked at, and nothing that hid beside it.
 */
parentPort?.on('message', ({ gzip, payload }: ExportQuestion) => {
  const answer: ExportAnswer = { events: eventsOf(gzip, payload) }
  parentPort?.postMessage(answer)
})

/** The events as JSON, joined by commas; undefined when the payload does not open. */
function eventsOf(gzip: boolean, payload: Uint8Array): string | undefined {
  try {
    const json = gzip ? gunzipSync(payload, { maxOutputLength: LIMITS.snapshotRawBytes }) : payload
    if (!scanDepth(json).ok) return undefined
    const decoded = decodeRecords(new TextDecoder().decode(json))
    return decoded.ok ? decoded.value.records.map(encodeRecord).join(',\n') : undefined
  } catch {
    return undefined // broken gzip; the batch is left out like a damaged frame
  }
}
