import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppState, Page, RecordingDetail, RecordingSummary, Site } from '@vasistas/wire/api'
import { eventually } from '@vasistas/testing'
import { openAdmin, readConfig, startServer, type Admin, type Config, type ConfigOverrides } from '../src/index.ts'
import { startVisit, type Visit, type VisitOptions } from './recorderClient.ts'

export const PAGE_ORIGIN = 'https://shop.example'
export const PASSWORD = 'violet-otter-mends-7-kettles'

export interface SignedIn {
  readonly cookie: string
  /** Of the dashboard's API, with cookie and CSRF token. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  get<Body>(path: string): Promise<Body>
}

export interface Shop extends AsyncDisposable {
  readonly origin: string
  readonly config: Config
  readonly admin: Admin
  readonly site: Site
  /** The owner of the site. */
  readonly owner: SignedIn
  signIn(email: string): Promise<SignedIn>
  visit(options?: Partial<VisitOptions>): Promise<Visit>
  /** Waits until the recording says so. */
  waitFor(recording: string, isSo: (detail: RecordingDetail) => boolean): Promise<RecordingDetail>
  list(query?: string): Promise<Page<RecordingSummary>>
}

export interface ShopOptions extends ConfigOverrides {
  readonly origins?: readonly string[]
}

/** A whole server on a temporary folder and a free port, with an owner who is signed in and a site that records. */
export async function startShop({ origins = [PAGE_ORIGIN], ...overrides }: ShopOptions = {}): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-shop-'))
  const config = readConfig({}, { dataFolder: join(folder, 'data'), port: 0, logLevel: 'silent', ...overrides })
  const server = await startServer(config)
  const admin = await openAdmin(config)
  const origin = `http://localhost:${server.port}`
  await admin.createAccount({ email: 'anna@shop.example', name: 'Anna', password: PASSWORD, language: 'en' })
  const site = await admin.createSite({ name: 'Shop', origins, account: 'anna@shop.example' })
  const owner = await signIn(origin, 'anna@shop.example')
  return {
    origin,
    config,
    admin,
    site,
    owner,
    signIn: (email) => signIn(origin, email),
    visit: (options) => startVisit({ origin, site: site.key, pageOrigin: origins[0] ?? PAGE_ORIGIN, ...options }),
    list: (query = '') => owner.get(`/api/recordings${query}`),
    waitFor: (recording, isSo) =>
      eventually(async () => {
        const detail = await owner.get<RecordingDetail>(`/api/recordings/${recording}`)
        if (!isSo(detail)) throw new Error(`not so yet: ${JSON.stringify(detail)}`)
        return detail
      }),
    async [Symbol.asyncDispose]() {
      await admin[Symbol.asyncDispose]()
      await server.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function signIn(origin: string, email: string): Promise<SignedIn> {
  const response = await fetch(`${origin}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`)
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
  const state = (await (await fetch(`${origin}/api/state`, { headers: { cookie } })).json()) as AppState
  const call = (path: string, init: RequestInit = {}) =>
    fetch(origin + path, {
      ...init,
      headers: {
        origin,
        cookie,
        'x-vasistas-csrf': state.csrfToken ?? '',
        ...(init.headers as Record<string, string>),
      },
    })
  return {
    cookie,
    fetch: call,
    async get<Body>(path: string) {
      const answer = await call(path)
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as Body
    },
  }
}
