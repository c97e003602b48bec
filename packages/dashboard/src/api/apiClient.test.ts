import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createApiClient, queryText } from './apiClient.ts'
import { ApiProblem } from './apiProblem.ts'

/** A real server that answers as told, and a client of it. */
async function aServer(respond: (request: IncomingMessage, response: ServerResponse) => void) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let signOuts = 0
  const api = createApiClient({
    fetch: (input, init) => fetch(new URL(input as string, origin), init),
    csrfToken: () => 'secret',
    onSignedOut: () => void signOuts++,
  })
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { api, requests, signOuts: () => signOuts, close, [Symbol.asyncDispose]: close }
}

const json = (response: ServerResponse, status: number, body: object, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

async function problemOf(promise: Promise<unknown>): Promise<ApiProblem> {
  const caught: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(caught instanceof ApiProblem)) throw new Error('no problem was told')
  return caught
}

describe('createApiClient', () => {
  it('proves with the CSRF token that a change comes from the dashboard, and only a change', async () => {
    await using server = await aServer((_, response) => json(response, 200, { items: [] }))
    await server.api.sites()
    await server.api.signOut(false)
    expect(server.requests[0]?.headers['x-vasistas-csrf']).toBeUndefined()
    expect(server.requests[1]?.headers['x-vasistas-csrf']).toBe('secret')
  })

  it('tells a refusal by its code, with details and when to ask again', async () => {
    const body = { code: 'TOO_MANY_SIGN_INS', status: 429, title: 'No', details: { tries: 5 } }
    await using server = await aServer((_, response) => json(response, 429, body, { 'retry-after': '240' }))
    const problem = await problemOf(server.api.signIn({ email: 'a@b.example', password: 'x' }))
    expect(problem).toMatchObject({ code: 'TOO_MANY_SIGN_INS', retryAfterSeconds: 240, details: { tries: 5 } })
  })

  it('says that nobody is signed in any more, but not because of a wrong password', async () => {
    let code = 'SIGN_IN_FAILED'
    await using server = await aServer((_, response) => json(response, 401, { code, status: 401, title: '' }))
    await problemOf(server.api.signIn({ email: 'a@b.example', password: 'x' }))
    expect(server.signOuts()).toBe(0)
    code = 'SIGN_IN_REQUIRED'
    await problemOf(server.api.sites())
    expect(server.signOuts()).toBe(1)
  })

  it('takes a proxy’s error page for an unknown problem', async () => {
    await using server = await aServer((_, response) => response.writeHead(502).end('<html>Bad gateway</html>'))
    expect(await problemOf(server.api.sites())).toMatchObject({ code: 'UNKNOWN', status: 502 })
  })

  it('calls a server that cannot be reached by that name', async () => {
    const server = await aServer(() => undefined)
    await server.close()
    expect(await problemOf(server.api.sites())).toMatchObject({ code: 'NETWORK', status: 0 })
  })

  it('keeps ids within their part of the address', async () => {
    await using server = await aServer((_, response) => json(response, 200, {}))
    await server.api.recording('../sites?x')
    expect(server.requests[0]?.url).toBe('/api/recordings/..%2Fsites%3Fx')
  })
})

describe('queryText', () => {
  it('says nothing of what is not asked', () => {
    expect(queryText({ site: 1, path: '/a b', withErrors: true, withRage: false, cursor: undefined })).toBe(
      '?site=1&path=%2Fa+b&withErrors=true',
    )
    expect(queryText({})).toBe('')
  })
})
