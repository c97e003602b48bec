import type { Manifest, BatchRef } from '@vasistas/wire/api'
import type { SequenceNumber, StreamId } from '@vasistas/wire/core'
import { decodeReplayBatches, type ReplayRecord } from '@vasistas/wire/recording'
import { openBatch } from './openBatch.ts'
import type { RecordSource } from './recordSource.ts'

/** One request: batches of one stream that follow each other. */
export interface LoadStep {
  readonly stream: StreamId
  readonly from: SequenceNumber
  readonly to: SequenceNumber
}

export interface LoadListeners {
  onBatch(stream: StreamId, sequence: SequenceNumber, records: readonly ReplayRecord[]): void
  onBrokenBatch(stream: StreamId, sequence: SequenceNumber, reason: string): void
  /** Everything up to the beginning of this step is there; nothing: all is. */
  onProgress(next: LoadStep | undefined): void
}

/** Compressed bytes per request: enough to use the line, little enough to show early what came. */
const BYTES_PER_STEP = 512 * 1024

/** Fetches a recording from its beginning, in order of time. Rejects as the source does. */
export async function loadRecords(source: RecordSource, listeners: LoadListeners, signal: AbortSignal): Promise<void> {
  const steps = planSteps(source.manifest)
  for (const [index, step] of steps.entries()) {
    const bytes = await source.fetchBatches(step.stream, step.from, step.to, signal)
    const missing = new Set<SequenceNumber>(sequencesOf(source.manifest, step))
    for (const batch of decodeReplayBatches(bytes)) {
      if (batch.stream !== step.stream || !missing.delete(batch.sequence)) continue
      const opened = await openBatch(batch)
      signal.throwIfAborted()
      if (opened.ok) listeners.onBatch(batch.stream, batch.sequence, opened.value)
      else listeners.onBrokenBatch(batch.stream, batch.sequence, opened.error)
    }
    for (const sequence of missing) listeners.onBrokenBatch(step.stream, sequence, 'missing')
    listeners.onProgress(steps[index + 1])
  }
  if (steps.length === 0) listeners.onProgress(undefined)
}

/** In order of time over all streams, in order of sequence within one. The first batch comes alone: it is the first frame. */
export function planSteps({ streams }: Manifest): readonly LoadStep[] {
  const batches = streams.flatMap(({ stream, skewMs, batches: refs }) => {
    let startsAt = -Infinity
    return refs.map((ref) => {
      startsAt = Math.max(startsAt, ref.firstAt + skewMs)
      return { stream, ref, startsAt }
    })
  })
  batches.sort((a, b) => a.startsAt - b.startsAt)
  const steps: (LoadStep & { bytes: number })[] = []
  for (const [index, { stream, ref }] of batches.entries()) {
    const last = steps.at(-1)
    if (last && index > 1 && canJoin(last, stream, ref))
      steps[steps.length - 1] = { ...last, to: ref.sequence, bytes: last.bytes + ref.bytes }
    else steps.push({ stream, from: ref.sequence, to: ref.sequence, bytes: ref.bytes })
  }
  return steps.map(({ stream, from, to }) => ({ stream, from, to }))
}

function canJoin(step: LoadStep & { readonly bytes: number }, stream: StreamId, ref: BatchRef): boolean {
  return step.stream === stream && step.to < ref.sequence && step.bytes + ref.bytes <= BYTES_PER_STEP
}

function sequencesOf({ streams }: Manifest, { stream, from, to }: LoadStep): readonly SequenceNumber[] {
  const refs = streams.find((candidate) => candidate.stream === stream)?.batches ?? []
  return refs.map(({ sequence }) => sequence).filter((sequence) => sequence >= from && sequence <= to)
}
