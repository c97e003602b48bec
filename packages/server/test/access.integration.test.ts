import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { AppState, AuditEntry, Page, PasswordVerdict, Problem, SignIn } from '@vasistas/wire/api'
import { OWNER, openDashboard, PASSWORD, startTestServer, type Dashboard, type TestServer } from './startTestServer.ts'

const HOUR = 3600_000
const NEXT_PASSWORD = 'seven-kettles-mend-a-violet-otter'

const answerOf = async (response: Response) => ({
  status: response.status,
  code: ((await response.json()) as Problem).code,
})
const stateOf = async (server: TestServer, cookie = '') =>
  (await (await server.fetch('/api/state', { headers: { cookie } })).json()) as AppState
const isSignedIn = async (server: TestServer, { cookie }: Dashboard) => (await stateOf(server, cookie)).agent !== null
const actionsOf = async (dashboard: Dashboard) =>
  (await dashboard.get<Page<AuditEntry>>('/api/audit')).items.map(({ action }) => action)

describe('the set-up link', () => {
  it('makes the first account and signs it in, once', async () => {
    await using server = await startTestServer()
    expect(server.setupUrl).toBe(`${server.origin}/setup#${server.setupToken}`)
    expect(await stateOf(server)).toMatchObject({ needsSetup: true, agent: null, csrfToken: null })

    const anna = await server.setUp()
    expect(await stateOf(server, anna.cookie)).toMatchObject({
      needsSetup: false,
      agent: { email: OWNER.email, name: 'Anna', role: 'owner', language: 'en' },
    })
    const again = await server.post('/api/setup', { ...OWNER, email: 'eve@other.example', token: server.setupToken })
    expect(await answerOf(again)).toEqual({ status: 403, code: 'SETUP_LINK_INVALID' })
    expect(await actionsOf(anna)).toEqual(['account.created'])
  })

  it('works for one of many who use it at the same time', async () => {
    await using server = await startTestServer()
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        server.post('/api/setup', { ...OWNER, email: `anna${index}@shop.example`, token: server.setupToken }),
      ),
    )
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([201, 403, 403, 403, 403])
  })

  it('is refused with a wrong token before anything else is looked at', async () => {
    await using server = await startTestServer()
    const response = await server.post('/api/setup', {
      ...OWNER,
      password: 'password',
      email: 'none',
      token: 'x'.repeat(43),
    })
    expect(await answerOf(response)).toEqual({ status: 403, code: 'SETUP_LINK_INVALID' })
  })

  it('ends after a day', async () => {
    await using server = await startTestServer()
    server.advance(24 * HOUR)
    const late = await server.post('/api/setup', { ...OWNER, token: server.setupToken })
    expect(await answerOf(late)).toEqual({ status: 403, code: 'SETUP_LINK_INVALID' })
  })

  it('is another one with every start, until somebody has an account', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vasistas-restart-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const first = await startTestServer({ folder })
    await first.close()
    const second = await startTestServer({ folder })
    const old = await second.post('/api/setup', { ...OWNER, token: first.setupToken })
    expect(await answerOf(old)).toEqual({ status: 403, code: 'SETUP_LINK_INVALID' })
    const anna = await second.setUp()
    await second.close()
    await using third = await startTestServer({ folder })
    expect(third.setupUrl).toBeUndefined()
    expect(await isSignedIn(third, anna)).toBe(true)
  })
})

