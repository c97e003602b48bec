import type { ClaimedBatch, IndexedBatch, IndexingStore, IndexOutcome } from '../store/indexingStore.ts'

export interface IndexQueueDependencies {
  readonly indexing: Pick<IndexingStore, 'claim' | 'dropLeases'>
  indexBatch(batch: ClaimedBatch): Promise<IndexOutcome>
  apply(results: readonly IndexedBatch[]): Promise<void>
  reportFailure(error: unknown): void
  readonly pollMs?: number
  readonly claimed?: number
}

export interface IndexQueue {
  /** There is something to do: a hint, the poll is the truth. */
  wake(): void
  /** Resolves when nothing waited at the moment of looking. */
  idle(): Promise<void>
  close(): Promise<void>
}

const POLL_MS = 1000
const CLAIMED = 64
const LEASE_MS = 120_000

/** Works off stored batches until closed. The queue is the table: a restart forgets nothing, and no batch blocks another. */
export function startIndexQueue(dependencies: IndexQueueDependencies): IndexQueue {
  const { indexing, indexBatch, apply, reportFailure, pollMs = POLL_MS, claimed = CLAIMED } = dependencies
  let isClosed = false
  let isRung = true
  let running: Promise<void> | undefined
  let hasLeases = true

  async function work(): Promise<void> {
    if (hasLeases) await indexing.dropLeases()
    hasLeases = false
    while (isRung && !isClosed) {
      isRung = false
      const batches = await indexing.claim(claimed, LEASE_MS)
      if (batches.length === 0) return
      isRung = true
      await workOff(batches)
    }
  }

  /** Results that are there when the last ones have been written are written together. */
  async function workOff(batches: readonly ClaimedBatch[]): Promise<void> {
    let results: IndexedBatch[] = []
    let writing: Promise<void> | undefined
    async function write(): Promise<void> {
      while (results.length > 0) {
        const group = results
        results = []
        await applyOneByOneIfNeeded(group)
      }
      writing = undefined
    }
    await Promise.all(
      batches.map(async (batch) => {
        const outcome = await indexBatch(batch)
        // Not in one expression: the list would be looked up before the wait, and may be another one after it.
        results.push({ batch, outcome })
        await (writing ??= write())
      }),
    )
  }

  async function applyOneByOneIfNeeded(group: readonly IndexedBatch[]): Promise<void> {
    try {
      await apply(group)
    } catch (error) {
      reportFailure(error)
      if (group.length > 1) for (const result of group) await apply([result]).catch(reportFailure)
    }
  }

  function wake(): void {
    isRung = true
    if (isClosed) return
    running ??= work()
      .catch(reportFailure)
      .finally(() => (running = undefined))
  }

  const timer = setInterval(wake, pollMs)
  timer.unref()
  wake()

  return {
    wake,
    async idle() {
      wake()
      await running
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      await running
    },
  }
}
