import { Worker } from 'node:worker_threads'

import type { IndexOutcome } from '../store/indexingStore.ts'
import { threadEnvironment } from '../store/threadEnvironment.ts'
import type { IndexTask } from './indexPayload.ts'

/** Threads that open batches, one batch each at a time. */
export interface IndexWorkers {
  readonly size: number
  /** `died`: out of memory or crashed. `late`: longer than it may take. The thread is replaced either way. */
  run(task: IndexTask): Promise<IndexOutcome | 'died' | 'late'>
  close(): Promise<void>
}

export interface IndexWorkerOptions {
  readonly size: number
  readonly memoryMb?: number
  readonly timeoutMs?: number
  /** After this long without work a thread ends: at rest the server is small. */
  readonly idleMs?: number
}

interface Slot {
  worker: Worker | undefined
  isBusy: boolean
  idle: NodeJS.Timeout | undefined
}

export function createIndexWorkers(options: IndexWorkerOptions): IndexWorkers {
  const { size, memoryMb = 512, timeoutMs = 10_000, idleMs = 30_000 } = options
  const slots: Slot[] = Array.from({ length: size }, () => ({ worker: undefined, isBusy: false, idle: undefined }))
  const waiting: (() => void)[] = []

  function begin(): Worker {
    const worker = new Worker(new URL('./index.worker.ts', import.meta.url), {
      name: 'index',
      env: threadEnvironment(),
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 },
    })
    worker.on('error', () => undefined) // whoever waits for an answer hears of it; at rest nobody has to
    worker.unref()
    return worker
  }

  async function takeSlot(): Promise<Slot> {
    for (;;) {
      const free = slots.find(({ isBusy }) => !isBusy)
      if (free) {
        free.isBusy = true
        clearTimeout(free.idle)
        return free
      }
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }

  function giveBack(slot: Slot): void {
    slot.isBusy = false
    slot.idle = setTimeout(() => void end(slot), idleMs)
    slot.idle.unref()
    waiting.shift()?.()
  }

  async function end(slot: Slot): Promise<void> {
    const { worker } = slot
    slot.worker = undefined
    clearTimeout(slot.idle)
    await worker?.terminate()
  }

  return {
    size,

    async run(task) {
      const slot = await takeSlot()
      const worker = (slot.worker ??= begin())
      worker.ref()
      try {
        const outcome = await ask(worker, task, timeoutMs)
        if (outcome === 'died' || outcome === 'late') await end(slot)
        else worker.unref()
        return outcome
      } finally {
        giveBack(slot)
      }
    },

    async close() {
      await Promise.all(slots.map(end))
    },
  }
}

function ask(worker: Worker, task: IndexTask, timeoutMs: number): Promise<IndexOutcome | 'died' | 'late'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish('late'), timeoutMs)
    const onMessage = (outcome: IndexOutcome) => finish(outcome)
    const onEnd = () => finish('died')

    function finish(outcome: IndexOutcome | 'died' | 'late'): void {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onEnd).off('exit', onEnd)
      resolve(outcome)
    }
    worker.on('message', onMessage).on('error', onEnd).on('exit', onEnd)
    // Read for this task alone: handed over, not copied.
    worker.postMessage(task, [task.frame.buffer])
  })
}
