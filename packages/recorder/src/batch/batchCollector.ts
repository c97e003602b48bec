import type { Clock, Stoppable } from '@vasistas/browser-core'
import { LIMITS, type Duration } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'
import { createBatch, type Batch } from './batch.ts'

export interface BatchCollector extends Stoppable {
  add(record: ReplayRecord): void
  /** Closes what is open, now. */
  flush(): void
  /** The server may ask for a faster or slower rhythm. Milliseconds. */
  setInterval(flushMs: Duration): void
}

const FIRST_MINUTE_MS = 60_000
const FIRST_INTERVAL_MS = 5000

/**
 * When a batch ends: a snapshot is in it (it must not wait), it is large, it is old, or the page goes. A `page` record begins
 * a new one, so that a player finds page and snapshot at the head of a batch.
 */
export function createBatchCollector(
  clock: Clock,
  laterIntervalMs: Duration,
  onClosed: (batch: Batch) => void,
): BatchCollector {
  const startedAt = clock.mono()
  let open = createBatch()
  let timer: ReturnType<typeof setTimeout> | undefined
  let askedMs: Duration | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const batch = open.close()
    open = createBatch()
    if (batch) onClosed(batch)
  }

  function interval(): Duration {
    if (askedMs !== undefined) return askedMs
    return clock.mono() - startedAt < FIRST_MINUTE_MS ? Math.min(FIRST_INTERVAL_MS, laterIntervalMs) : laterIntervalMs
  }

  return {
    add(record) {
      if (record.type === 'page') flush()
      open.add(record)
      if (record.type === 'snapshot' || open.length >= LIMITS.batchRawBytes) flush()
      else timer ??= setTimeout(flush, interval())
    },
    flush,
    setInterval(flushMs) {
      askedMs = flushMs
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
      open = createBatch()
    },
  }
}