describe('a password', () => {
  it('is judged for the first account and for who is signed in, for no stranger', async () => {
    await using server = await startTestServer()
    const question = { email: OWNER.email, name: 'Anna', password: PASSWORD }
    expect((await server.post('/api/password-strength', question)).status).toBe(200)
    const anna = await server.setUp()
    expect((await server.post('/api/password-strength', question)).status).toBe(401)
    expect((await anna.send('POST', '/api/password-strength', question)).status).toBe(200)
  })

  it('is refused with the reasons', async () => {
    await using server = await startTestServer()
    const judge = async (password: string) => {
      const response = await server.post('/api/password-strength', {
        email: OWNER.email,
        name: 'Anna Kowalska',
        password,
      })
      return (await response.json()) as PasswordVerdict
    }
    expect(await judge('Ab1!x')).toMatchObject({ accepted: false, weaknesses: expect.arrayContaining(['too-short']) })
    expect(await judge('P@ssw0rd123')).toMatchObject({ accepted: false, weaknesses: ['common', 'sequence'] })
    expect(await judge('motdepasse1')).toMatchObject({ accepted: false, weaknesses: ['common'] })
    expect(await judge('azertyuiop12')).toMatchObject({ weaknesses: expect.arrayContaining(['keyboard-pattern']) })
    expect(await judge('kowalska1234')).toMatchObject({ weaknesses: expect.arrayContaining(['contains-name']) })
    expect(await judge('anna@shop.example')).toMatchObject({ weaknesses: ['contains-email'] })
    expect(await judge('aaaaaaaaaaaa')).toMatchObject({ weaknesses: ['repeated'] })
    expect(await judge('vasistas2024')).toMatchObject({
      accepted: false,
      weaknesses: expect.arrayContaining(['dictionary-word']),
    })
    expect(await judge('x'.repeat(300))).toMatchObject({ weaknesses: expect.arrayContaining(['too-long']) })
    expect(await judge(PASSWORD)).toEqual({ accepted: true, score: 4, weaknesses: [] })

    const weak = await server.post('/api/setup', { ...OWNER, password: 'motdepasse1', token: server.setupToken })
    expect((await weak.json()) as Problem).toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
      status: 422,
      details: { weaknesses: 'common' },
    })
    expect(await stateOf(server)).toMatchObject({ needsSetup: true })
  })

  it('that is changed ends every other sign-in, and the cookie changes', async () => {
    await using server = await startTestServer()
    const here = await server.setUp()
    const elsewhere = await server.signIn()
    expect(await answerOf(await here.send('POST', '/api/password', { current: 'wrong', next: NEXT_PASSWORD }))).toEqual(
      {
        status: 403,
        code: 'PASSWORD_WRONG',
      },
    )
    const weak = await here.send('POST', '/api/password', { current: PASSWORD, next: 'anna@shop.example' })
    expect(await answerOf(weak)).toEqual({ status: 422, code: 'PASSWORD_TOO_WEAK' })
    expect(await isSignedIn(server, elsewhere)).toBe(true)

    const changed = await here.send('POST', '/api/password', { current: PASSWORD, next: NEXT_PASSWORD })
    const renewed = await openDashboard(server.origin, changed)
    expect([
      await isSignedIn(server, here),
      await isSignedIn(server, elsewhere),
      await isSignedIn(server, renewed),
    ]).toEqual([false, false, true])
    expect(await answerOf(await server.post('/api/sign-in', OWNER_CREDENTIALS))).toEqual({
      status: 401,
      code: 'SIGN_IN_FAILED',
    })
    expect(await isSignedIn(server, await server.signIn({ email: OWNER.email, password: NEXT_PASSWORD }))).toBe(true)
    expect(await actionsOf(renewed)).toContain('password.changed')
  })
})

const OWNER_CREDENTIALS = { email: OWNER.email, password: PASSWORD }

