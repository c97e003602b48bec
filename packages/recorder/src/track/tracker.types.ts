import type { Stoppable } from '@vasistas/browser-core'
import type { ReplayRecord } from '@vasistas/wire/recording'

/** One source of records in the page; stopping twice is harmless. */
export type Tracker = Stoppable

export interface FlushingTracker extends Tracker {
  /** What waits is emitted now. */
  flush(): void
}

export type EmitRecord = (record: ReplayRecord) => void
