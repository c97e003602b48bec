import { RECORDER_VERSION, type TimeStamp } from '@vasistas/wire/core'
import type { Health } from '@vasistas/wire/api'
import type { IngestHealth } from '../observability/ingestHealth.ts'
import type { createHealthStore } from '../store/healthStore.ts'
import type { SegmentLog } from '../store/segmentLog.ts'

export interface HealthReaderDependencies {
  readonly ingest: IngestHealth
  readonly stored: Pick<ReturnType<typeof createHealthStore>, 'read'>
  readonly segments: Pick<SegmentLog, 'space'>
  readonly startedAt: TimeStamp
}

/** What this process took in and refused, and what became of it, as the health page and the metrics tell it. */
export function createHealthReader({ ingest, stored, segments, startedAt }: HealthReaderDependencies) {
  return async function readHealth(): Promise<Health> {
    const [fromStore, { freeBytes }] = await Promise.all([stored.read(), segments.space()])
    const { acceptedBatches, duplicateBatches, refused } = ingest.counts
    return {
      version: RECORDER_VERSION,
      startedAt,
      acceptedBatches,
      duplicateBatches,
      refused,
      ...fromStore,
      diskFreeBytes: freeBytes,
    }
  }
}
