import type { PrivacyPolicy } from '@vasistas/wire/core'

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

/** One sealed batch to what is known of it. What is wrong with it is found here and nowhere earlier. Never throws. */
export function indexPayload(format: SegmentFormat, { batch, frame, key, flags, policy }: IndexTask): IndexOutcome {
  const payload = openFrame(format, key, batch, frame)
  if (!payload.ok) return { status: 'poisoned', reason: payload.error }
  const opened = openPayload(payload.value, flags)
  if (!opened.ok) return { status: 'poisoned', reason: opened.error }
  const { records, unknown } = opened.value
  if (unknown > 0) return { status: 'quarantined', reason: 'unknown-record' }
  const found = inspectBatch(records, policy)
  if (found) return { status: 'quarantined', reason: found }
  return { status: 'indexed', summary: summarizeBatch(records, batch.sequence === 0) }
}
