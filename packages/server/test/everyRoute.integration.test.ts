import { describe, expect, it } from 'vitest'
import type { Problem } from '@vasistas/wire/api'
import { startTestServer } from './startTestServer.ts'

/** What a stranger may ask; each says why. Whoever adds a route here opens it to the world. */
const OPEN = new Set([
  'GET /api/state', // whether somebody is signed in
  'POST /api/setup', // needs the one-time token
  'POST /api/sign-in',
  'POST /api/password-strength', // asked while the first account is made
  'GET /healthz',
  'GET /readyz',
  'GET /metrics', // from this machine, or with the token
  'GET /openapi.json',
  'POST /v1/start', // recorders: origin, consent and limits are looked at by ingest
  'POST /v1/b',
  'POST /v1/erase',
  'GET /v.js',
])
/** Built files. */
const isFile = (path: string) => path.startsWith('/v/') || (!path.startsWith('/api') && /\.\w+$|^\/\*$/.test(path))

describe('every route', () => {
  it('that is not on the list of open ones answers 401 to a stranger, whatever is sent', async () => {
    await using server = await startTestServer()
    await server.setUp()
    const guarded = server.routes.filter(
      ({ method, url }) => method !== 'HEAD' && !OPEN.has(`${method} ${url}`) && !isFile(url),
    )
    expect(guarded.length).toBeGreaterThan(15)
    for (const { method, url } of guarded) {
      const path = url.replaceAll(/:\w+|\*/g, '1')
      for (const cookie of ['', `vasistas_session=${'x'.repeat(43)}`, 'vasistas_session=1']) {
        const response = await server.fetch(path, {
          method,
          headers: { cookie, 'content-type': 'application/json', 'x-vasistas-csrf': 'x'.repeat(43) },
          ...(method !== 'GET' && { body: 'no JSON' }),
        })
        const { code } = (await response.json()) as Problem
        expect([method, url, response.status, code]).toEqual([method, url, 401, 'SIGN_IN_REQUIRED'])
      }
    }
  })

  it('that is open is there', async () => {
    await using server = await startTestServer()
    const known = new Set(server.routes.map(({ method, url }) => `${method} ${url}`))
    expect([...OPEN].filter((route) => !known.has(route))).toEqual([])
  })

  it('of the API is described in /openapi.json', async () => {
    await using server = await startTestServer()
    const { paths } = (await (await server.fetch('/openapi.json')).json()) as { paths: Record<string, object> }
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const registered = server.routes
      .filter(({ method, url }) => method !== 'HEAD' && url.startsWith('/api'))
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)|\*/g, (_all, name = '*') => `{${name}}`)}`)
    expect(registered.filter((route) => !described.includes(route))).toEqual([])
  })

  it('that changes something needs the CSRF token', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const changing = server.routes.filter(
      ({ method, url }) =>
        url.startsWith('/api') && method !== 'GET' && method !== 'HEAD' && !OPEN.has(`${method} ${url}`),
    )
    expect(changing.length).toBeGreaterThan(7)
    for (const { method, url } of changing) {
      const response = await anna.fetch(url.replaceAll(/:\w+/g, '1'), {
        method,
        headers: { 'x-vasistas-csrf': 'none' },
      })
      expect([method, url, response.status]).toEqual([method, url, 403])
      expect(((await response.json()) as Problem).code).toBe('CSRF_REFUSED')
    }
  })
})
