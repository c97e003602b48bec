import type { VisitorId } from '@vasistas/wire/core'

import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { IngestHealth } from '../observability/ingestHealth.ts'
import type { Random } from '../random.ts'
import { openCountryDatabase } from '../store/countryDatabase.ts'
import type { Store } from '../store/openStore.ts'
import { createAdmission } from './admitSession.ts'
import { createGroupCommit } from './groupCommit.ts'
import { createBatchIngest } from './ingestBatch.ts'
import { createIngestLimits, type IngestLimitSettings } from './ingestLimits.ts'
import { registerIngestRoutes } from './ingestRoutes.ts'
import { startOpenSessions } from './openSessions.ts'
import { createSessionTokens } from './sessionToken.ts'
import { startShedding } from './shedding.ts'

export interface IngestDependencies {
  readonly store: Store
  readonly events: EventBus
  readonly health: IngestHealth
  readonly clock: Clock
  readonly random: Random
  eraseVisitor(siteId: number, visitor: VisitorId): Promise<number>
  /** What went wrong with disk or database; the sender is told to try again. */
  reportFailure(error: unknown): void
  readonly limits?: IngestLimitSettings
}

export interface Ingest {
  /** `POST /v1/start`, `/v1/b`, `/v1/erase`. */
  register(app: Parameters<typeof registerIngestRoutes>[0]): void
  /** Bytes of bodies and frames in memory. */
  readonly inFlightBytes: number
  /** Refuses new batches with 503 and resolves when everything taken in is durable. Twice is harmless. */
  close(): Promise<void>
}

/** Wires the stage: bytes arrive, are admitted, bounded, sealed, committed, acknowledged. */
export async function startIngest(dependencies: IngestDependencies): Promise<Ingest> {
  const { store, events, health, clock, random, eraseVisitor, reportFailure } = dependencies
  const findCountry = await openCountryDatabase()
  const shedding = await startShedding(store.segments, clock)
  const tokens = createSessionTokens(store.keys.derive('session token'), store.keys.rootKeyId[0] ?? 0, clock)
  const limits = createIngestLimits(clock, dependencies.limits)
  const openSessions = startOpenSessions(store, events, clock)
  const group = createGroupCommit({ segments: store.segments, batches: store.batches })
  const { format } = store
  const admitSession = createAdmission({
    store,
    tokens,
    limits,
    shedding,
    findCountry,
    events,
    health,
    clock,
    random,
  })
  const ingestBatch = createBatchIngest({
    tokens,
    openSessions,
    limits,
    shedding,
    group,
    sites: store.sites,
    format,
    events,
    health,
    clock,
    random,
    reportFailure,
  })

  return {
    register(app) {
      registerIngestRoutes(app, { admitSession, ingestBatch, eraseVisitor, sites: store.sites, limits, health })
    },
    get inFlightBytes() {
      return limits.inFlightBytes + group.waitingBytes
    },
    async close() {
      await group.drain()
      openSessions.stop()
      shedding.stop()
    },
  }
}
