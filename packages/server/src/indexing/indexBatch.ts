import type { ClaimedBatch, IndexOutcome } from '../store/indexingStore.ts'
import type { SharedStore } from '../store/openStore.ts'
import type { IndexWorkers } from './indexWorkers.ts'

const ATTEMPTS = 3
/** Of anything, also of what fails beside the batch (a row that cannot be written, a process that ends): it goes to the back. */
const MOST_ATTEMPTS = 10
/** From this many poisoned batches on nothing more of a session is opened: it costs others their turn. */
const MUTED_FROM = 20

/**
 * One stored batch to its outcome. What fails because of the batch is final; what may have been chance is tried again. Never
 * rejects: a key or frame that cannot be read must not hold up the others.
 */
export function createBatchIndexer(store: SharedStore, workers: IndexWorkers, reportFailure: (error: unknown) => void) {
  return async function indexBatch(batch: ClaimedBatch): Promise<IndexOutcome> {
    if (batch.attempts > MOST_ATTEMPTS) return poisoned('KEEPS_FAILING')
    try {
      return await open(batch)
    } catch (error) {
      reportFailure(error)
      return { status: 'retry', afterMs: 1000 * 2 ** batch.attempts }
    }
  }

  async function open(batch: ClaimedBatch): Promise<IndexOutcome> {
    if ((await store.indexing.countPoisoned(batch.sessionId)) >= MUTED_FROM) return poisoned('SESSION_MUTED')
    const [lookup, site, [frame]] = await Promise.all([
      store.keys.find('session', batch.sessionId),
      store.sites.find(batch.siteId),
      store.frames.read([batch.placement]),
    ])
    if (lookup.status !== 'found') return poisoned(lookup.status === 'shredded' ? 'SESSION_ERASED' : 'KEY_UNKNOWN')
    if (!site) return poisoned('SITE_GONE')
    if (!frame) return tryAgain(batch, 'FRAME_MISSING')
    const outcome = await workers.run({
      batch: { sessionId: batch.sessionId, stream: batch.stream, sequence: batch.sequence, siteId: batch.siteId },
      frame,
      key: lookup.key,
      flags: batch.flags,
      policy: site.settings,
    })
    if (outcome === 'died') return tryAgain(batch, 'WORKER_DIED')
    return outcome === 'late' ? tryAgain(batch, 'TOOK_TOO_LONG') : outcome
  }
}

const poisoned = (reason: string): IndexOutcome => ({ status: 'poisoned', reason })

function tryAgain({ attempts }: ClaimedBatch, reason: string): IndexOutcome {
  return attempts >= ATTEMPTS ? poisoned(reason) : { status: 'retry', afterMs: 1000 * 2 ** attempts }
}
