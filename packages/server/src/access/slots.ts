import { appError } from '../errors/appError.ts'

export interface Slots {
  /** Runs the work when its turn comes, and resolves to what it makes. AppError BUSY: too many wait already. */
  run<T>(work: () => Promise<T>): Promise<T>
}

const RETRY_SECONDS = 5

/** At most `atOnce` pieces of work run together; as many as `mostWaiting` wait in order, the others are told to come later. */
export function createSlots({ atOnce, mostWaiting }: { readonly atOnce: number; readonly mostWaiting: number }): Slots {
  const waiting: (() => void)[] = []
  let running = 0

  async function take(): Promise<void> {
    if (running < atOnce) {
      running++
      return
    }
    if (waiting.length >= mostWaiting) throw appError('BUSY', undefined, { retryAfterSeconds: RETRY_SECONDS })
    await new Promise<void>((resolve) => waiting.push(resolve)) // the slot is handed over, still counted
  }

  function giveBack(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return {
    async run(work) {
      await take()
      try {
        return await work()
      } finally {
        giveBack()
      }
    },
  }
}