describe('a sign-in', () => {
  it('takes the address in any case, and says the same for a wrong password and an unknown address', async () => {
    await using server = await startTestServer()
    await server.setUp()
    const anna = await server.signIn({ email: 'ANNA@Shop.Example', password: PASSWORD })
    const wrong = await server.post('/api/sign-in', { ...OWNER_CREDENTIALS, password: 'wrong' })
    const unknown = await server.post('/api/sign-in', { ...OWNER_CREDENTIALS, email: 'nobody@shop.example' })
    expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()])
    expect(wrong.headers.getSetCookie()).toEqual([])
    await eventually(async () =>
      expect(await actionsOf(anna)).toEqual(['sign-in.failed', 'sign-in', 'account.created']),
    )
  })

  it('has a cookie of its own that no script reads and no other site sends', async () => {
    await using server = await startTestServer()
    const first = await server.setUp()
    expect(first.setCookie).toMatch(/^vasistas_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/)
    const response = await server.post('/api/sign-in', OWNER_CREDENTIALS, { cookie: first.cookie })
    const second = await openDashboard(server.origin, response)
    expect(second.cookie).not.toBe(first.cookie)
    expect([await isSignedIn(server, first), await isSignedIn(server, second)]).toEqual([false, true])
  })

  it('has a cookie for HTTPS only, bound to this host, when browsers come by HTTPS', async () => {
    await using server = await startTestServer({ publicUrl: 'https://replay.shop.example' })
    const { setCookie } = await server.setUp()
    expect(setCookie).toMatch(/^__Host-vasistas_session=[\w-]{43}; .*; Secure; SameSite=Strict$/)
  })

  it('ends after twelve hours without use, and after thirty days in any case', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    let seenAt = 0
    for (let hours = 0; hours < 29 * 24; hours += 11) {
      server.advance(11 * HOUR)
      const before = seenAt
      await eventually(async () => {
        seenAt = (await signInsOf(anna))[0]?.seenAt ?? 0
        expect(seenAt).toBeGreaterThan(before)
      })
    }
    expect(await isSignedIn(server, anna)).toBe(true)
    server.advance(2 * 24 * HOUR)
    expect(await isSignedIn(server, anna)).toBe(false)

    const again = await server.signIn()
    server.advance(12 * HOUR + 60_000)
    expect(await isSignedIn(server, again)).toBe(false)
  })

  it('is listed with its browser and can be ended from another one', async () => {
    await using server = await startTestServer()
    const here = await server.setUp()
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0'
    const response = await server.post('/api/sign-in', OWNER_CREDENTIALS, { 'user-agent': userAgent })
    const elsewhere = await openDashboard(server.origin, response)
    const items = await signInsOf(here)
    expect(items).toHaveLength(2)
    const other = items.find(({ current }) => !current)
    expect(other).toMatchObject({ browser: 'Firefox · Linux', current: false })
    expect((await here.send('DELETE', `/api/sign-ins/${other?.id}`)).status).toBe(204)
    expect([await isSignedIn(server, here), await isSignedIn(server, elsewhere)]).toEqual([true, false])
    expect((await here.send('DELETE', `/api/sign-ins/${other?.id}`)).status).toBe(404)
  })

  it('ends here, or everywhere', async () => {
    await using server = await startTestServer()
    const [first, second, third] = [await server.setUp(), await server.signIn(), await server.signIn()]
    const out = await first.send('POST', '/api/sign-out', {})
    expect([out.status, out.headers.getSetCookie()[0]]).toEqual([
      204,
      expect.stringMatching(/^vasistas_session=; .*Expires=Thu, 01 Jan 1970/),
    ])
    expect([await isSignedIn(server, first), await isSignedIn(server, second)]).toEqual([false, true])
    await second.send('POST', '/api/sign-out', { everywhere: true })
    expect([await isSignedIn(server, second), await isSignedIn(server, third)]).toEqual([false, false])
    expect(await actionsOf(await server.signIn())).toContain('sign-out.everywhere')
  })

  it('is slowed down after five failures, for this account from this address only', async () => {
    await using server = await startTestServer({ trustProxy: 1 })
    await server.setUp()
    const tryFrom = (address: string, password: string) =>
      server.post('/api/sign-in', { email: OWNER.email, password }, { 'x-forwarded-for': address })
    for (let index = 0; index < 5; index++) expect((await tryFrom('192.0.2.7', 'wrong')).status).toBe(401)

    const blocked = await tryFrom('192.0.2.7', PASSWORD)
    expect(blocked.headers.get('retry-after')).toBe('5')
    expect(await answerOf(blocked)).toEqual({ status: 429, code: 'TOO_MANY_SIGN_INS' })
    expect((await tryFrom('192.0.2.8', PASSWORD)).status).toBe(200)

    server.advance(5000)
    expect((await tryFrom('192.0.2.7', 'wrong')).status).toBe(401)
    expect((await tryFrom('192.0.2.7', 'wrong')).headers.get('retry-after')).toBe('10')
    server.advance(10_000)
    expect((await tryFrom('192.0.2.7', PASSWORD)).status).toBe(200)
    expect((await tryFrom('192.0.2.7', 'wrong')).status).toBe(401)
  })

  it('is not faster for who tries many at once, or makes up addresses', async () => {
    await using server = await startTestServer({ trustProxy: 1 })
    await server.setUp()
    const answers = await Promise.all(
      Array.from({ length: 18 }, (_, index) =>
        server.post(
          '/api/sign-in',
          { email: OWNER.email, password: `wrong-${index}` },
          // What a client writes itself stands before what the proxy adds.
          { 'x-forwarded-for': `198.51.100.${index}, 192.0.2.7` },
        ),
      ),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(13)
  })

  it('is tried twenty times a minute from one network, however many addresses it has', async () => {
    await using server = await startTestServer({ trustProxy: 1 })
    const codes: string[] = []
    for (let index = 0; index < 24; index++) {
      const address = { 'x-forwarded-for': `2001:db8:1:2::${index.toString(16)}` }
      const credentials = { email: `someone${index}@shop.example`, password: 'wrong' }
      codes.push((await answerOf(await server.post('/api/sign-in', credentials, address))).code)
    }
    expect(codes.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 'SIGN_IN_FAILED'))
    expect(codes.slice(20)).toEqual(Array.from({ length: 4 }, () => 'TOO_MANY_REQUESTS'))
  })
})

