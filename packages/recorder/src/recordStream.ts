import {
  onPageExit,
  stopAll,
  type Clock,
  type IngestTransport,
  type Monitor,
  type Random,
  type Stoppable,
} from '@vasistas/browser-core'
import { milliseconds, type StartAccepted } from '@vasistas/wire/core'
import { encodeEnvelope, type ReplayRecord } from '@vasistas/wire/recording'
import type { Batch } from './batch/batch.ts'
import { createBatchCollector } from './batch/batchCollector.ts'
import { asItIs, createCompressor, type Compressed } from './batch/compressor.ts'
import { createSendQueue, type QueuedBatch, type SendOutcome } from './batch/sendQueue.ts'
import type { UnsentBatches } from './batch/unsentBatches.ts'
import type { Mark } from './nodePrivacy.ts'
import type { Realm } from './recordingScope.ts'
import { startRecording, type Recording } from './startRecording.ts'

export interface StreamOptions {
  readonly page: Realm
  readonly accepted: StartAccepted
  readonly marks: readonly { readonly target: string | Element; readonly mark: Mark }[]
  readonly clock: Clock
  readonly random: Random
  readonly monitor: Monitor
  readonly transport: IngestTransport
  readonly unsent: UnsentBatches
  /** The visitor did something, or the server renewed the token. */
  onLife(token: string, isActive: boolean): void
  /** `gone`: erased, expired or over its limits. `unknown`: the token says nothing any more. */
  onEnd(reason: 'gone' | 'unknown'): void
}

export interface RecordedStream extends Pick<Recording, 'mark' | 'event'>, Stoppable {
  /** Ends and sends what there is. */
  finish(): Promise<void>
}

/** A new full snapshot, so that a player finds a near place to start from. */
const CHECKOUT_MS = 5 * 60_000
/** Characters of batches that wait for the compressor. */
const MOST_COMPRESSING = 20_000_000
const ACTIVITY: ReadonlySet<ReplayRecord['type']> = new Set([
  'pointer-move',
  'pointer-action',
  'scroll',
  'input',
  'focus',
  'page',
])

