import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { AssetStore, WantedAsset } from '../store/assetStore.ts'
import type { FetchAsset } from './fetchAsset.ts'

/** Fetches at once: a site is visited by its visitors, not by us. */
const AT_ONCE = 2
/** Fetched between two looks at what else is due. */
const BATCH = 20
const POLL_MS = 30_000
const SWEEP_MS = 3600_000
/** Milliseconds in which erasures gather: a visitor's recordings go one by one. */
const GATHER_MS = 2000
/** A server that did not answer is asked again after these times, then no more. Milliseconds. */
const RETRY_AFTER_MS = [60_000, 1800_000]
/** The owner may turn the setting on again. */
const SETTING_OFF_MS = 24 * 3600_000

export interface AssetQueueDependencies {
  readonly assets: AssetStore
  readonly events: EventBus
  readonly fetchAsset: FetchAsset
  /** Origins of a site that keeps assets; nothing when it does not, or is gone. */
  readonly findOrigins: (siteId: number) => Promise<readonly string[] | undefined>
  readonly clock: Clock
  onError(failure: unknown): void
}

/**
 * Fetches what recordings show, a little at a time. The list of what is wanted is in the database: events only wake the
 * queue, and a restart loses nothing.
 */
export function startAssetQueue(dependencies: AssetQueueDependencies): { stop(): Promise<void> } {
  const { assets, events, fetchAsset, findOrigins, clock, onError } = dependencies
  const stopping = new AbortController()
  let isRunning = false
  let isRung = false
  let running = Promise.resolve()

  function wake(): void {
    isRung = true
    if (isRunning || stopping.signal.aborted) return
    isRunning = true
    running = work()
      .catch(onError)
      .finally(() => (isRunning = false))
  }

  async function work(): Promise<void> {
    while (isRung && !stopping.signal.aborted) {
      isRung = false
      const wanted = await assets.listWanted(BATCH)
      if (wanted.length === BATCH) isRung = true
      const waiting = [...wanted]
      const takeNext = async (): Promise<void> => {
        for (let next = waiting.shift(); next && !stopping.signal.aborted; next = waiting.shift())
          await tryToBring(next)
      }
      await Promise.all(Array.from({ length: AT_ONCE }, takeNext))
    }
  }

  /** One that cannot be kept (the disk, the site's key) must not be the first that is tried each time. */
  async function tryToBring(wanted: WantedAsset): Promise<void> {
    try {
      await bring(wanted)
    } catch (failure) {
      onError(failure)
      const wait = RETRY_AFTER_MS[wanted.attempts]
      await assets.refuse(wanted, 'not-kept', wait === undefined ? undefined : clock.now() + wait)
    }
  }

  async function bring(wanted: WantedAsset): Promise<void> {
    const origins = await findOrigins(wanted.siteId)
    if (!origins) return await assets.refuse(wanted, 'setting-off', clock.now() + SETTING_OFF_MS)
    const outcome = await fetchAsset(wanted.url, origins, stopping.signal)
    if (stopping.signal.aborted) return // it stays wanted
    if (outcome.ok) return await assets.keep(wanted, outcome.asset)
    const wait = outcome.reason === 'unreachable' ? RETRY_AFTER_MS[wanted.attempts] : undefined
    await assets.refuse(wanted, outcome.reason, wait === undefined ? undefined : clock.now() + wait)
  }

  let gathering: NodeJS.Timeout | undefined
  const sweep = () => {
    gathering = undefined
    assets.dropUnreferenced().catch(onError)
  }
  const sweepSoon = () => (gathering ??= setTimeout(sweep, GATHER_MS))
  const subscriptions = [events.subscribe('session.indexed', wake), events.subscribe('session.erased', sweepSoon)]
  const timers = [setInterval(wake, POLL_MS), setInterval(sweep, SWEEP_MS)]
  wake()

  return {
    async stop() {
      stopping.abort()
      for (const subscription of subscriptions) subscription.stop()
      for (const timer of timers) clearInterval(timer)
      clearTimeout(gathering)
      await running
    },
  }
}
