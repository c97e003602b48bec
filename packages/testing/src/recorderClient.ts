import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { SiteKey, StartAccepted, StartRequest, StartResponse } from '@vasistas/wire/core'
import { RECORDER_VERSION } from '@vasistas/wire/core'
import { encodeEnvelope, encodeRecords, rrweb, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'

const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

export interface VisitOptions {
  /** Of the running server. */
  readonly origin: string
  readonly site: SiteKey
  /** The page's origin: one that the site lists. */
  readonly pageOrigin: string
  readonly visitor?: string
  readonly page?: string
}

export interface Visit extends StartAccepted {
  readonly visitor: string
  /** One page load; batches are numbered from 0 unless a sequence is given. */
  openStream(): VisitStream
}

export interface VisitStream {
  readonly stream: number
  send(records: readonly ReplayRecord[], options?: SendOptions): Promise<Response>
}

export interface SendOptions {
  readonly sequence?: number
  /** Sent instead of the records' own text. */
  readonly payload?: Uint8Array
  readonly gzip?: boolean
  readonly sentAt?: number
}

export const randomId = (bytes = 16): string => randomBytes(bytes).toString('base64url')

/** What a recorder does over HTTP, without a browser: for tests that are about the server. */
export async function startVisit(options: VisitOptions): Promise<Visit> {
  const visitor = options.visitor ?? randomId()
  const answer = await requestStart({ ...options, visitor })
  if (!answer.ok) throw new Error(`the server refused the visit: ${answer.reason}`)
  return { ...answer, visitor, openStream: () => openStream(options, answer) }
}

export async function requestStart({ origin, site, pageOrigin, visitor, page }: VisitOptions): Promise<StartResponse> {
  const request: StartRequest = {
    v: 1,
    site,
    visitor: visitor ?? randomId(),
    nonce: randomId(),
    consent: { recording: true, at: Date.now(), mechanism: 'api', textVersion: 'test' },
    page: page ?? `${pageOrigin}/`,
    referrer: '',
    language: 'en',
    screen: { width: 1280, height: 720 },
    now: Date.now(),
    recorder: RECORDER_VERSION,
  }
  const response = await post(`${origin}/v1/start`, pageOrigin, JSON.stringify(request))
  if (!response.ok) throw new Error(`/v1/start answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as StartResponse
}

function openStream(options: VisitOptions, { session, token }: StartAccepted): VisitStream {
  const stream = randomBytes(6).readUIntBE(0, 6)
  let next = 0
  return {
    stream,
    send(records, { sequence = next, payload, gzip = true, sentAt = Date.now() } = {}) {
      next = sequence + 1
      const raw = payload ?? new TextEncoder().encode(encodeRecords(records))
      const envelope = encodeEnvelope({
        flags: {
          gzip,
          final: false,
          snapshot: records.some(({ type }) => type === 'snapshot'),
          retry: false,
        },
        header: {
          session,
          stream,
          sequence,
          sentAt,
          records: records.length,
          firstAt: records[0]?.at ?? 0,
          lastAt: records.at(-1)?.at ?? 0,
          rawBytes: raw.byteLength,
          token,
        },
        payload: gzip ? gzipSync(raw) : raw,
      })
      return post(`${options.origin}/v1/b`, options.pageOrigin, envelope)
    },
  }
}

function post(url: string, origin: string, body: string | Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body,
    headers: { origin, 'content-type': 'text/plain', 'user-agent': USER_AGENT },
  })
}

/** A page as a recorder sees it first: the page record and a small document. */
export function aPageLoad(url: string, at: number, children: readonly SerializedNode[] = []): ReplayRecord[] {
  const body: SerializedNode = {
    type: rrweb.NODE.element,
    id: 3,
    tagName: 'body',
    attributes: {},
    childNodes: [...children],
  }
  const html: SerializedNode = { type: rrweb.NODE.element, id: 2, tagName: 'html', attributes: {}, childNodes: [body] }
  return [
    { type: 'page', at, url, width: 1280, height: 720 },
    {
      type: 'snapshot',
      at,
      left: 0,
      top: 0,
      node: { type: rrweb.NODE.document, id: 1, childNodes: [html] },
    },
  ]
}

export const aClick = (at: number): ReplayRecord => ({
  type: 'pointer-action',
  at,
  action: 'click',
  node: 3,
  x: 10,
  y: 20,
})