/** One page load's records, from the page to the server's acknowledgement. Nothing when the recorder fails closed. */
export function recordStream(options: StreamOptions): RecordedStream | undefined {
  const { page, accepted, clock, random, monitor, transport, unsent, onLife, onEnd } = options
  const stream = random.streamId()
  const compressing = new Set<Batch>()
  let compressingLength = 0
  let token = accepted.token
  let nextSequence = 0
  let ordered: Promise<unknown> = Promise.resolve()
  /** The queue is full: records are let go until it is empty again. */
  let isHolding = false
  let isOver = false
  let snapshotAt = clock.mono()

  const compressor = createCompressor()
  const collector = createBatchCollector(clock, accepted.flushMs, onClosed)
  const queue = createSendQueue({
    send,
    chance: random.share,
    onSent: () => undefined,
    onDropped: () => startAfresh(),
    onOver: () => undefined,
    onEmpty() {
      if (!isHolding) return
      isHolding = false
      startAfresh()
    },
  })

  function emit(record: ReplayRecord): void {
    if (isHolding || isOver) return
    collector.add(record)
    if (ACTIVITY.has(record.type)) onLife(token, true)
  }

  /** After something was lost: what follows is of no use without a new snapshot. */
  function startAfresh(): void {
    emit({ type: 'gap', at: clock.now(), reason: 'queue-full' })
    snapshotAt = clock.mono()
    recording?.takeSnapshot()
  }

  function onClosed(batch: Batch): void {
    if (compressingLength + batch.text.length > MOST_COMPRESSING) {
      isHolding = true
      return
    }
    compressing.add(batch)
    compressingLength += batch.text.length
    const compressed = compressor.compress(batch.text)
    ordered = ordered.then(async () => {
      const result = await compressed
      // Page exit may have sent it meanwhile.
      if (!compressing.delete(batch)) return
      compressingLength -= batch.text.length
      if (!isOver && !enqueue(batch, result, false)) isHolding = true
    })
  }

  function enqueue(batch: Batch, compressed: Compressed, isFinal: boolean): boolean {
    const isAdded = queue.add(toQueued(batch, compressed, isFinal))
    if (isAdded) nextSequence++
    return isAdded
  }

  function toQueued(
    { records, firstAt, lastAt, hasSnapshot }: Batch,
    compressed: Compressed,
    isFinal: boolean,
  ): QueuedBatch {
    return { sequence: nextSequence, ...compressed, records, firstAt, lastAt, hasSnapshot, isFinal }
  }

  const encode = (batch: QueuedBatch, isRetry: boolean): Uint8Array<ArrayBuffer> =>
    encodeEnvelope({
      flags: { gzip: batch.gzip, final: batch.isFinal, snapshot: batch.hasSnapshot, retry: isRetry },
      header: {
        session: accepted.session,
        stream,
        sequence: batch.sequence,
        sentAt: clock.now(),
        records: batch.records,
        firstAt: batch.firstAt,
        lastAt: batch.lastAt,
        rawBytes: batch.rawBytes,
        token,
      },
      payload: batch.payload,
    })

  async function send(batch: QueuedBatch, attempt: number): Promise<SendOutcome> {
    const answer = await transport.post('/v1/b', encode(batch, attempt > 0))
    if (!answer) return { status: 'later', waitMs: undefined }
    const { status, body, retryAfterMs } = answer
    if (status === 200) {
      hear(body)
      return { status: 'sent' }
    }
    if (status === 401 || status === 410) {
      end()
      onEnd(status === 410 ? 'gone' : 'unknown')
      return { status: 'over' }
    }
    if (status === 429 || status === 408 || status >= 500) return { status: 'later', waitMs: retryAfterMs }
    return { status: 'dropped' }
  }

  /** What the server wishes, beside the acknowledgement. */
  function hear(body: Readonly<Record<string, unknown>>): void {
    const { token: renewed, flushMs, snapshot } = body
    if (typeof renewed === 'string') {
      token = renewed
      onLife(token, false)
    }
    if (typeof flushMs === 'number') collector.setInterval(milliseconds(Math.max(250, flushMs)))
    if (snapshot === true) recording?.takeSnapshot()
  }

  /** The browser lets only a little go at the end; what does not fit waits on this disk for the next page. */
  function leave(): void {
    if (isOver) return
    recording?.flush()
    collector.flush()
    const rest = [...compressing]
    compressing.clear()
    compressingLength = 0
    for (const [index, batch] of rest.entries()) {
      if (!enqueue(batch, asItIs(batch.text), index === rest.length - 1)) isHolding = true
    }
    // The first is under way already; the others may not wait for its answer.
    const [underWay, ...waiting] = queue.list()
    const left = waiting
      .map((batch) => encode(batch, false))
      .filter((envelope) => !transport.postOnExit('/v1/b', envelope))
    void unsent.keep(underWay ? [encode(underWay, true), ...left] : left)
  }

  function end(): void {
    isOver = true
    stopAll(timers, exits, recording ?? { stop() {} }, collector, compressor, queue).stop()
  }

  const recording = startRecording({ ...options, privacy: accepted.privacy, emit })
  const exits = onPageExit(page, monitor, (exit) => {
    if (exit === 'gone') return leave()
    recording?.flush()
    collector.flush()
  })
  const checkout = setInterval(
    monitor.wrap(() => {
      if (isHolding || clock.mono() - snapshotAt < CHECKOUT_MS || page.document.visibilityState === 'hidden') return
      snapshotAt = clock.mono()
      recording?.takeSnapshot()
    }),
    CHECKOUT_MS / 5,
  )
  const timers = { stop: () => clearInterval(checkout) }
  if (!recording) {
    end()
    return undefined
  }

  return {
    mark: recording.mark,
    event: recording.event,
    async finish() {
      recording.flush()
      collector.flush()
      recording.stop()
      await ordered
      const deadline = clock.mono() + 5000
      while (!queue.isEmpty && !isOver && clock.mono() < deadline)
        await new Promise((resolve) => setTimeout(resolve, 50))
      if (isOver) return
      void unsent.keep(queue.list().map((batch) => encode(batch, true)))
      end()
    },
    stop: end,
  }
}
