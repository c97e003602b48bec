import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { PasswordVerdict } from '@vasistas/wire/api'
import { appError } from '../errors/appError.ts'
import { threadEnvironment } from '../store/threadEnvironment.ts'
import type { PasswordOwner } from './passwordVerdict.ts'
import { createSlots } from './slots.ts'

const MOST_WAITING = 20
/** Milliseconds for loading the dictionaries and one answer, on a machine that is busy with other things. */
const DEADLINE_MS = 20_000
/** After this long without a question the dictionaries (a hundred megabytes) are given back. */
const IDLE_MS = 60_000
const RETRY_SECONDS = 5

export interface StrengthQuestion {
  readonly password: string
  readonly owner: PasswordOwner
}
export interface StrengthAnswer {
  readonly verdict: PasswordVerdict
}

export interface PasswordStrength extends AsyncDisposable {
  /** AppError BUSY: too many ask, or the answer took too long. */
  estimate(password: string, owner: PasswordOwner): Promise<PasswordVerdict>
  close(): Promise<void>
}

/**
 * Estimates in a thread of its own, one password after the other: the work grows with what a stranger types, and must not
 * hold up visitors' batches. The thread begins with the first question and ends when nobody asks.
 */
export function createPasswordStrength(): PasswordStrength {
  const slots = createSlots({ atOnce: 1, mostWaiting: MOST_WAITING })
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined

  function begin(): Worker {
    const started = new Worker(new URL('./passwordStrength.worker.ts', import.meta.url), {
      name: 'password strength',
      env: threadEnvironment(),
    })
    started.on('error', () => undefined) // whoever asks hears of it; at rest nobody has to
    started.once('exit', () => {
      if (worker === started) worker = undefined
    })
    return started
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  async function ask(question: StrengthQuestion): Promise<PasswordVerdict> {
    clearTimeout(idle)
    const asked = (worker ??= begin())
    const deadline = AbortSignal.timeout(DEADLINE_MS)
    asked.ref()
    try {
      asked.postMessage(question)
      const [{ verdict }] = (await once(asked, 'message', { signal: deadline })) as [StrengthAnswer]
      return verdict
    } catch (error) {
      await end()
      if (!deadline.aborted) throw error
      throw appError('BUSY', undefined, { cause: error, retryAfterSeconds: RETRY_SECONDS })
    } finally {
      asked.unref() // at rest it does not keep the process alive
      idle = setTimeout(() => void end(), IDLE_MS)
      idle.unref()
    }
  }

  return {
    estimate: (password, owner) => slots.run(() => ask({ password, owner })),
    close: end,
    [Symbol.asyncDispose]: end,
  }
}
