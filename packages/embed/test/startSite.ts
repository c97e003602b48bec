import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import { DEFAULT_PRIVACY, type PrivacyPolicy, type StartRequest, type StartResponse } from '@vasistas/wire/core'
import { decodeEnvelope, decodeRecords, type BatchEnvelope, type ReplayRecord } from '@vasistas/wire/recording'
import { buildEmbed } from '../build.ts'

export const SITE_KEY = 'AbCdEfGhIjKlMnOpQrStUv'

const LAST_WORDS_MS = 200

export interface ReceivedBatch extends BatchEnvelope {
  readonly records: readonly ReplayRecord[]
  /** How the server answered; only 200 means that it has the batch. */
  readonly status: number
}

/** An ingest that keeps what it is sent, as real HTTP; a test says when it misbehaves. */
export interface IngestDouble {
  readonly origin: string
  readonly starts: readonly StartRequest[]
  readonly batches: readonly ReceivedBatch[]
  readonly erasures: readonly { readonly site: string; readonly visitor: string }[]
  /** Paths of everything that was asked for, in order; `OPTIONS` in front of a preflight. */
  readonly requests: readonly string[]
  /** What the server took, in order of arrival: repeats count once. */
  accepted(): readonly ReceivedBatch[]
  /** Answers a start; nothing: accepted. */
  onStart: (request: StartRequest) => Partial<StartResponse> | number | undefined
  /** Answers a batch with a status or a body; nothing: 200. `gone`: the connection breaks. */
  onBatch: (batch: BatchEnvelope) => number | object | 'gone' | undefined
  /** Answers an erasure with a status; nothing: 200. */
  onErase: () => number | undefined
  privacy: Partial<PrivacyPolicy>
  /** How long it thinks about a batch. Milliseconds. */
  thinkMs: number
  /** Batches of one stream that were with the server at the same time, at most. */
  mostAtOnce: number
  /** The cable is out: every connection breaks, the loader's too. */
  isAway: boolean
  /** As at the beginning: nothing was received, nothing misbehaves. */
  reset(): void
}

export interface Site extends AsyncDisposable {
  readonly origin: string
  readonly ingest: IngestDouble
  /** A fresh browser profile; pages opened in it share storage, as tabs do. */
  newVisitor(options?: VisitorOptions): Promise<Visitor>
}

export interface VisitorOptions {
  readonly locale?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly hasGpc?: boolean
  readonly isPhone?: boolean
}

export interface Visitor extends AsyncDisposable {
  /** A page of the site with the snippet in it, in a new tab. */
  open(options?: OpenOptions): Promise<ChromiumPage>
  openIn(page: ChromiumPage, options?: OpenOptions): Promise<void>
  newPage(): Promise<ChromiumPage>
}

export interface OpenOptions {
  /** Of the snippet's script element, as written. */
  readonly attributes?: string
  readonly body?: string
  readonly lang?: string
  readonly path?: string
  readonly csp?: string
}

/** A site on one origin, the server on another, both real, and a real browser. */
export async function startSite(): Promise<Site> {
  const ingest = await startIngestDouble()
  let html = ''
  let csp: string | undefined
  const respond = (_request: IncomingMessage, response: ServerResponse) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(csp && { 'content-security-policy': csp }) })
      .end(html)
  }
  const pages = await startStaticServer({ '/': respond, '/next': respond, '/checkout/pay': respond })
  const browser = await openChromium()
  return {
    origin: pages.origin,
    ingest,
    async newVisitor({ locale = 'en-GB', colorScheme = 'light', hasGpc = false, isPhone = false } = {}) {
      const viewport = isPhone ? { width: 360, height: 640 } : { width: 1000, height: 700 }
      const context = await browser.newContext({ locale, colorScheme, viewport })
      if (hasGpc) {
        await context.addInitScript(() => {
          Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })
        })
      }
      async function openIn(page: ChromiumPage, options: OpenOptions = {}): Promise<void> {
        html = pageWithSnippet(ingest.origin, options)
        csp = options.csp?.replaceAll('SERVER', ingest.origin)
        await page.goto(pages.origin + (options.path ?? '/'))
      }
      return {
        newPage: () => context.newPage(),
        openIn,
        async open(options) {
          const page = await context.newPage()
          await openIn(page, options)
          return page
        },
        async [Symbol.asyncDispose]() {
          await context.close()
          // What the pages said at their end is not the next test's.
          await new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS))
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await pages.close()
      await ingest.close()
    },
  }
}

const BODY =
  '<h1>Shop</h1><p>Words of the page.</p><button id="buy">Buy</button><input name="comment"><div id="list"></div>'

