import type { Clock, Stoppable } from '@vasistas/browser-core'
import { LIMITS, type Duration } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'
import { createBatch, type Batch, type OpenBatch } from './batch.ts'

export interface BatchCollector extends Stoppable {
  add(record: ReplayRecord): void
  /** Closes what is open, now. */
  flush(): void
  /** The server asks for another rhythm from now on, e.g. while somebody watches live. */
  setFlushMs(flushMs: Duration): void
  /** Records may come again after a batch found no room. */
  reopen(): void
}

export interface BatchCollectorOptions {
  readonly clock: Clock
  /** In the first minute. */
  readonly flushMs: Duration
  /** False: there is no room for it. It is gone, and so is what comes until `reopen`. */
  deliver(batch: Batch): boolean
}

type Collection =
  | { readonly status: 'empty' | 'full' | 'stopped' }
  | {
      readonly status: 'open'
      readonly batch: OpenBatch
      readonly timer: ReturnType<typeof setTimeout>
      readonly isHastened: boolean
    }

const FIRST_MINUTE_MS = 60_000
const LATER_FLUSH_MS = 15_000
const SHORTEST_FLUSH_MS = 250
/** More than this does not leave with a page that goes: it does not wait for long. Characters. */
const TAIL_LENGTH = 0.8 * LIMITS.keepaliveBytes
const LONG_TAIL_FLUSH_MS = 1000
const MOST_RECORDS = LIMITS.recordsPerBatch / 2

/**
 * When a batch opens and closes. The first closes with the first snapshot, because visitors who leave at once are the ones
 * whose page is lost otherwise; later ones when they are old or large.
 */
export function createBatchCollector({ clock, flushMs, deliver }: BatchCollectorOptions): BatchCollector {
  const startedAt = clock.mono()
  let collection: Collection = { status: 'empty' }
  let askedMs: Duration | undefined
  let isFirst = true

  const rhythm = (): Duration =>
    askedMs ?? (clock.mono() - startedAt < FIRST_MINUTE_MS ? flushMs : Math.max(flushMs, LATER_FLUSH_MS))

  function open(): OpenBatch {
    const batch = createBatch()
    collection = { status: 'open', batch, timer: setTimeout(flush, rhythm()), isHastened: false }
    return batch
  }

  function hasten(): void {
    if (collection.status !== 'open' || collection.isHastened) return
    clearTimeout(collection.timer)
    const timer = setTimeout(flush, Math.min(LONG_TAIL_FLUSH_MS, rhythm()))
    collection = { ...collection, timer, isHastened: true }
  }

  function flush(): void {
    if (collection.status !== 'open') return
    const { batch, timer } = collection
    clearTimeout(timer)
    collection = { status: 'empty' }
    isFirst = false
    if (!deliver(batch.close())) collection = { status: 'full' }
  }

  return {
    add(record) {
      if (collection.status === 'full' || collection.status === 'stopped') return
      const batch = collection.status === 'open' ? collection.batch : open()
      batch.add(record)
      const isDue = batch.length >= LIMITS.batchRawBytes || batch.records >= MOST_RECORDS
      if (isDue || (isFirst && record.type === 'snapshot')) flush()
      else if (batch.length > TAIL_LENGTH) hasten()
    },
    flush,
    setFlushMs(ms) {
      askedMs = Math.max(SHORTEST_FLUSH_MS, ms)
    },
    reopen() {
      if (collection.status === 'full') collection = { status: 'empty' }
    },
    stop() {
      if (collection.status === 'open') clearTimeout(collection.timer)
      collection = { status: 'stopped' }
    },
  }
}
