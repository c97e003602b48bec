import { LIMITS, type Duration } from '@vasistas/wire/core'
import type { Stoppable } from '../stopAll.ts'
import { backOff } from './backOff.ts'

/** `done`: off the queue. `held`: it stays first, and nothing is tried until `resume`. */
export type SendOutcome =
  | { readonly status: 'done' }
  | { readonly status: 'held' }
  | { readonly status: 'later'; readonly askedMs: Duration | undefined }

export interface RetryQueue<Item> extends Stoppable {
  /** False: there is no room; the item was not taken. */
  add(item: Item): boolean
  /** It arrived on another way. */
  remove(item: Item): void
  /** Oldest first; the first may be on its way. */
  list(): readonly Item[]
  /** Tries at once, also what was held. */
  resume(): void
}

export interface RetryQueueOptions<Item> {
  /** Bytes that it holds in memory now. */
  sizeOf(item: Item): number
  /** `attempt` counts from 0. Never rejects. */
  send(item: Item, attempt: number): Promise<SendOutcome>
  /** There is room again after an item was not taken. */
  onRoom(): void
  onEmpty(): void
  /** 0 to 1, for the back-off. */
  share(): number
  readonly maxBytes?: number
}

type State =
  | { readonly status: 'idle' | 'sending' | 'held' | 'stopped' }
  | { readonly status: 'waiting'; readonly timer: ReturnType<typeof setTimeout> }

/** In order, one at a time, until the server has it; bounded by bytes: what comes when it is full is not taken. */
export function createRetryQueue<Item>(options: RetryQueueOptions<Item>): RetryQueue<Item> {
  const { sizeOf, send, onRoom, onEmpty, share, maxBytes = LIMITS.retryQueueBytes } = options
  let items: readonly Item[] = []
  let state: State = { status: 'idle' }
  let attempt = 0
  let wasFull = false

  const heldBytes = () => items.reduce((sum, item) => sum + sizeOf(item), 0)
  const isStopped = () => state.status === 'stopped'

  async function work(): Promise<void> {
    const [item] = items
    if (state.status !== 'idle' || item === undefined) return
    state = { status: 'sending' }
    const outcome = await send(item, attempt)
    if (isStopped()) return
    switch (outcome.status) {
      case 'done':
        attempt = 0
        state = { status: 'idle' }
        remove(item)
        return work()
      case 'held':
        state = { status: 'held' }
        return
      case 'later':
        state = { status: 'waiting', timer: setTimeout(resume, backOff(attempt++, share(), outcome.askedMs)) }
    }
  }

  function resume(): void {
    if (state.status === 'waiting') clearTimeout(state.timer)
    if (state.status === 'waiting' || state.status === 'held') state = { status: 'idle' }
    void work()
  }

  function remove(item: Item): void {
    const left = items.filter((other) => other !== item)
    if (left.length === items.length) return
    items = left
    if (wasFull && heldBytes() < maxBytes / 2) {
      wasFull = false
      onRoom()
    }
    if (items.length === 0) onEmpty()
  }

  return {
    add(item) {
      if (isStopped()) return false
      if (wasFull || heldBytes() + sizeOf(item) > maxBytes) {
        wasFull = true
        return false
      }
      items = [...items, item]
      void work()
      return true
    },
    remove,
    list: () => items,
    resume,
    stop() {
      if (state.status === 'waiting') clearTimeout(state.timer)
      state = { status: 'stopped' }
      items = []
    },
  }
}
