import { LIMITS } from '@vasistas/wire/core'

export interface IngestAnswer {
  readonly status: number
  /** The answer's JSON object; empty when there was none. */
  readonly body: Readonly<Record<string, unknown>>
  readonly retryAfterMs: number | undefined
}

export interface IngestTransport {
  /** Undefined: no answer came; the server may or may not have it. */
  post(path: string, body: Uint8Array<ArrayBuffer> | string): Promise<IngestAnswer | undefined>
  /** Lets the browser finish it after the page is gone. False: it would exceed what the browser grants; nothing was sent. */
  postOnExit(path: string, body: Uint8Array<ArrayBuffer>): boolean
  /** Ends what is under way and lets nothing more go. */
  abort(): void
}

const ANSWER_DEADLINE_MS = 30_000

/**
 * CORS-simple requests: text/plain, no custom header, no cookie, and no more of the page's address than its origin
 * (leaks.md L107). Keepalive requests share one budget of the page, which in-flight bytes must not exceed.
 */
export function createIngestTransport(endpoint: string, fetchNative: typeof fetch): IngestTransport {
  const aborting = new AbortController()
  let keptAlive = 0

  async function request(
    path: string,
    body: Uint8Array<ArrayBuffer> | string,
    signal: AbortSignal,
  ): Promise<IngestAnswer | undefined> {
    const blob = new Blob([body], { type: 'text/plain' })
    const keepalive = keptAlive + blob.size <= LIMITS.keepaliveBytes
    if (keepalive) keptAlive += blob.size
    try {
      const response = await fetchNative(endpoint + path, {
        method: 'POST',
        body: blob,
        keepalive,
        signal,
        mode: 'cors',
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'origin',
      })
      return { status: response.status, body: await readObject(response), retryAfterMs: retryAfter(response) }
    } catch {
      return undefined // away, aborted, or answered without leave for this page to read it
    } finally {
      if (keepalive) keptAlive -= blob.size
    }
  }

  return {
    post(path, body) {
      if (aborting.signal.aborted) return Promise.resolve(undefined)
      return request(path, body, AbortSignal.any([aborting.signal, AbortSignal.timeout(ANSWER_DEADLINE_MS)]))
    },
    postOnExit(path, body) {
      if (aborting.signal.aborted || keptAlive + body.byteLength > LIMITS.keepaliveBytes) return false
      void request(path, body, aborting.signal)
      return true
    },
    abort: () => aborting.abort(),
  }
}

async function readObject(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const parsed: unknown = await response.json()
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined
}
