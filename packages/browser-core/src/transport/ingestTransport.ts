import { LIMITS, type Duration } from '@vasistas/wire/core'

export interface IngestAnswer {
  /** 0: no answer came; the server may or may not have it. */
  readonly status: number
  /** The answer's JSON object; empty when there was none. */
  readonly body: Readonly<Record<string, unknown>>
  readonly retryAfterMs: Duration | undefined
}

export interface IngestTransport {
  /** Never rejects. */
  post(path: string, body: Uint8Array<ArrayBuffer> | string): Promise<IngestAnswer>
  /**
   * As `post`, and the browser finishes it even when the page is gone. Undefined: it would exceed what the browser grants
   * for that, and nothing was sent.
   */
  postOutliving(path: string, body: Uint8Array<ArrayBuffer>): Promise<IngestAnswer> | undefined
  /** Ends what is under way and lets nothing more go. */
  abort(): void
}

export interface TransportOptions {
  /** Address of the server, without a slash at the end. */
  readonly server: string
  readonly fetch: typeof globalThis.fetch
  /** Asked before every request; nothing leaves after a no. */
  isAllowed(): boolean
}

const ANSWER_DEADLINE_MS = 30_000
const LONGEST_ASKED_MS = 3600_000
const NO_ANSWER: IngestAnswer = { status: 0, body: {}, retryAfterMs: undefined }

/**
 * CORS-simple requests: text/plain, no custom header, no cookie, and no more of the page's address than its origin
 * (leaks.md L107). Requests that may outlive the page share one budget: the browser refuses what exceeds it.
 */
export function createIngestTransport({ server, fetch, isAllowed }: TransportOptions): IngestTransport {
  const underWay = new Set<AbortController>()
  let isAborted = false
  let outlivingBytes = 0

  async function request(
    path: string,
    body: Uint8Array<ArrayBuffer> | string,
    keepalive: boolean,
  ): Promise<IngestAnswer> {
    if (isAborted || !isAllowed()) return NO_ANSWER
    const aborting = new AbortController()
    const deadline = setTimeout(() => aborting.abort(), ANSWER_DEADLINE_MS)
    underWay.add(aborting)
    try {
      const response = await fetch(server + path, {
        method: 'POST',
        body: new Blob([body], { type: 'text/plain' }),
        keepalive,
        signal: aborting.signal,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'origin',
      })
      const { status } = response
      return { status, body: await readObject(response), retryAfterMs: retryAfterOf(response) }
    } catch {
      return NO_ANSWER // away, aborted, or answered without leave for this page to read it
    } finally {
      clearTimeout(deadline)
      underWay.delete(aborting)
    }
  }

  return {
    post: (path, body) => request(path, body, false),
    postOutliving(path, body) {
      const bytes = body.byteLength
      if (outlivingBytes + bytes > LIMITS.keepaliveBytes) return undefined
      outlivingBytes += bytes
      return request(path, body, true).finally(() => {
        outlivingBytes -= bytes
      })
    },
    abort() {
      isAborted = true
      for (const aborting of underWay) aborting.abort()
    },
  }
}

async function readObject(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await response.json()) as Record<string, unknown>
  } catch {
    return {} // a proxy's page instead of an answer
  }
}

function retryAfterOf(response: Response): Duration | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  return seconds >= 0 ? Math.min(seconds * 1000, LONGEST_ASKED_MS) : undefined
}
