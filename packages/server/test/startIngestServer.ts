import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Fastify, { type FastifyInstance } from 'fastify'

import { createClock, type Clock } from '../src/clock.ts'
import type { EventBus } from '../src/events/eventBus.ts'
import { createMemoryEventBus } from '../src/events/memoryEventBus.ts'
import { INGEST_LIMITS, type IngestLimitSettings } from '../src/ingest/ingestLimits.ts'
import { startIngest, type Ingest } from '../src/ingest/startIngest.ts'
import { startIndexing, type Indexing, type IndexingDependencies } from '../src/indexing/startIndexing.ts'
import { createIngestHealth, type IngestHealth } from '../src/observability/ingestHealth.ts'
import { createRandom } from '../src/random.ts'
import { startRetention, type Retention } from '../src/retention/startRetention.ts'
import { openStore, type Store } from '../src/store/openStore.ts'
import type { SiteChanges, StoredSite } from '../src/store/siteStore.ts'

export const PAGE_ORIGIN = 'https://shop.example'

export interface IngestServerOptions {
  /** Kept after closing; a temporary one when left out. */
  readonly folder?: string
  readonly clock?: Clock
  readonly limits?: Partial<IngestLimitSettings>
  readonly site?: SiteChanges
  readonly indexing?: Partial<IndexingDependencies>
}

export interface IngestServer extends AsyncDisposable {
  readonly origin: string
  readonly folder: string
  readonly app: FastifyInstance
  readonly store: Store
  readonly site: StoredSite
  readonly events: EventBus
  readonly health: IngestHealth
  readonly ingest: Ingest
  readonly indexing: Indexing
  readonly retention: Retention
  readonly failures: readonly unknown[]
  close(): Promise<void>
}

/** Ingest, indexing and retention on a real disk and a real socket, without dashboard and accounts. */
export async function startIngestServer(options: IngestServerOptions = {}): Promise<IngestServer> {
  const { clock = createClock() } = options
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'vasistas-ingest-')))
  const random = createRandom()
  const failures: unknown[] = []
  const reportFailure = (error: unknown) => void failures.push(error)
  const store = await openStore({
    dataFolder: join(folder, 'data'),
    rootKeyFile: join(folder, 'root.key'),
    clock,
    random,
    onFailed: reportFailure,
  })
  const site = await findOrCreateSite(store, options.site)
  const events = createMemoryEventBus(reportFailure)
  const health = createIngestHealth()
  const retention = startRetention({ store, events, clock, reportFailure })
  const indexing = startIndexing({ store, events, clock, reportFailure, ...options.indexing })
  const ingest = await startIngest({
    store,
    events,
    health,
    clock,
    random,
    reportFailure,
    eraseVisitor: async (siteId, visitor) => (await retention.erasure.eraseVisitor(siteId, visitor)).erased,
    limits: { ...INGEST_LIMITS, ...options.limits },
  })
  const app = Fastify({ forceCloseConnections: true })
  ingest.register(app)
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    await ingest.close()
    await app.close()
    await indexing.close()
    await retention.close()
    await store.close()
    if (options.folder === undefined) await rm(folder, { recursive: true })
  }
  return {
    origin,
    folder,
    app,
    store,
    site,
    events,
    health,
    ingest,
    indexing,
    retention,
    failures,
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
  }
}

async function findOrCreateSite(store: Store, changes: SiteChanges | undefined): Promise<StoredSite> {
  const [known] = await store.sites.list()
  if (known) return known
  await store.meta.write((transaction) =>
    transaction.insertInto('account').values({ id: 1, name: 'test', created_at: 1 }).execute(),
  )
  const made = await store.sites.create({ accountId: 1, name: 'Shop', origins: [PAGE_ORIGIN] })
  return (changes && (await store.sites.update(made.id, changes))) ?? made
}
