import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page, RecordingDetail, RecordingSummary, Site } from '@vasistas/wire/api'
import { eventually } from '@vasistas/testing'
import { openAdmin, readConfig, startServer, type Admin, type Config, type ConfigOverrides } from '../src/index.ts'
import { openDashboard, PASSWORD, type Dashboard } from './startTestServer.ts'
import { startVisit, type Visit, type VisitOptions } from './recorderClient.ts'

export const PAGE_ORIGIN = 'https://shop.example'

export interface Shop extends AsyncDisposable {
  readonly origin: string
  readonly config: Config
  readonly admin: Admin
  readonly site: Site
  /** The owner of the site. */
  readonly owner: Dashboard
  signIn(email: string): Promise<Dashboard>
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

async function signIn(origin: string, email: string): Promise<Dashboard> {
  const response = await fetch(`${origin}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password: PASSWORD }),
  })
  return openDashboard(origin, response)
}
