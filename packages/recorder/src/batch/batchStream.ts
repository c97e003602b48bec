import {
  createRetryQueue,
  type Clock,
  type IngestAnswer,
  type IngestTransport,
  type Random,
  type SendOutcome,
  type Stoppable,
} from '@vasistas/browser-core'
import type { StartAccepted } from '@vasistas/wire/core'
import type { GapRecord, ReplayRecord } from '@vasistas/wire/recording'
import type { Batch } from './batch.ts'
import { createBatchCollector } from './batchCollector.ts'
import type { Compressor } from './compressor.ts'
import { createParcel, type Parcel } from './parcel.ts'
import type { UnsentBatches } from './unsentBatches.ts'

export interface BatchStreamOptions {
  readonly accepted: StartAccepted
  readonly clock: Clock
  readonly random: Random
  readonly compressor: Compressor
  readonly transport: IngestTransport
  readonly unsent: UnsentBatches
  onToken(token: string): void
  /** Somebody watches live, or the player needs a place to start from. */
  onSnapshotWanted(): void
  /** Something was lost here: without a new snapshot, what follows says nothing. */
  onLost(reason: GapRecord['reason']): void
  /** `token`: it says nothing any more; batches wait for `renew`. `over`: the server takes nothing of this session again. */
  onRefused(refusal: 'token' | 'over' | 'malformed' | 'too-large' | 'forbidden'): void
  /** Ended, and everything has arrived. */
  onDrained(): void
}

/** One page load's records in order, from the page to the server's acknowledgement. Begins with a page and a snapshot. */
export interface BatchStream extends Stoppable {
  readonly session: number
  add(record: ReplayRecord): void
  renew(token: string): void
  /** The page may be gone in a moment: what is left goes now, or stays on this disk for the next page. */
  leave(isFinal: boolean): void
  /** No record comes any more; what there is goes to the server. */
  finish(): void
}

const BATCHES_PATH = '/v1/b'

export function createBatchStream(options: BatchStreamOptions): BatchStream {
  const { accepted, clock, random, compressor, transport, unsent } = options
  const { session } = accepted
  const stream = random.streamId()
  /** Sent so that they arrive even if the page goes. */
  const outliving = new Map<Parcel, Promise<IngestAnswer>>()
  const kept = new Set<Parcel>()
  let { token } = accepted
  let nextSequence = 0
  let isEnding = false
  let isTokenUntried = false

  const queue = createRetryQueue<Parcel>({
    sizeOf: (parcel) => parcel.size(),
    send,
    share: random.share,
    onRoom() {
      collector.reopen()
      options.onLost('queue-full')
    },
    onEmpty() {
      if (isEnding) options.onDrained()
    },
  })
  const collector = createBatchCollector({ clock, flushMs: accepted.flushMs, deliver })

  function deliver(batch: Batch): boolean {
    const parcel = createParcel(batch, nextSequence, compressor)
    // A place that nothing fills would be a gap, so only what is queued takes one.
    if (!queue.add(parcel)) return false
    nextSequence++
    return true
  }

  async function send(parcel: Parcel, attempt: number): Promise<SendOutcome> {
    await parcel.ready
    if (parcel.isTooLarge()) return lose(parcel, 'too-large')
    return settle(parcel, await (outliving.get(parcel) ?? post(parcel, attempt)))
  }

  /** The budget for requests that outlive the page is the page's too: when it was refused for that, the next try is plain. */
  function post(parcel: Parcel, attempt: number): Promise<IngestAnswer> {
    const envelope = encode(parcel, attempt > 0, false)
    return (attempt === 0 ? outlive(parcel, envelope) : undefined) ?? transport.post(BATCHES_PATH, envelope)
  }

  function outlive(parcel: Parcel, envelope: Uint8Array<ArrayBuffer>): Promise<IngestAnswer> | undefined {
    const answer = transport.postOutliving(BATCHES_PATH, envelope)?.finally(() => outliving.delete(parcel))
    if (answer) outliving.set(parcel, answer)
    return answer
  }

  const encode = (parcel: Parcel, retry: boolean, final: boolean) =>
    parcel.envelope({ session, stream, token, sentAt: clock.now() }, { retry, final })

  /** storage.md §3.4: the whole contract. */
  function settle(parcel: Parcel, { status, body, retryAfterMs }: IngestAnswer): SendOutcome {
    switch (status) {
      case 200:
        isTokenUntried = false
        hear(body)
        forgetKept(parcel)
        return DONE
      case 401:
        options.onRefused(isTokenUntried ? 'forbidden' : 'token')
        return { status: 'held' }
      case 410:
        options.onRefused('over')
        return DONE
      case 413:
        return lose(parcel, 'too-large')
      case 400:
      case 422:
        return lose(parcel, 'malformed')
      case 0:
      case 408:
      case 429:
        return later(parcel, retryAfterMs)
      default:
        if (status >= 500) return later(parcel, retryAfterMs)
        options.onRefused('forbidden')
        return DONE
    }
  }

  /** It waits in memory; the disk is for the case that the page ends before the server is back. */
  function later(parcel: Parcel, askedMs: number | undefined): SendOutcome {
    if (!kept.has(parcel)) keep([parcel])
    return { status: 'later', askedMs }
  }

  /** A snapshot that the server does not take would be taken again and again. */
  function lose(parcel: Parcel, reason: 'too-large' | 'malformed'): SendOutcome {
    forgetKept(parcel)
    if (parcel.hasSnapshot || reason === 'malformed') options.onRefused(reason)
    else options.onLost('too-large')
    return DONE
  }

  function hear({ token: renewed, flushMs, snapshot }: IngestAnswer['body']): void {
    if (typeof renewed === 'string') {
      token = renewed
      options.onToken(renewed)
    }
    if (typeof flushMs === 'number') collector.setFlushMs(flushMs)
    if (snapshot === true) options.onSnapshotWanted()
  }

  const nameOf = ({ sequence }: Parcel) => `${session}:${stream}:${sequence}`

  function keep(parcels: readonly Parcel[]): void {
    for (const parcel of parcels) kept.add(parcel)
    unsent.keep(parcels.map((parcel) => ({ name: nameOf(parcel), envelope: encode(parcel, true, false) })))
  }

  function forgetKept(parcel: Parcel): void {
    if (kept.delete(parcel)) unsent.forget([nameOf(parcel)])
  }

  /** What is under way may die with the page and goes once more: the server knows a repeat. */
  function leave(isFinal: boolean): void {
    collector.flush()
    const waiting = queue.list().filter((parcel) => !outliving.has(parcel))
    const tooMuch = waiting.filter((parcel) => {
      const answer = outlive(parcel, encode(parcel, false, isFinal && parcel === waiting.at(-1)))
      void answer?.then((given) => {
        // A page that came back. Whatever else was answered, the queue meets it again.
        if (given.status !== 200) return
        settle(parcel, given)
        queue.remove(parcel)
      })
      return !answer
    })
    if (tooMuch.length > 0) keep(tooMuch)
  }

  return {
    session,
    add: collector.add,
    renew(renewed) {
      token = renewed
      isTokenUntried = true
      queue.resume()
    },
    leave,
    finish() {
      isEnding = true
      collector.flush()
      collector.stop()
      if (queue.list().length === 0) options.onDrained()
    },
    stop() {
      collector.stop()
      queue.stop()
    },
  }
}

const DONE: SendOutcome = { status: 'done' }
