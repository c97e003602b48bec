import { RECORDER_VERSION } from '@vasistas/wire/core'
import { guardRoutes } from './access/authenticate.ts'
import { startAccess } from './access/startAccess.ts'
import { registerAccountsRoutes } from './api/accountsRoutes.ts'
import { createNoteAction } from './api/noteAction.ts'
import { registerOperationRoutes } from './api/operationRoutes.ts'
import { presentDetail } from './api/presentRecording.ts'
import { registerProbeRoutes } from './api/probeRoutes.ts'
import { createHealthReader } from './api/readHealth.ts'
import { registerRecordingsRoutes } from './api/recordingsRoutes.ts'
import { registerSignInRoutes } from './api/signInRoutes.ts'
import { registerSitesRoutes } from './api/sitesRoutes.ts'
import { startAssets } from './assets/startAssets.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import { createMemoryEventBus } from './events/memoryEventBus.ts'
import { createHttpServer, type HttpServer } from './http/createHttpServer.ts'
import { registerStaticFiles } from './http/staticFiles.ts'
import { startIndexing } from './indexing/startIndexing.ts'
import { startIngest } from './ingest/startIngest.ts'
import { startLiveSocket } from './live/liveSocket.ts'
import { subscribeHints } from './live/subscribeHints.ts'
import { networkOf } from './networkOf.ts'
import { createIngestHealth } from './observability/ingestHealth.ts'
import type { Logger } from './observability/logger.ts'
import { startMetrics } from './observability/metrics.ts'
import type { Random } from './random.ts'
import { createBatchReader } from './replay/readBatches.ts'
import { registerReplayRoutes } from './replay/replayRoutes.ts'
import { createVisitorErasure } from './retention/eraseForVisitor.ts'
import { startRetention } from './retention/startRetention.ts'
import { createAuditStore } from './store/auditStore.ts'
import { createHealthStore } from './store/healthStore.ts'
import { openStore } from './store/openStore.ts'
import { createRecordingStore } from './store/recordingStore.ts'

export interface AppDependencies {
  readonly config: Config
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  /** Nothing more can be promised: the process must end and recover at the next start. */
  onFailed(error: Error): void
}

export interface App {
  readonly port: number
  /** The address browsers use. */
  readonly origin: string
  /** Once, while no account exists. */
  readonly setupUrl: string | undefined
  /** All that HTTP answers, for the test that none is left open. */
  readonly routes: readonly Route[]
  close(): Promise<void>
}

export interface Route {
  readonly method: string
  readonly url: string
}

/** How long requests that are under way may take to end; a process manager kills after twenty to thirty seconds. */
const DRAIN_MS = 15_000

