import type { PrivacyPolicy } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'

import type { BatchPlace, IndexOutcome } from '../store/indexingStore.ts'
import { openFrame, type DataKey } from '../store/sealFrame.ts'
import type { SegmentFormat } from '../store/segmentFormat.ts'
import { inspectBatch } from './inspectBatch.ts'
import { openPayload } from './openPayload.ts'
import { summarizeBatch } from './summarizeBatch.ts'

export interface IndexTask {
  readonly batch: BatchPlace
  readonly frame: Uint8Array<ArrayBuffer>
  readonly key: DataKey
  readonly flags: number
  readonly policy: PrivacyPolicy
}

/** The year 128,000: no clock is that wrong, and with any skew added it is still a date and an exact number. */
const LATEST_TIME = 4e15
const LARGEST_SIZE = 1e6

/** One sealed batch to what is known of it. What is wrong with it is found here and nowhere earlier. Never throws. */
export function indexPayload(format: SegmentFormat, { batch, frame, key, flags, policy }: IndexTask): IndexOutcome {
  const payload = openFrame(format, key, batch, frame)
  if (!payload.ok) return { status: 'poisoned', reason: payload.error }
  const opened = openPayload(payload.value, flags)
  if (!opened.ok) return { status: 'poisoned', reason: opened.error }
  const { records, unknown } = opened.value
  if (!records.every(isMeasurable)) return { status: 'poisoned', reason: 'NUMBER_OUT_OF_RANGE' }
  if (unknown > 0) return { status: 'quarantined', reason: 'unknown-record' }
  const found = inspectBatch(records, policy)
  if (found) return { status: 'quarantined', reason: found }
  return { status: 'indexed', summary: summarizeBatch(records, batch.sequence === 0) }
}

/** Whether its numbers fit into rows: one that does not would make every sum it is part of unreadable. */
function isMeasurable(record: ReplayRecord): boolean {
  if (Math.abs(record.at) > LATEST_TIME) return false
  return record.type !== 'page' || Math.max(Math.abs(record.width), Math.abs(record.height)) <= LARGEST_SIZE
}
