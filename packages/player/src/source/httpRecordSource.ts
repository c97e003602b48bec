import type { Manifest } from '@vasistas/wire/api'
import type { RecordingId } from '@vasistas/wire/core'
import { SourceError, type RecordSource } from './recordSource.ts'

/** Milliseconds before each further attempt. */
const PAUSES = [500, 1500, 4000] as const

/** A stored recording, from the server that the dashboard came from; the sign-in cookie goes along. */
export function createHttpRecordSource(recording: RecordingId, manifest: Manifest): RecordSource {
  return {
    manifest,
    async fetchBatches(stream, from, to, signal) {
      const path = `/api/recordings/${encodeURIComponent(recording)}/batches?stream=${stream}&from=${from}&to=${to}`
      for (const pause of [...PAUSES, undefined]) {
        const answer = await attempt(path, signal)
        if (answer instanceof Uint8Array) return answer
        if (pause === undefined || answer === 'refused') break
        await wait(pause, signal)
      }
      throw new SourceError('NETWORK')
    },
  }
}

/** The bytes; or whether asking again may help. */
async function attempt(
  path: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | 'refused' | 'unreachable'> {
  try {
    const response = await fetch(path, { signal, credentials: 'same-origin' })
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
    if (response.status === 401) throw new SourceError('SIGNED_OUT')
    return response.status >= 500 || response.status === 429 ? 'unreachable' : 'refused'
  } catch (failure) {
    if (failure instanceof SourceError) throw failure
    signal.throwIfAborted()
    return 'unreachable'
  }
}

function wait(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, duration)
    signal.addEventListener('abort', abort, { once: true })
  })
}