/** The composition root: makes every part, joins them, starts them in order, and stops them in the other. */
export async function startApp({ config, clock, random, logger, onFailed }: AppDependencies): Promise<App> {
  const startedAt = clock.now()
  // Stopped in the other order, also when a later part cannot start: a taken port must not keep the folder's lock.
  await using started = new AsyncDisposableStack()
  const store = await openStore({
    dataFolder: config.dataFolder,
    rootKeyFile: config.rootKeyFile,
    clock,
    random,
    onFailed,
  })
  started.defer(() => store.close())
  const { meta, keys, ids, sites } = store
  const reportFailure = (stage: string) => (error: unknown) => logger.error({ err: error, stage }, 'a stage failed')

  const events = createMemoryEventBus(reportFailure('events'))
  const audit = createAuditStore(meta)
  const ingestHealth = createIngestHealth()
  const stored = createHealthStore(meta)
  const recordings = createRecordingStore(meta, clock, ids)
  const retention = startRetention({ store, events, clock, reportFailure: reportFailure('retention') })
  started.defer(() => retention.close())
  const { erasure } = retention
  const ingest = await startIngest({
    store,
    events,
    health: ingestHealth,
    clock,
    random,
    eraseVisitor: createVisitorErasure({ erasure, sites, audit }),
    reportFailure: reportFailure('ingest'),
  })
  started.defer(() => ingest.close())
  const assets = startAssets({ config, store, events, clock, random, onError: reportFailure('assets') })
  started.defer(() => assets.stop())
  const indexing = startIndexing({
    store,
    events,
    clock,
    wantAssets: assets.wantAssets,
    reportFailure: reportFailure('indexing'),
  })
  started.defer(() => indexing.close())
  const reader = createBatchReader({
    recordings,
    keys,
    frames: store.frames,
    format: store.format,
    onDamaged: (reason, session) => logger.error({ reason, session, stage: 'replay' }, 'a stored frame cannot be read'),
  })
  const access = startAccess({ config, store, clock, random })
  started.defer(() => access.close())
  const { signIns, cookies, ownAddress, setupLinks } = access
  const note = createNoteAction(audit, clock)
  const readHealth = createHealthReader({ ingest: ingestHealth, stored, segments: store.segments, startedAt })

  const http = await createHttpServer({
    config,
    logger,
    version: RECORDER_VERSION,
    clockMs: clock.mono,
    newRequestId: random.id,
    networkOf,
  })
  const routes: Route[] = []
  http.addHook(
    'onRoute',
    ({ method, url }) => void routes.push(...[method].flat().map((one) => ({ method: one, url }))),
  )
  started.defer(async () => {
    const closing = http.close() // stops accepting; requests under way go on
    const tooLate = setTimeout(() => http.server.closeAllConnections(), DRAIN_MS)
    await ingest.close()
    http.server.closeIdleConnections()
    await closing
    clearTimeout(tooLate)
  })
  ingest.register(http)
  await http.register(async (open: HttpServer) =>
    registerSignInRoutes(open, { ...access, note, version: RECORDER_VERSION }),
  )
  await http.register(async (api: HttpServer) => {
    guardRoutes(api, access)
    registerAccountsRoutes(api, { ...access, note, clock })
    registerSitesRoutes(api, {
      sites,
      note,
      countRecordings: stored.countRecordings,
      publicUrlFor: ({ protocol, host }) => config.publicUrl ?? `${protocol}://${host}`,
    })
    registerOperationRoutes(api, { audit, readHealth })
    registerRecordingsRoutes(api, { recordings, sites, audit, clock, erasure })
    registerReplayRoutes(api, {
      recordings,
      sites,
      assets: assets.assets,
      reader,
      clock,
      describe: (row) => presentDetail(recordings, row, clock.now()),
      noteExport: (row, agent) => note(agent, 'recording.exported', row.recording),
    })
  })
  const metrics = startMetrics(readHealth)
  started.defer(() => metrics.stop())
  registerProbeRoutes(http, {
    checkReady: stored.ping,
    metrics,
    metricsToken: config.metricsToken,
    // Not every proxy says for whom it asks.
    isOwn: (request) => config.trustProxy === 0 && ownAddress.isOwnHost(request),
    openApi: () => http.swagger(),
  })
  await registerStaticFiles(http, config)
  await http.ready()
  const live = startLiveSocket({
    server: http.server,
    isOwnOrigin: (request) => request.headers.origin !== undefined && ownAddress.isOwnOrigin(request),
    findReader: async (request) => {
      const found = await signIns.find(cookies.read({ cookies: http.parseCookie(request.headers.cookie ?? '') }))
      return found && { agentId: found.agent.id, accountId: found.agent.accountId }
    },
    subscribe: (listener) => subscribeHints(events, sites, listener),
  })
  started.defer(() => live.stop())
  await http.listen({ host: config.host, port: config.port })
  const { port } = http.server.address() as { readonly port: number }
  const origin = config.publicUrl ?? `${config.tls ? 'https' : 'http'}://${shownHost(config.host)}:${port}`
  const setupToken = await setupLinks.issue()
  const setupUrl = setupToken === undefined ? undefined : `${origin}/setup#${setupToken}`
  logger.info({ port, host: config.host, version: RECORDER_VERSION }, 'listening')

  const running = started.move()
  return { port, origin, setupUrl, routes, close: () => running.disposeAsync() }
}

/** Browsers treat `localhost` as secure and as one name for both loopback addresses. */
const shownHost = (host: string): string =>
  host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1' ? 'localhost' : host
