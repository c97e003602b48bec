import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppState, Language } from '@vasistas/wire/api'
import { timeStamp } from '@vasistas/wire/core'
import { startApp, type Route } from '../src/app.ts'
import type { Clock } from '../src/clock.ts'
import { readConfig, type Config, type ConfigOverrides } from '../src/config/config.ts'
import { createLogger } from '../src/observability/logger.ts'
import { createRandom } from '../src/random.ts'

export const PASSWORD = 'violet-otter-mends-7-kettles'
export const OWNER: Owner = { email: 'anna@shop.example', name: 'Anna', password: PASSWORD, language: 'en' }

export interface Owner {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly language: Language
}

export interface TestServerOptions extends ConfigOverrides {
  /** Kept after closing; a temporary one when left out. */
  readonly folder?: string
  /** What else the environment says. */
  readonly environment?: Readonly<Record<string, string>>
}

export interface TestServer extends AsyncDisposable {
  readonly origin: string
  readonly config: Config
  readonly setupUrl: string | undefined
  /** The secret in the set-up link; empty when there is none. */
  readonly setupToken: string
  readonly routes: readonly Route[]
  /** All that was logged, at the most talkative level. */
  readonly log: readonly string[]
  /** Moves the server's clock. */
  advance(milliseconds: number): void
  /** As a stranger: no cookie, no Origin. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** As a page of the dashboard that is not signed in. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Makes the first account by the set-up link. */
  setUp(owner?: Owner): Promise<Dashboard>
  signIn(owner?: Pick<Owner, 'email' | 'password'>): Promise<Dashboard>
  close(): Promise<void>
}

/** A signed-in browser. */
export interface Dashboard {
  /** `name=value`, as it is sent back. */
  readonly cookie: string
  /** The cookie with its attributes, as it was set. */
  readonly setCookie: string
  readonly csrfToken: string
  /** With cookie, Origin and CSRF token. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** An object in JSON; rejects with what the server said instead. */
  get<Body>(path: string): Promise<Body>
  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Response>
}

/** The whole server on a temporary folder and a free port, with a clock that tests move and a log that they read. */
export async function startTestServer({
  folder,
  environment = {},
  ...overrides
}: TestServerOptions = {}): Promise<TestServer> {
  const root = folder ?? (await mkdtemp(join(tmpdir(), 'vasistas-server-')))
  const config = readConfig(environment, { dataFolder: join(root, 'data'), port: 0, logLevel: 'debug', ...overrides })
  const log: string[] = []
  const { clock, advance } = createMovableClock()
  const app = await startApp({
    config,
    clock,
    random: createRandom(),
    logger: createLogger(config.logLevel, { write: (line) => void log.push(line) }),
    onFailed(error) {
      throw error
    },
  })
  const origin = `http${config.tls ? 's' : ''}://localhost:${app.port}`
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    await app.close()
    if (folder === undefined) await rm(root, { recursive: true })
  }

  const post: TestServer['post'] = (path, body, headers = {}) =>
    fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    })
  const setupToken = app.setupUrl?.split('#')[1] ?? ''

  return {
    origin,
    config,
    log,
    advance,
    post,
    setupToken,
    setupUrl: app.setupUrl,
    routes: app.routes,
    fetch: (path, init) => fetch(origin + path, init),
    setUp: async (owner = OWNER) => openDashboard(origin, await post('/api/setup', { token: setupToken, ...owner })),
    signIn: async ({ email, password } = OWNER) =>
      openDashboard(origin, await post('/api/sign-in', { email, password })),
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

/** What a browser has after a sign-in that was answered like this. */
export async function openDashboard(origin: string, response: Response): Promise<Dashboard> {
  if (!response.ok) throw new Error(`the sign-in was answered with ${response.status}: ${await response.text()}`)
  const [setCookie = ''] = response.headers.getSetCookie()
  const cookie = setCookie.split(';', 1)[0] ?? ''
  const state = (await (await fetch(`${origin}/api/state`, { headers: { cookie } })).json()) as AppState
  const csrfToken = state.csrfToken ?? ''

  const call: Dashboard['fetch'] = (path, init = {}) => {
    const headers = new Headers(init.headers)
    for (const [name, value] of Object.entries({ origin, cookie, 'x-vasistas-csrf': csrfToken })) {
      if (!headers.has(name)) headers.set(name, value)
    }
    return fetch(origin + path, { ...init, headers })
  }
  return {
    cookie,
    setCookie,
    csrfToken,
    fetch: call,
    async get<Body>(path: string) {
      const answer = await call(path)
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as Body
    },
    send: (method, path, body) =>
      call(path, {
        method,
        ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      }),
  }
}

/** Time that stands still unless a test moves it, so that no pause or age depends on how busy the machine is. */
function createMovableClock(): { readonly clock: Clock; advance(milliseconds: number): void } {
  const start = Date.now()
  let added = 0
  return {
    // Caches and deadlines go by `mono`: they go on.
    clock: { now: () => timeStamp(start + added), mono: () => performance.now() + added },
    advance: (milliseconds) => void (added += milliseconds),
  }
}
