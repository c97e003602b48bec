import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createLogger, openAdmin, readConfig, startServer, type ConfigOverrides } from '@vasistas/server'
import type { RecordingSummary, SiteSettings, UpdateSiteRequest } from '@vasistas/wire/api'
import { eventually, type ChromiumPage } from '@vasistas/testing'

export const OWNER = {
  email: 'owner@shop.example',
  name: 'Odile Owner',
  password: 'a-lantern-beside-the-old-mill',
} as const

export interface Product extends AsyncDisposable {
  readonly origin: string
  /** Data, keys and nothing else. */
  readonly folder: string
  /** Key of a new site; its origins may follow once a test server has its port. */
  createSite(origins?: readonly string[], settings?: Partial<SiteSettings>): Promise<string>
  updateSite(key: string, change: UpdateSiteRequest): Promise<void>
  /** The snippet as the install page tells it. */
  snippet(siteKey: string, attributes?: string): string
  listRecordings(): Promise<readonly RecordingSummary[]>
  /** The newest recording, once nothing of it waits to be indexed. */
  waitForRecording(): Promise<RecordingSummary>
  /** Once the server has fetched, or refused, every image and font that recordings show. */
  waitForAssets(): Promise<void>
  /** Once every stored batch was opened and inspected. */
  waitForIndex(): Promise<void>
  exportRecording(id: string): Promise<string>
  /** As the owner, through the sign-in page's own API call; the page is on the dashboard's origin afterwards. */
  signIn(page: ChromiumPage): Promise<void>
}

/** The whole product on a free port and an empty folder, with one owner. */
export async function startProduct(overrides: ConfigOverrides = {}, onLog?: (line: string) => void): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-product-'))
  const dataFolder = join(folder, 'data')
  const rootKeyFile = join(folder, 'root.key')
  const config = readConfig(
    {},
    { dataFolder, rootKeyFile, port: 0, logLevel: 'error', allowPrivateAssets: true, ...overrides },
  )
  const admin = await openAdmin(config)
  await admin.createAccount({ ...OWNER, language: 'en' })
  const server = await startServer(config, onLog ? { logger: createLogger('debug', { write: onLog }) } : {})
  const { origin } = server

  /** Looks into the database from outside: nothing of the product is asked, so nothing is changed. */
  async function waitUntilNone(query: string): Promise<void> {
    await eventually(() => {
      using database = new DatabaseSync(join(dataFolder, 'meta.db'), { readOnly: true })
      const count = database.prepare(query).get()?.['count']
      if (count !== 0) throw new Error(`${String(count)} still wait: ${query}`)
    }, 30_000)
  }

  async function listRecordings(): Promise<readonly RecordingSummary[]> {
    return (await admin.listRecordings({ limit: 100 })).items
  }

  return {
    origin,
    folder,
    async createSite(origins = ['https://not-yet.example'], settings) {
      const { key } = await admin.createSite({ name: 'Test site', origins })
      if (settings) await admin.updateSite(key, { settings })
      return key
    },
    async updateSite(key, change) {
      await admin.updateSite(key, change)
    },
    snippet: (siteKey, attributes = '') =>
      `<script async src="${origin}/v.js" data-site="${siteKey}"${attributes && ` ${attributes}`}></script>` +
      '<script>window.vasistas = window.vasistas || function () { (vasistas.q = vasistas.q || []).push(arguments) }</script>',
    listRecordings,
    waitForRecording: () =>
      eventually(async () => {
        const [newest] = await listRecordings()
        if (!newest?.playable) throw new Error('nothing playable is recorded yet')
        return newest
      }),
    waitForAssets: () => waitUntilNone("SELECT count(*) AS count FROM asset WHERE state = 'wanted'"),
    waitForIndex: () => waitUntilNone('SELECT count(*) AS count FROM batch WHERE state = 0'),
    async exportRecording(id) {
      let text = ''
      for await (const part of await admin.exportRecording(id, 'rrweb')) text += Buffer.from(part).toString()
      return text
    },
    async signIn(page) {
      await page.goto(`${origin}/sign-in`)
      const { email, password } = OWNER
      const status = await page.evaluate(
        async (body) =>
          (
            await fetch('/api/sign-in', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(body),
            })
          ).status,
        { email, password },
      )
      if (status !== 200) throw new Error(`the sign-in was answered with ${status}`)
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await admin[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
