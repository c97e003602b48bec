import type { Stoppable } from '@vasistas/browser-core'
import { LIMITS, type SequenceNumber } from '@vasistas/wire/core'

/** One batch as it will be sent, but for the token, which may be renewed meanwhile. */
export interface QueuedBatch {
  readonly sequence: SequenceNumber
  readonly gzip: boolean
  readonly payload: Uint8Array<ArrayBuffer>
  readonly rawBytes: number
  readonly records: number
  readonly firstAt: number
  readonly lastAt: number
  readonly hasSnapshot: boolean
  readonly isFinal: boolean
}

/** `sent`: durable on the server. `dropped`: it will never be taken. `later`: keep it and wait. `over`: the session has ended. */
export type SendOutcome =
  { readonly status: 'sent' | 'dropped' | 'over' } | { readonly status: 'later'; readonly waitMs: number | undefined }

export interface SendQueue extends Stoppable {
  /** False: the queue is full, and the batch was not taken. */
  add(batch: QueuedBatch): boolean
  /** Tries at once instead of waiting for the end of a pause. */
  hurry(): void
  /** What the server does not have yet, oldest first. */
  list(): readonly QueuedBatch[]
  readonly isEmpty: boolean
}

export interface SendQueueDependencies {
  send(batch: QueuedBatch, attempt: number): Promise<SendOutcome>
  onSent(batch: QueuedBatch): void
  onDropped(batch: QueuedBatch): void
  onOver(): void
  /** Everything that was waiting has gone: records that were held back may come. */
  onEmpty(): void
  /** 0 to 1. */
  chance(): number
  readonly maxBytes?: number
  readonly longestPauseMs?: number
}

const LONGEST_PAUSE_MS = 60_000
const FIRST_PAUSE_MS = 1000

/** One request in flight keeps the order; full jitter keeps a thousand visitors from coming back in the same second. */
export function createSendQueue(dependencies: SendQueueDependencies): SendQueue {
  const { send, onSent, onDropped, onOver, onEmpty, chance } = dependencies
  const { maxBytes = LIMITS.retryQueueBytes, longestPauseMs = LONGEST_PAUSE_MS } = dependencies
  const queue: QueuedBatch[] = []
  let bytes = 0
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let isSending = false
  let isStopped = false

  async function work(): Promise<void> {
    const [batch] = queue
    if (isSending || isStopped || !batch) return
    clearTimeout(timer)
    timer = undefined
    isSending = true
    const outcome = await send(batch, attempt)
    isSending = false
    if (isStopped) return
    if (outcome.status === 'over') return onOver()
    if (outcome.status === 'later') return pause(outcome.waitMs)
    attempt = 0
    queue.shift()
    bytes -= batch.payload.byteLength
    if (outcome.status === 'sent') onSent(batch)
    else onDropped(batch)
    if (queue.length === 0) onEmpty()
    return work()
  }

  function pause(askedMs: number | undefined): void {
    const pauseMs = askedMs ?? Math.min(longestPauseMs, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10))
    attempt++
    timer = setTimeout(() => void work(), pauseMs * (askedMs === undefined ? chance() : 1))
  }

  return {
    add(batch) {
      if (bytes + batch.payload.byteLength > maxBytes) return false
      queue.push(batch)
      bytes += batch.payload.byteLength
      if (timer === undefined) void work()
      return true
    },
    hurry: () => void work(),
    list: () => queue,
    get isEmpty() {
      return queue.length === 0
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
      queue.length = 0
      bytes = 0
    },
  }
}
