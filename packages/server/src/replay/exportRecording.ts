import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Manifest, RecordingDetail } from '@vasistas/wire/api'
import type { ReplayBatch } from '@vasistas/wire/recording'
import type { ExportAnswer, ExportQuestion } from './exportEvents.types.ts'
import type { BatchReader, ReplaySession } from './readBatches.ts'

export type ExportFormat = 'rrweb' | 'json'

/** MiB; one batch of 32 MiB inflated, parsed and written again fits. */
const WORKER_MEMORY = 512
/** Milliseconds for one batch. */
const BATCH_DEADLINE_MS = 20_000

export interface ExportSource {
  readonly session: ReplaySession
  readonly manifest: Manifest
  readonly detail: RecordingDetail
}

/**
 * A recording as rrweb events in JSON, page load after page load; `json` puts what is known of the visit in front. Streamed:
 * one batch is in memory at a time, opened in a thread of its own.
 */
export async function* exportRecording(
  reader: BatchReader,
  { session, manifest, detail }: ExportSource,
  format: ExportFormat,
): AsyncGenerator<string> {
  const opener = startOpener()
  try {
    yield format === 'json' ? describe(manifest, detail) : '[\n'
    let isFirst = true
    for (const { stream } of manifest.streams) {
      for await (const batch of reader.read(session, stream, { from: 0, to: Number.MAX_SAFE_INTEGER })) {
        const events = await opener.open(batch)
        if (!events) continue
        yield isFirst ? events : `,\n${events}`
        isFirst = false
      }
    }
    yield format === 'json' ? '\n]}\n' : '\n]\n'
  } finally {
    await opener.stop()
  }
}

function describe({ streams }: Manifest, detail: RecordingDetail): string {
  const pageLoads = streams.map(({ stream, skewMs, gaps }) => ({ stream, skewMs, gaps }))
  return `{"recording":${JSON.stringify(detail)},\n"streams":${JSON.stringify(pageLoads)},\n"events":[\n`
}

/** One thread per export; a batch that takes too long ends it. */
function startOpener() {
  const worker = new Worker(new URL('exportEvents.worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY },
  })
  worker.on('error', () => undefined) // told by the question that is open then; between questions nobody waits
  return {
    async open({ gzip, payload }: ReplayBatch): Promise<string | undefined> {
      const question: ExportQuestion = { gzip, payload }
      const answered = once(worker, 'message', { signal: AbortSignal.timeout(BATCH_DEADLINE_MS) })
      worker.postMessage(question, [payload.buffer])
      const [answer] = (await answered) as [ExportAnswer]
      return answer.events
    },
    stop: () => worker.terminate(),
  }
}
