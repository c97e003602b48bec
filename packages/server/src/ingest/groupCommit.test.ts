import { describe, expect, it } from 'vitest'

import type { DurableBatch } from '../store/batchStore.ts'
import { StoreBusyError } from '../store/storeErrors.ts'
import { createGroupCommit, type GroupCommitDependencies, type SealedBatch } from './groupCommit.ts'

const aBatch = (sequence: number, bytes = 10): SealedBatch => ({
  sessionId: 1,
  stream: 2,
  sequence,
  siteId: 3,
  payloadBytes: bytes,
  rawBytes: bytes,
  flags: 0,
  payloadHash: 'A'.repeat(22),
  sentAt: 0,
  receivedAt: 0,
  firstAt: 0,
  lastAt: 0,
  frame: new Uint8Array(bytes),
  retentionDays: 30,
})

/** A disk whose syncs the test lets through one by one. */
function aDisk() {
  const groups: number[][] = []
  const waiting: PromiseWithResolvers<void>[] = []
  const dependencies: GroupCommitDependencies = {
    segments: {
      async append(frames) {
        groups.push(frames.map(({ sequence }) => sequence))
        const sync = Promise.withResolvers<void>()
        waiting.push(sync)
        await sync.promise
        return frames.map((_, offset) => ({ segmentId: 1, offset, length: 1 }))
      },
    },
    batches: { commit: (batches: readonly DurableBatch[]) => Promise.resolve(batches.map(() => 'stored' as const)) },
  }
  return {
    groups,
    dependencies,
    next: async () => (await expect.poll(() => waiting.length).toBeGreaterThan(0), waiting.shift()),
  }
}

describe('createGroupCommit', () => {
  it('makes one group of what came while the last one was synced', async () => {
    const disk = aDisk()
    const group = createGroupCommit(disk.dependencies)
    const first = group.add(aBatch(0))
    const sync = await disk.next()
    const others = [1, 2, 3].map((sequence) => group.add(aBatch(sequence)))
    sync?.resolve()
    ;(await disk.next())?.resolve()
    expect(await Promise.all([first, ...others])).toEqual(['stored', 'stored', 'stored', 'stored'])
    expect(disk.groups).toEqual([[0], [1, 2, 3]])
    expect(group.waitingBytes).toBe(0)
  })

  it('rejects a whole group whose sync failed, and goes on with the next', async () => {
    const disk = aDisk()
    const group = createGroupCommit(disk.dependencies)
    const lost = [group.add(aBatch(0)), group.add(aBatch(1))]
    ;(await disk.next())?.reject(new Error('i/o'))
    expect((await Promise.allSettled(lost)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const kept = group.add(aBatch(2))
    ;(await disk.next())?.resolve()
    expect(await kept).toBe('stored')
  })

  it('keeps groups small and refuses what would wait in too large a queue', async () => {
    const disk = aDisk()
    const group = createGroupCommit({ ...disk.dependencies, mostGroupBytes: 25, mostWaitingBytes: 50 })
    const taken = [0, 1, 2, 3, 4].map((sequence) => group.add(aBatch(sequence)))
    await expect(group.add(aBatch(5))).rejects.toThrow(StoreBusyError)
    for (let count = 0; count < 3; count++) (await disk.next())?.resolve()
    await Promise.all(taken)
    expect(disk.groups).toEqual([[0, 1], [2, 3], [4]])
  })

  it('drains: finishes what it took and takes nothing more', async () => {
    const disk = aDisk()
    const group = createGroupCommit(disk.dependencies)
    const taken = group.add(aBatch(0))
    const drained = group.drain()
    await expect(group.add(aBatch(1))).rejects.toThrow(StoreBusyError)
    ;(await disk.next())?.resolve()
    await drained
    expect(await taken).toBe('stored')
  })
})
