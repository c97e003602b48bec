import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { extname, join } from 'node:path'
import type { Agent, AppState, LiveEvent, PasswordVerdict, RecordingDetail, Site } from '@vasistas/wire/api'
import { DEFAULT_PRIVACY } from '@vasistas/wire/core'
import {
  aFixtureRecording,
  fixtureAudit,
  fixtureHealth,
  fixtureRecordings,
  fixtureSignIns,
  fixtureSites,
} from './fixtureData.ts'
import { fixtureRecording } from './fixtureRecording.ts'

export const FIXTURE_PASSWORD = 'seven doors and one cat'

export interface FixtureServer extends AsyncDisposable {
  readonly origin: string
  readonly recordings: RecordingDetail[]
  readonly sites: Site[]
  /** Method and path of every request to the API. */
  readonly calls: string[]
  /** What the live socket tells. */
  send(event: LiveEvent): void
  /** One more visit, as if somebody had just come. */
  addRecording(): RecordingDetail
}

interface FixtureOptions {
  readonly needsSetup?: boolean
  readonly signedIn?: boolean
  readonly empty?: boolean
  readonly language?: Agent['language']
  /** Answers of the API fail with this status. */
  readonly fails?: (path: string) => boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** As the real server's (server/src/http/createHttpServer.ts). */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
  "media-src 'self'; connect-src 'self'; frame-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; " +
  "base-uri 'none'; form-action 'self'; object-src 'none'"

/** The HTTP contract of wire/api with made-up visits: for tests and for looking at pages. Never shipped. */
export async function startFixtureServer(folder: string, options: FixtureOptions = {}): Promise<FixtureServer> {
  const now = Date.now()
  const sites = options.empty ? [] : fixtureSites(now)
  const recordings = options.empty ? [] : fixtureRecordings(now)
  const audit = fixtureAudit(now)
  let signIns = fixtureSignIns(now)
  const calls: string[] = []
  const sockets = new Set<Duplex>()
  let needsSetup = options.needsSetup ?? false
  let agent: Agent = {
    id: 1,
    email: 'ada@shop.example',
    name: 'Ada Lesage',
    role: 'owner',
    language: options.language ?? 'en',
  }
  let isSignedIn = options.signedIn ?? false
  let failures = 0

  const state = (): AppState => ({
    version: '0.1.0',
    needsSetup,
    agent: isSignedIn ? agent : null,
    csrfToken: isSignedIn ? 'csrf' : null,
  })
  const problem = (status: number, code: string, details = {}) => ({
    status,
    body: { code, status, title: code, details },
  })
  const ok = (body: unknown = {}) => ({ status: 200, body })
  const find = (path: string) => recordings.find(({ id }) => path.startsWith(`/api/recordings/${id}`))

  function answer(
    method: string,
    url: URL,
    body: Record<string, never>,
  ): { status: number; body: unknown; retryAfter?: number } {
    const path = url.pathname
    const route = `${method} ${path}`
    if (options.fails?.(path)) return problem(500, 'INTERNAL')
    if (route === 'GET /api/state') return ok(state())
    if (route === 'POST /api/password-strength') return ok(verdict(body['password'] ?? ''))
    if (route === 'POST /api/setup') {
      if (!verdict(body['password'] ?? '').accepted) return problem(422, 'PASSWORD_TOO_WEAK')
      agent = { ...agent, email: body['email'] ?? '', name: body['name'] ?? '' }
      needsSetup = false
      isSignedIn = true
      return ok(agent)
    }
    if (route === 'POST /api/sign-in') {
      if (failures >= 3) return { ...problem(429, 'TOO_MANY_SIGN_INS'), retryAfter: 240 }
      if (body['password'] !== FIXTURE_PASSWORD) {
        failures++
        return problem(401, 'SIGN_IN_FAILED')
      }
      isSignedIn = true
      return ok(agent)
    }
    if (!isSignedIn) return problem(401, 'SIGN_IN_REQUIRED')
    return answerSignedIn(method, url, body)
  }

  function answerSignedIn(method: string, url: URL, body: Record<string, never>): { status: number; body: unknown } {
    const path = url.pathname
    const route = `${method} ${path}`
    switch (route) {
      case 'POST /api/sign-out':
        isSignedIn = false
        return ok()
      case 'POST /api/password':
        return body['current'] === FIXTURE_PASSWORD ? ok() : problem(403, 'PASSWORD_WRONG')
      case 'PATCH /api/account':
        agent = { ...agent, ...body }
        return ok(agent)
      case 'GET /api/sign-ins':
        return ok({ items: signIns })
      case 'GET /api/audit':
        return ok({ items: audit, nextCursor: null })
      case 'GET /api/health':
        return ok(fixtureHealth(now))
      case 'GET /api/sites':
        return ok({ items: sites })
      case 'POST /api/sites': {
        const settings = { ...DEFAULT_PRIVACY, recordingOn: true, retentionDays: 30, sampleRate: 1, keepAssets: true }
        const site = {
          id: 77,
          key: 'bmV3c2l0ZW5ld3NpdGVuZQ',
          createdAt: now,
          settings,
          recordings: 0,
          ...(body as object),
        } as unknown as Site
        sites.push(site)
        return ok(site)
      }
      case 'GET /api/recordings':
        return ok(list(url.searchParams))
      default:
        return answerItem(method, url, body)
    }
  }

  function answerItem(method: string, url: URL, body: Record<string, never>): { status: number; body: unknown } {
    const path = url.pathname
    const signIn = /^\/api\/sign-ins\/(.+)$/.exec(path)?.[1]
    if (signIn && method === 'DELETE') {
      signIns = signIns.filter(({ id }) => id !== signIn)
      return ok()
    }
    const siteId = Number(/^\/api\/sites\/(\d+)/.exec(path)?.[1])
    const index = sites.findIndex(({ id }) => id === siteId)
    const site = sites[index]
    if (site && path.endsWith('/installation')) {
      const heardAt = site.recordings > 0 ? now - 90_000 : null
      return ok({
        heardAt,
        origin: heardAt && site.origins[0],
        recorder: heardAt && '0.1.0',
        publicUrl: 'https://replay.example',
      })
    }
    if (site && method === 'PATCH') {
      const { settings, ...rest } = body as Partial<Site>
      sites[index] = { ...site, ...rest, settings: { ...site.settings, ...settings } }
      return ok(sites[index])
    }
    const recording = find(path)
    if (!recording) return problem(404, 'NOT_FOUND')
    if (path.endsWith('/watches')) {
      recordings[recordings.indexOf(recording)] = {
        ...recording,
        watched: true,
        watches: [{ at: Date.now(), agent: agent.name }, ...recording.watches],
      }
      return ok()
    }
    if (path.endsWith('/manifest')) return ok(fixtureRecording(recording.id, recording.startedAt).manifest)
    if (method === 'DELETE') {
      recordings.splice(recordings.indexOf(recording), 1)
      return ok({ erased: 1 })
    }
    return ok(recording)
  }

  function list(query: URLSearchParams) {
    const start = Number(query.get('cursor') ?? 0)
    const matches = recordings.filter(
      (recording) =>
        (!query.get('site') || recording.siteId === Number(query.get('site'))) &&
        (!query.get('device') || recording.device === query.get('device')) &&
        (!query.get('country') || recording.country === query.get('country')) &&
        (!query.get('visitor') || recording.visitor === query.get('visitor')) &&
        (!query.get('path') || recording.entryPath.includes(query.get('path') ?? '')) &&
        recording.startedAt >= Number(query.get('from') ?? 0) &&
        recording.startedAt < Number(query.get('to') ?? Infinity) &&
        recording.durationMs >= Number(query.get('minDurationMs') ?? 0) &&
        (!query.get('withErrors') || recording.errors > 0) &&
        (!query.get('withRage') || recording.rageClicks > 0) &&
        (!query.get('unwatched') || !recording.watched),
    )
    const limit = Number(query.get('limit') ?? 30)
    return {
      items: matches.slice(start, start + limit),
      nextCursor: start + limit < matches.length ? String(start + limit) : null,
    }
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fixture')
    const method = request.method ?? 'GET'
    if (!url.pathname.startsWith('/api/')) return serveFile(url.pathname, response)
    calls.push(`${method} ${url.pathname}`)
    const text = await readBody(request)
    const batches = find(url.pathname)
    if (batches && url.pathname.endsWith('/batches')) {
      const { bytes } = fixtureRecording(batches.id, batches.startedAt)
      response.writeHead(200, { 'content-type': 'application/octet-stream' })
      response.end(bytes(Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))))
      return
    }
    const { status, body, retryAfter } = answer(method, url, text ? (JSON.parse(text) as Record<string, never>) : {})
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter)
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

  async function serveFile(path: string, response: ServerResponse): Promise<void> {
    const extension = extname(path)
    const file = TYPES[extension] ? path : '/index.html'
    try {
      const content = await readFile(join(folder, file))
      response
        .writeHead(200, { 'content-type': TYPES[extname(file)] ?? '', 'content-security-policy': CSP })
        .end(content)
    } catch {
      response.writeHead(404).end()
    }
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.writeHead(500).end())
  })
  server.on('upgrade', (request, socket: Duplex) => {
    if (!isSignedIn) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
    const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
    const accept = createHash('sha1').update(key).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    )
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const fixture: FixtureServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recordings,
    sites,
    calls,
    send(event) {
      const payload = Buffer.from(JSON.stringify(event))
      // A length must take as few bytes as it can, or the browser hangs up.
      const head =
        payload.length < 126
          ? Buffer.from([0x81, payload.length])
          : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255])
      for (const socket of sockets) socket.write(Buffer.concat([head, payload]))
    },
    addRecording() {
      const recording = {
        ...aFixtureRecording(100 + recordings.length, Date.now()),
        state: 'live' as const,
        watched: false,
      }
      recordings.unshift(recording)
      fixture.send({ type: 'recording.updated', siteId: recording.siteId, recording: recording.id })
      return recording
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fixture
}

/** A stand-in for the server's estimate: length alone. */
function verdict(password: string): PasswordVerdict {
  if (password.length < 12) return { accepted: false, score: 1, weaknesses: ['too-short', 'common'] }
  return { accepted: true, score: password.length > 16 ? 4 : 3, weaknesses: [] }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
