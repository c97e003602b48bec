import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { Store } from '../store/openStore.ts'
import { createErasure, type Erasure } from './eraseSessions.ts'

export interface RetentionDependencies {
  readonly store: Store
  readonly events: EventBus
  readonly clock: Clock
  reportFailure(error: unknown): void
  readonly everyMs?: number
}

export interface Retention {
  readonly erasure: Erasure
  /** One round of the janitor, now. */
  sweep(): Promise<void>
  /** After the round that runs. Twice is harmless. */
  close(): Promise<void>
}

const MINUTE = 60_000
const DAY = 86_400_000
/** Late batches of an erased session are told so as long as a token or a queued batch could exist, and much longer. */
const TOMBSTONE_MS = 400 * DAY
const PROOF_MS = 180 * DAY

/**
 * The janitor: once a minute what is past its date goes (keys, rows, then segments without a living byte), once a day keys
 * are wrapped anew. It is a query over rows, so nothing is forgotten by a restart.
 */
export function startRetention(dependencies: RetentionDependencies): Retention {
  const { store, events, clock, reportFailure, everyMs = MINUTE } = dependencies
  const erasure = createErasure(store, events, clock)
  const applied = new Map<number, number>()
  let rewrappedOn = -1
  let isClosed = false
  let running: Promise<void> | undefined

  /** One after the other; what fails is told and tried again in the next round, and keeps nothing else from being done. */
  async function round(): Promise<void> {
    const steps = [
      applyRetention,
      () => repeat(erasure.finishInterrupted),
      () => repeat(erasure.eraseExpired),
      () => repeat(async () => (await store.segments.collect()).segments),
      renewKeys,
    ]
    for (const step of steps) await step().catch(reportFailure)
  }

  async function repeat(work: () => Promise<number>): Promise<void> {
    while (!isClosed && (await work()) > 0);
  }

  async function renewKeys(): Promise<void> {
    const today = Math.floor(clock.now() / DAY)
    if (today === rewrappedOn || isClosed) return
    await store.keys.rewrapEpochs()
    await store.keys.dropTombstones(clock.now() - TOMBSTONE_MS)
    await store.erasures.dropConsents(clock.now() - PROOF_MS)
    rewrappedOn = today
  }

  async function applyRetention(): Promise<void> {
    for (const { id, settings } of await store.sites.list()) {
      if (applied.get(id) === settings.retentionDays) continue
      await store.erasures.shortenRetention(id, settings.retentionDays)
      applied.set(id, settings.retentionDays)
    }
  }

  function sweep(): Promise<void> {
    running ??= round().finally(() => (running = undefined))
    return running
  }

  const timer = setInterval(() => {
    sweep().catch(reportFailure)
  }, everyMs)
  timer.unref()

  return {
    erasure,
    sweep,
    async close() {
      isClosed = true
      clearInterval(timer)
      await running?.catch(reportFailure)
    },
  }
}
