import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { Health, Problem } from '@vasistas/wire/api'
import { createLogger } from '../src/observability/logger.ts'
import { createHttpServer } from '../src/http/createHttpServer.ts'
import { registerStaticFiles } from '../src/http/staticFiles.ts'
import { readConfig } from '../src/config/config.ts'
import { startTestServer } from './startTestServer.ts'

const PAGE = '<!doctype html><title>Vasistas</title>'
const SCRIPT = 'console.log("a window in a door");'.repeat(50)

/** Two folders as the build leaves them. */
async function buildFolders(): Promise<{ dashboardFolder: string; embedFolder: string }> {
  const root = await mkdtemp(join(tmpdir(), 'vasistas-edge-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const [dashboardFolder, embedFolder] = [join(root, 'dashboard'), join(root, 'embed')]
  await mkdir(join(dashboardFolder, 'assets'), { recursive: true })
  await mkdir(embedFolder)
  await writeFile(join(dashboardFolder, 'index.html'), PAGE)
  for (const file of [
    join(dashboardFolder, 'assets/main-1a2b.js'),
    join(embedFolder, 'v.js'),
    join(embedFolder, 'recorder.1a2b.js'),
  ]) {
    await writeFile(file, SCRIPT)
    await writeFile(`${file}.br`, brotliCompressSync(SCRIPT))
    await writeFile(`${file}.gz`, gzipSync(SCRIPT))
  }
  await writeFile(join(root, 'secret.txt'), 'outside')
  return { dashboardFolder, embedFolder }
}

/** The edge alone, with built folders of its own. */
async function startEdge(folders?: {
  dashboardFolder: string
  embedFolder: string
}): Promise<{ origin: string; log: readonly string[] }> {
  const log: string[] = []
  const app = await createHttpServer({
    config: readConfig({}),
    logger: createLogger('debug', { write: (line) => void log.push(line) }),
    version: '0',
    clockMs: () => performance.now(),
    newRequestId: () => 'request-1',
    networkOf: (address) => address,
  })
  await registerStaticFiles(app, folders ?? { dashboardFolder: '/nowhere/a', embedFolder: '/nowhere/b' })
  app.get('/api/fails', () => {
    throw new Error('canary: the reason with content')
  })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return { origin, log }
}

const headersOf = async (url: string, names: readonly string[], init?: RequestInit) => {
  const { headers, status } = await fetch(url, init)
  return [status, ...names.map((name) => headers.get(name))]
}

describe('every answer', () => {
  it('tells browsers to trust nothing but ourselves', async () => {
    await using server = await startTestServer()
    for (const path of ['/', '/api/state', '/api/sites', '/v.js', '/nothing.html', '/openapi.json']) {
      const { headers } = await server.fetch(path)
      const policy = new Map(
        headers
          .get('content-security-policy')
          ?.split(';')
          .map((directive) => {
            const [name = '', ...values] = directive.trim().split(' ')
            return [name, values.join(' ')] as const
          }),
      )
      expect([path, Object.fromEntries(policy)]).toEqual([
        path,
        expect.objectContaining({
          'default-src': "'none'",
          'script-src': "'self'",
          'connect-src': "'self'",
          'frame-ancestors': "'none'",
          'base-uri': "'none'",
          'form-action': "'self'",
          'object-src': "'none'",
        }),
      ])
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('server')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  it('asks browsers to stay with HTTPS where they come by HTTPS', async () => {
    await using server = await startTestServer({ publicUrl: 'https://replay.shop.example' })
    const { headers } = await server.fetch('/')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000')
  })

  it('of the API is kept by no cache', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    for (const path of ['/api/state', '/api/sites', '/api/recordings', '/api/audit', '/api/health', '/api/sign-ins']) {
      expect([path, (await anna.fetch(path)).headers.get('cache-control')]).toEqual([path, 'no-store'])
    }
  })
})

describe('built files', () => {
  it('are cached by what their names promise, and open to every site where sites load them', async () => {
    const { origin } = await startEdge(await buildFolders())
    const names = ['cache-control', 'cross-origin-resource-policy', 'access-control-allow-origin']
    expect(await headersOf(`${origin}/v.js`, names)).toEqual([200, 'public, max-age=300', 'cross-origin', '*'])
    const forever = 'public, max-age=31536000, immutable'
    expect(await headersOf(`${origin}/v/recorder.1a2b.js`, names)).toEqual([200, forever, 'cross-origin', '*'])
    expect(await headersOf(`${origin}/assets/main-1a2b.js`, names)).toEqual([200, forever, 'same-origin', null])
    expect(await headersOf(`${origin}/`, names)).toEqual([200, 'no-cache', 'same-origin', null])
  })

  it('travel compressed to whoever takes that', async () => {
    const { origin } = await startEdge(await buildFolders())
    for (const path of ['/v.js', '/v/recorder.1a2b.js', '/assets/main-1a2b.js']) {
      for (const encoding of ['br', 'gzip', 'identity']) {
        const response = await fetch(origin + path, { headers: { 'accept-encoding': encoding } })
        const expected = encoding === 'identity' ? null : encoding
        expect([path, encoding, response.headers.get('content-encoding')]).toEqual([path, encoding, expected])
        expect(response.headers.get('vary')).toContain('accept-encoding')
        expect(response.headers.get('content-type')).toMatch(/javascript/)
        expect(await response.text()).toBe(SCRIPT)
      }
      expect(await headersOf(origin + path, ['cache-control'], { headers: { 'accept-encoding': 'br' } })).toEqual(
        await headersOf(origin + path, ['cache-control'], { headers: { 'accept-encoding': 'identity' } }),
      )
    }
  })

  it('stand in for every address of the dashboard, and for nothing else', async () => {
    const { origin } = await startEdge(await buildFolders())
    for (const path of ['/', '/setup', '/recordings/abc', '/sites/1/settings?tab=a.b']) {
      expect(await (await fetch(origin + path)).text()).toBe(PAGE)
    }
    const nothing = [
      '/api/nothing',
      '/v/nothing.js',
      '/v1/nothing',
      '/missing.js',
      '/.env',
      '/assets/../../secret.txt',
      '/v/..%2f..%2fsecret.txt',
      '/assets/main-1a2b.js.br',
    ]
    for (const path of nothing) {
      const response = await fetch(origin + path)
      expect([path, [404, 403].includes(response.status), (await response.text()).includes('outside')]).toEqual([
        path,
        true,
        false,
      ])
    }
    expect((await fetch(`${origin}/setup`, { method: 'POST' })).status).toBe(404)
  })

  it('that are not built yet answer 404, and the server runs', async () => {
    const { origin } = await startEdge()
    for (const path of ['/', '/v.js', '/v/recorder.js'])
      expect([path, (await fetch(origin + path)).status]).toEqual([path, 404])
  })
})

describe('an error', () => {
  it('has one body that names a code; what was ours tells the caller nothing more, and the log where it was', async () => {
    const { origin, log } = await startEdge()
    const response = await fetch(`${origin}/api/fails?canary`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      500,
      expect.stringMatching(/^application\/problem\+json/),
    ])
    expect(await response.json()).toEqual({
      code: 'INTERNAL',
      status: 500,
      title: 'Something went wrong in the server.',
      details: { request: 'request-1' },
    })
    const logged = log.find((line) => line.includes('a request failed')) ?? '{}'
    expect(JSON.parse(logged)).toMatchObject({
      requestId: 'request-1',
      route: '/api/fails',
      err: { name: 'Error', stack: expect.stringContaining('edge.integration.test.ts') },
    })
    expect(log.join('')).not.toContain('canary')
  })

  it('of form names the field, never its value', async () => {
    await using server = await startTestServer()
    const ask = async (body: string, type = 'application/json') => {
      const response = await server.fetch('/api/sign-in', { method: 'POST', body, headers: { 'content-type': type } })
      const text = await response.text()
      expect(text).not.toContain('canary')
      return JSON.parse(text) as Problem
    }
    expect(await ask('{"email":"canary"}')).toMatchObject({ code: 'INVALID_REQUEST', status: 400 })
    expect(await ask('{"email":["canary"],"password":"canary"}')).toMatchObject({ details: { field: '/email' } })
    expect(await ask('{"email":"a","password":"b","surprise":"canary"}')).toMatchObject({ code: 'INVALID_REQUEST' })
    expect(await ask('{"canary')).toMatchObject({ code: 'INVALID_REQUEST', status: 400 })
    expect(await ask('canary', 'text/xml')).toMatchObject({ code: 'UNSUPPORTED_TYPE', status: 415 })
    expect(await ask(`{"email":"${'canary'.repeat(20_000)}"}`)).toMatchObject({
      code: 'TOO_LARGE',
      details: { max: 65_536 },
    })
  })

  it('of a header that never ends closes the connection', async () => {
    await using server = await startTestServer()
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    let answer = ''
    socket.on('data', (data) => (answer += data.toString()))
    socket.write('GET /api/state HTTP/1.1\r\nhost: localhost\r\nx-slow: ')
    await eventually(() => expect(answer).toMatch(/^HTTP\/1\.1 408 /), 20_000)
  })
})

describe('machines', () => {
  it('ask whether the server lives and is ready', async () => {
    await using server = await startTestServer()
    expect(await (await server.fetch('/healthz')).json()).toEqual({ status: 'ok' })
    expect(await (await server.fetch('/readyz')).json()).toEqual({ status: 'ready' })
  })

  it('read metrics on this machine, unless a proxy stands between', async () => {
    await using server = await startTestServer()
    const text = await (await server.fetch('/metrics')).text()
    expect(text).toMatch(/^vasistas_accepted_batches_total 0$/m)
    expect(text).toMatch(/^vasistas_loop_delay_p99_seconds [\d.e-]+$/m)
    expect((await server.fetch('/metrics', { headers: { 'x-forwarded-for': '192.0.2.7' } })).status).toBe(404)
  })

  it('read no metrics without a token where a proxy stands in front that may not say so, or under a strange name', async () => {
    await using server = await startTestServer({ trustProxy: 1 })
    expect((await server.fetch('/metrics')).status).toBe(404)
    await using direct = await startTestServer()
    const port = Number(new URL(direct.origin).port)
    const rebound = request({ port, host: '127.0.0.1', path: '/metrics', headers: { host: 'evil.example' } }).end()
    const [response] = (await once(rebound, 'response')) as [IncomingMessage]
    response.resume()
    expect(response.statusCode).toBe(404)
  })

  it('read metrics with the token where there is one, from everywhere', async () => {
    await using server = await startTestServer({ environment: { VASISTAS_METRICS_TOKEN: 'a-long-secret' } })
    const statusWith = async (headers: Record<string, string>) => (await server.fetch('/metrics', { headers })).status
    expect(await statusWith({})).toBe(404)
    expect(await statusWith({ authorization: 'Bearer a-long-secreT' })).toBe(404)
    expect(await statusWith({ authorization: 'Bearer a-long-secret', 'x-forwarded-for': '192.0.2.7' })).toBe(200)
  })

  it('and owners see the same health', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const health = await anna.get<Health>('/api/health')
    expect(health).toMatchObject({ acceptedBatches: 0, refused: [], poisoned: [], quarantined: [], indexBacklog: 0 })
    expect(health.diskFreeBytes).toBeGreaterThan(0)
  })
})
