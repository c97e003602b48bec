import { availableParallelism } from 'node:os'

import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { BatchPlace, BatchSummary, IndexedBatch } from '../store/indexingStore.ts'
import type { Transaction } from '../store/metaStore.ts'
import type { SharedStore } from '../store/openStore.ts'
import { createBatchIndexer } from './indexBatch.ts'
import { startIndexQueue } from './indexQueue.ts'
import { createIndexWorkers, type IndexWorkerOptions } from './indexWorkers.ts'

export interface IndexingDependencies {
  readonly store: SharedStore
  readonly events: EventBus
  readonly clock: Clock
  reportFailure(error: unknown): void
  /** Told of images and fonts that a batch shows, in the transaction that indexes it. */
  readonly wantAssets?: (
    transaction: Transaction,
    siteId: number,
    sessionId: number,
    urls: readonly string[],
  ) => Promise<void>
  readonly workers?: Partial<IndexWorkerOptions>
}

export interface Indexing {
  /** Resolves when no stored batch waited at the moment of looking: for tests and for draining. */
  idle(): Promise<void>
  /** Finishes what is being opened; what waits is found again at the next start. Twice is harmless. */
  close(): Promise<void>
}

/** Stored with a batch that could not be opened, so that a later version knows which ones to try again. */
const WORKER_VERSION = '1'

/** Wires the stage: stored batches are opened in threads, inspected again, counted. */
export function startIndexing(dependencies: IndexingDependencies): Indexing {
  const { store, events, reportFailure, wantAssets } = dependencies
  const workers = createIndexWorkers({ size: Math.max(1, availableParallelism() - 1), ...dependencies.workers })

  async function want(transaction: Transaction, { siteId, sessionId }: BatchPlace, { assetUrls }: BatchSummary) {
    if (assetUrls.length > 0) await wantAssets?.(transaction, siteId, sessionId, assetUrls)
  }

  async function apply(results: readonly IndexedBatch[]): Promise<void> {
    await store.indexing.apply(results, WORKER_VERSION, want)
    const sessions = new Map(results.map(({ batch }) => [batch.sessionId, batch.siteId]))
    for (const [session, siteId] of sessions) {
      const found = await store.sessions.find(session)
      if (found) events.publish('session.indexed', { siteId, session, recording: found.recording })
    }
  }

  const queue = startIndexQueue({
    indexing: store.indexing,
    indexBatch: createBatchIndexer(store, workers, reportFailure),
    apply,
    reportFailure,
  })
  const bell = events.subscribe('batch.stored', queue.wake)

  return {
    idle: queue.idle,
    async close() {
      bell.stop()
      await queue.close()
      await workers.close()
    },
  }
}
