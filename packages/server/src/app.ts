import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RECORDER_VERSION, type TimeStamp } from '@vasistas/wire/core'
import type { Health } from '@vasistas/wire/api'
import { createSignInCookies, guardRoutes } from './access/authenticate.ts'
import { createOwnAddress } from './access/ownAddress.ts'
import { createPasswordHasher } from './access/passwordHash.ts'
import { createPasswordStrength } from './access/passwordStrength.ts'
import { createSignIns } from './access/signIns.ts'
import { registerAccountsRoutes } from './api/accountsRoutes.ts'
import { createNoteAction } from './api/noteAction.ts'
import { registerOperationRoutes } from './api/operationRoutes.ts'
import { presentDetail } from './api/presentRecording.ts'
import { registerProbeRoutes } from './api/probeRoutes.ts'
import { registerRecordingsRoutes } from './api/recordingsRoutes.ts'
import { registerSignInRoutes } from './api/signInRoutes.ts'
import { registerSitesRoutes } from './api/sitesRoutes.ts'
import { startAssetQueue } from './assets/assetQueue.ts'
import { createAssetFetcher, resolveAddresses } from './assets/fetchAsset.ts'
import { createPublicAddressCheck } from './assets/publicAddress.ts'
import { createAssetWanter } from './assets/wantAssets.ts'
import type { Clock } from './clock.ts'
import { isReachedByHttps, type Config } from './config/config.ts'
import { createMemoryEventBus } from './events/memoryEventBus.ts'
import { createHttpServer } from './http/createHttpServer.ts'
import { registerStaticFiles } from './http/staticFiles.ts'
import { startIndexing } from './indexing/startIndexing.ts'
import { startIngest } from './ingest/startIngest.ts'
import { startLiveSocket } from './live/liveSocket.ts'
import { subscribeHints } from './live/subscribeHints.ts'
import { createIngestHealth } from './observability/ingestHealth.ts'
import type { Logger } from './observability/logger.ts'
import { createMetrics } from './observability/metrics.ts'
import { networkOf } from './networkOf.ts'
import type { Random } from './random.ts'
import { createBatchReader } from './replay/readBatches.ts'
import { registerReplayRoutes } from './replay/replayRoutes.ts'
import { startRetention } from './retention/startRetention.ts'
import { createAccountStore } from './store/accountStore.ts'
import { createAssetFiles } from './store/assetFiles.ts'
import { createAssetStore } from './store/assetStore.ts'
import { createAuditStore } from './store/auditStore.ts'
import { createHealthStore } from './store/healthStore.ts'
import { openStore } from './store/openStore.ts'
import { createRecordingStore } from './store/recordingStore.ts'
import { createSignInStore } from './store/signInStore.ts'

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

