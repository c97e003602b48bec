import type { BatchStore, CommitOutcome, DurableBatch } from '../store/batchStore.ts'
import type { SegmentLog } from '../store/segmentLog.ts'
import { StoreBusyError } from '../store/storeErrors.ts'

/** A sealed batch without a place yet. */
export interface SealedBatch extends Omit<DurableBatch, 'placement'> {
  readonly frame: Uint8Array
  readonly retentionDays: number
}

export interface GroupCommit {
  /** Resolves once the batch is durable and its row committed (or an earlier copy's is). Rejects: nothing may be acknowledged. */
  add(batch: SealedBatch): Promise<CommitOutcome>
  /** Bytes of frames that wait or are being written. */
  readonly waitingBytes: number
  /** Refuses what comes from now on; resolves when what was there is done. */
  drain(): Promise<void>
}

export interface GroupCommitDependencies {
  readonly segments: Pick<SegmentLog, 'append'>
  readonly batches: Pick<BatchStore, 'commit'>
  readonly mostGroupBytes?: number
  readonly mostGroupFrames?: number
  readonly mostWaitingBytes?: number
}

interface Waiting {
  readonly batch: SealedBatch
  resolve(outcome: CommitOutcome): void
  reject(error: unknown): void
}

const MiB = 1024 * 1024

/**
 * One loop per segment log: what arrived while the last group was being synced becomes the next group, so that one sync
 * and one commit serve many batches when there are many, and none waits when there are few (storage.md §3.5).
 */
export function createGroupCommit(dependencies: GroupCommitDependencies): GroupCommit {
  const { segments, batches, mostGroupBytes = 8 * MiB, mostGroupFrames = 1000 } = dependencies
  const { mostWaitingBytes = 128 * MiB } = dependencies
  let queue: Waiting[] = []
  let waitingBytes = 0
  let isDraining = false
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const group = takeGroup()
      try {
        const outcomes = await commit(group.map(({ batch }) => batch))
        for (const [index, waiting] of group.entries()) waiting.resolve(outcomes[index] ?? 'gone')
      } catch (error) {
        for (const waiting of group) waiting.reject(error)
      }
      for (const { batch } of group) waitingBytes -= batch.frame.byteLength
    }
    running = undefined
  }

  function takeGroup(): Waiting[] {
    let count = 0
    let bytes = 0
    for (const { batch } of queue) {
      bytes += batch.frame.byteLength
      if (count > 0 && (bytes > mostGroupBytes || count >= mostGroupFrames)) break
      count++
    }
    const group = queue.slice(0, count)
    queue = queue.slice(count)
    return group
  }

  async function commit(group: readonly SealedBatch[]): Promise<readonly CommitOutcome[]> {
    const placements = await segments.append(group.map(({ frame, ...batch }) => ({ ...batch, bytes: frame })))
    return batches.commit(
      group.map((batch, index) => {
        const placement = placements[index]
        if (!placement) throw new Error('a frame got no place')
        return { ...batch, placement }
      }),
    )
  }

  return {
    add(batch) {
      if (isDraining) return Promise.reject(new StoreBusyError('the server is stopping'))
      if (waitingBytes + batch.frame.byteLength > mostWaitingBytes) {
        return Promise.reject(new StoreBusyError('too many bytes wait for the disk'))
      }
      waitingBytes += batch.frame.byteLength
      return new Promise((resolve, reject) => {
        queue.push({ batch, resolve, reject })
        running ??= Promise.resolve().then(run)
      })
    },
    get waitingBytes() {
      return waitingBytes
    },
    async drain() {
      isDraining = true
      await running
    },
  }
}