const signInsOf = async (dashboard: Dashboard) => (await dashboard.get<{ items: SignIn[] }>('/api/sign-ins')).items

describe('a request that changes something', () => {
  it('is refused without the token, with that of another sign-in, and from another origin', async () => {
    await using server = await startTestServer()
    const anna = await server.setUp()
    const other = await server.signIn()
    const rename = (headers: Record<string, string>) =>
      anna.fetch('/api/account', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ name: 'Mallory' }),
      })
    const refused = { status: 403, code: 'CSRF_REFUSED' }
    for (const headers of [
      { 'x-vasistas-csrf': '' },
      { 'x-vasistas-csrf': other.csrfToken },
      { 'x-vasistas-csrf': `${anna.csrfToken}x` },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: server.origin.replace('http:', 'https:') },
      { origin: `${server.origin}0` },
    ]) {
      expect([headers, await answerOf(await rename(headers))]).toEqual([headers, refused])
    }
    expect((await rename({})).status).toBe(200)
    expect(await stateOf(server, anna.cookie)).toMatchObject({ agent: { name: 'Mallory' } })
  })

  it('signs nobody in from another site’s page', async () => {
    await using server = await startTestServer()
    await server.setUp()
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
      const response = await server.post('/api/sign-in', OWNER_CREDENTIALS, headers)
      expect(await answerOf(response)).toEqual({ status: 403, code: 'CSRF_REFUSED' })
    }
  })

  it('is refused under a host that is not ours, so that a renamed page reads nothing', async () => {
    await using server = await startTestServer()
    const { port } = new URL(server.origin)
    const askAs = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asking = request({ host: '127.0.0.1', port, path: '/api/state', headers: { host } }, (response) => {
          response.resume()
          resolve(response.statusCode)
        })
        asking.on('error', reject).end()
      })
    expect(await askAs(`evil.example:${port}`)).toBe(421)
    expect(await askAs(`localhost.evil.example:${port}`)).toBe(421)
    expect(
      await Promise.all([`localhost:${port}`, `127.0.0.1:${port}`, '[::1]', 'replay.localhost'].map(askAs)),
    ).toEqual([200, 200, 200, 200])
  })
})