const SETUP_LINK_MS = 24 * 3600_000
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
  const accounts = createAccountStore(meta, ids)
  const audit = createAuditStore(meta)
  const health = createIngestHealth()
  const healthStore = createHealthStore(meta)
  const recordings = createRecordingStore(meta, clock, ids)
  const files = createAssetFiles(join(config.dataFolder, 'assets'))
  const assets = createAssetStore({ meta, keys, files, format: store.format, clock, random, ids })
  const retention = startRetention({ store, events, clock, reportFailure: reportFailure('retention') })
  started.defer(() => retention.close())
  const { erasure } = retention
  const ingest = await startIngest({
    store,
    events,
    health,
    clock,
    random,
    async eraseVisitor(siteId, visitor) {
      const { erased, at } = await erasure.eraseVisitor(siteId, visitor)
      const site = await sites.find(siteId)
      if (site && erased > 0) {
        const { accountId, name } = site
        await audit.append({
          accountId,
          at,
          actor: 'visitor',
          action: 'recording.erased',
          target: `${name}: ${erased}`,
        })
      }
      return erased
    },
    reportFailure: reportFailure('ingest'),
  })
  started.defer(() => ingest.close())
  const indexing = startIndexing({
    store,
    events,
    clock,
    wantAssets: createAssetWanter(sites, assets),
    reportFailure: reportFailure('indexing'),
  })
  started.defer(() => indexing.close())
  const isPublic = createPublicAddressCheck()
  const assetQueue = startAssetQueue({
    assets,
    events,
    fetchAsset: createAssetFetcher({
      resolve: resolveAddresses,
      mayConnect: config.allowPrivateAssets ? () => true : isPublic,
    }),
    findOrigins: async (siteId) => {
      const site = await sites.find(siteId)
      return site?.settings.keepAssets ? site.origins : undefined
    },
    clock,
    onError: reportFailure('assets'),
  })
  started.defer(() => assetQueue.stop())
  const reader = createBatchReader({
    recordings,
    keys,
    frames: store.frames,
    format: store.format,
    onDamaged: (reason, session) => logger.error({ reason, session, stage: 'replay' }, 'a stored frame cannot be read'),
  })

  const isSecure = isReachedByHttps(config)
  const ownAddress = createOwnAddress(config)
  const cookies = createSignInCookies(isSecure)
  const passwords = createPasswordHasher()
  const strength = createPasswordStrength()
  started.defer(() => strength.close())
  const signIns = createSignIns({
    accounts,
    signIns: createSignInStore(meta, ids),
    passwords,
    clock,
    random,
    derive: keys.derive,
  })
  const note = createNoteAction(audit, clock)
  const access = { accounts, signIns, cookies, passwords, strength, ownAddress, note, clock }

  async function readHealth(): Promise<Health> {
    const [stored, space] = await Promise.all([healthStore.read(), store.segments.space()])
    const { acceptedBatches, duplicateBatches, refused } = health.counts
    return {
      version: RECORDER_VERSION,
      startedAt,
      acceptedBatches,
      duplicateBatches,
      refused,
      ...stored,
      diskFreeBytes: space.freeBytes,
    }
  }

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
  const app = http as unknown as FastifyInstance
  ingest.register(app)
  await http.register(async (open: FastifyInstance) =>
    registerSignInRoutes(open, { ...access, version: RECORDER_VERSION }),
  )
  await http.register(async (api: FastifyInstance) => {
    guardRoutes(api, access)
    registerAccountsRoutes(api, access)
    registerSitesRoutes(api, {
      sites,
      note,
      countRecordings: healthStore.countRecordings,
      publicUrlFor: (host) => config.publicUrl ?? `${isSecure ? 'https' : 'http'}://${host ?? 'localhost'}`,
    })
    registerOperationRoutes(api, { audit, readHealth })
    registerRecordingsRoutes(api, { recordings, sites, audit, clock, erasure })
    registerReplayRoutes(api, {
      recordings,
      sites,
      assets,
      reader,
      clock,
      describe: (row) => presentDetail(recordings, row, clock.now()),
      noteExport: (row, agent) => note(agent, 'recording.exported', row.recording),
    })
  })
  registerProbeRoutes(app, {
    checkReady: healthStore.ping,
    metrics: createMetrics(readHealth),
    metricsToken: config.metricsToken,
    openApi: () => http.swagger(),
  })
  await registerStaticFiles(http, config)
  await http.ready()
  const live = startLiveSocket({
    server: http.server,
    isOwnOrigin: (request) => request.headers.origin !== undefined && ownAddress.isOwnOrigin(request),
    findReader: async (request) => {
      const found = await signIns.find(
        cookies.read({ cookies: http.parseCookie(request.headers.cookie ?? '') } as FastifyRequest),
      )
      return found && { agentId: found.agent.id, accountId: found.agent.accountId }
    },
    subscribe: (listener) => subscribeHints(events, sites, listener),
  })
  started.defer(() => live.stop())
  await http.listen({ host: config.host, port: config.port })
  const { port } = http.server.address() as { readonly port: number }
  const origin = config.publicUrl ?? `${config.tls ? 'https' : 'http'}://${shownHost(config.host)}:${port}`
  const setupUrl = (await accounts.hasAgents()) ? undefined : `${origin}/setup#${await makeSetupToken()}`
  logger.info({ port, host: config.host, version: RECORDER_VERSION }, 'listening')

  async function makeSetupToken(): Promise<string> {
    const token = Buffer.from(random.bytes(32)).toString('base64url')
    const now: TimeStamp = clock.now()
    await accounts.replaceSetupToken(createHash('sha256').update(token).digest(), now, now + SETUP_LINK_MS)
    return token
  }

  const running = started.move()
  return { port, origin, setupUrl, routes, close: () => running.disposeAsync() }
}

/** Browsers treat `localhost` as secure and as one name for both loopback addresses. */
const shownHost = (host: string): string =>
  host === '127.0.0.1' || host === '0.0.0.0' || host === '::' || host === '::1' ? 'localhost' : host
