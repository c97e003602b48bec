import type { Duration, NodeId } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'

/** Where the visitor's pointer was; all times of the player count from the recording's start. */
export interface PointerMoment {
  readonly at: Duration
  readonly x: number
  readonly y: number
  /** What it was over: coordinates are those of the frame that this node is in. */
  readonly node: NodeId
  readonly pointer: 'mouse' | 'touch'
}

export interface Range {
  readonly from: Duration
  readonly to: Duration
}

/** A record on the recording's time instead of the visitor's clock. */
export type Placed<Kind extends ReplayRecord> = Kind extends unknown
  ? Omit<Kind, 'at'> & { readonly at: Duration }
  : never

export type PlacedRecord = Placed<ReplayRecord>
export type PlacedRecordOf<Type extends ReplayRecord['type']> = Placed<Extract<ReplayRecord, { readonly type: Type }>>