function pageWithSnippet(server: string, { attributes = '', body = BODY, lang = 'en' }: OpenOptions): string {
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Shop</title>
<script async src="${server}/v.js" data-site="${SITE_KEY}" ${attributes}></script>
<script>window.vasistas = window.vasistas || function () { (vasistas.q = vasistas.q || []).push(arguments) }
window.told = []; for (const name of ['recording:started', 'recording:stopped', 'consent:changed']) vasistas('on', name, (detail) => told.push([name, detail]))</script>
</head><body>${body}</body></html>`
}

async function startIngestDouble(): Promise<IngestDouble & { close(): Promise<void> }> {
  const scriptTexts = await buildScripts()
  const starts: StartRequest[] = []
  const batches: ReceivedBatch[] = []
  const erasures: { site: string; visitor: string }[] = []
  const requests: string[] = []
  const present = new Map<number, number>()
  let lastSession = 1000

  async function handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.push(request.method === 'OPTIONS' ? `OPTIONS ${path}` : path)
    if (double.isAway) return void request.socket.destroy()
    response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
    response.setHeader('access-control-expose-headers', 'retry-after')
    const body = await readBody(request)
    const { status, answer } = path === '/v1/start' ? start(body) : path === '/v1/b' ? await take(body) : erase(body)
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  function start(body: Buffer): Answer {
    const request = JSON.parse(body.toString()) as StartRequest
    starts.push(request)
    const decided = double.onStart(request)
    if (typeof decided === 'number') return { status: decided, answer: {} }
    if (decided && 'ok' in decided && !decided.ok) return { status: 200, answer: decided }
    const resumed = request.resume === undefined ? undefined : Number(request.resume.split('.')[1])
    const session = resumed ?? ++lastSession
    return {
      status: 200,
      answer: {
        ok: true,
        session,
        recording: `recording-${session}`.padEnd(22, '0'),
        token: `token.${session}.0`,
        serverNow: Date.now(),
        flushMs: 5000,
        maxBodyBytes: 1024 * 1024,
        privacy: { ...DEFAULT_PRIVACY, ...double.privacy },
        ...decided,
      },
    }
  }

  async function take(body: Buffer): Promise<Answer> {
    const decoded = decodeEnvelope(new Uint8Array(body))
    if (!decoded.ok) return { status: 400, answer: { code: decoded.error } }
    const { stream } = decoded.value.header
    const atOnce = (present.get(stream) ?? 0) + 1
    present.set(stream, atOnce)
    double.mostAtOnce = Math.max(double.mostAtOnce, atOnce)
    if (double.thinkMs > 0) await new Promise((resolve) => setTimeout(resolve, double.thinkMs))
    present.set(stream, (present.get(stream) ?? 1) - 1)
    const decided = double.onBatch(decoded.value)
    const status = decided === 'gone' ? 0 : typeof decided === 'number' ? decided : 200
    batches.push({ ...decoded.value, records: recordsOf(decoded.value), status })
    return { status, answer: typeof decided === 'object' ? decided : {} }
  }

  function erase(body: Buffer): Answer {
    const status = double.onErase() ?? 200
    erasures.push(JSON.parse(body.toString()) as { site: string; visitor: string })
    return { status, answer: { erased: 1 } }
  }

  const api = (path: string) => (request: IncomingMessage, response: ServerResponse) =>
    void handle(path, request, response).catch((error: unknown) => response.destroy(error as Error))
  const script = (address: string, text: Buffer) => (request: IncomingMessage, response: ServerResponse) => {
    requests.push(address)
    if (double.isAway) return void request.socket.destroy()
    response.writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' }).end(text)
  }
  const double: IngestDouble = {
    get origin() {
      return server.origin
    },
    starts,
    batches,
    erasures,
    requests,
    accepted: () => firstOfEach(batches.filter(({ status }) => status === 200)),
    ...WELL_BEHAVED,
    privacy: {},
    thinkMs: 0,
    mostAtOnce: 0,
    isAway: false,
    reset() {
      for (const list of [starts, batches, erasures, requests]) list.length = 0
      Object.assign(double, { ...WELL_BEHAVED, privacy: {}, thinkMs: 0, mostAtOnce: 0, isAway: false })
    },
  }
  const server = await startStaticServer({
    ...Object.fromEntries(scriptTexts.map(([address, text]) => [address, script(address, text)])),
    '/v1/start': api('/v1/start'),
    '/v1/b': api('/v1/b'),
    '/v1/erase': api('/v1/erase'),
  })
  return Object.assign(double, { close: server.close })
}

const WELL_BEHAVED = { onStart: () => undefined, onBatch: () => undefined, onErase: () => undefined }

interface Answer {
  /** 0: the connection breaks. */
  readonly status: number
  readonly answer: object
}

function firstOfEach(batches: readonly ReceivedBatch[]): readonly ReceivedBatch[] {
  const nameOf = ({ header }: ReceivedBatch) => `${header.session}:${header.stream}:${header.sequence}`
  return batches.filter((batch, index) => batches.findIndex((other) => nameOf(other) === nameOf(batch)) === index)
}

function recordsOf({ flags, payload }: BatchEnvelope): readonly ReplayRecord[] {
  const text = (flags.gzip ? gunzipSync(payload) : Buffer.from(payload)).toString()
  const decoded = decodeRecords(text)
  if (!decoded.ok) throw new Error(decoded.error)
  return decoded.value.records
}

/** The bundles as they are served, by address. */
async function buildScripts(): Promise<readonly (readonly [address: string, text: Buffer])[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-embed-'))
  await buildEmbed({ folder })
  const files = await readdir(folder)
  const scripts = await Promise.all(
    files.map(async (file) => [file === 'v.js' ? '/v.js' : `/v/${file}`, await readFile(join(folder, file))] as const),
  )
  await rm(folder, { recursive: true })
  return scripts
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
