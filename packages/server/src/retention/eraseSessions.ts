import { createHmac } from 'node:crypto'

import type { RecordingId, TimeStamp, VisitorId } from '@vasistas/wire/core'

import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { ErasableSession, ErasureScope } from '../store/erasureStore.ts'
import type { SharedStore } from '../store/openStore.ts'

/** The proof that something was erased; it does not say of whom. */
interface ErasureReceipt {
  readonly id: number
  readonly erased: number
  readonly at: TimeStamp
}

/** Each resolves when nothing of it can be read through the product any more, and its rows are gone. */
export interface Erasure {
  /** Undefined: there is no such recording. */
  eraseRecording(recording: RecordingId): Promise<ErasureReceipt | undefined>
  /** By the secret id in the visitor's own browser. */
  eraseVisitor(siteId: number, visitor: VisitorId): Promise<ErasureReceipt>
  /** All recordings of a site, its images, and the site itself. */
  eraseSite(siteId: number): Promise<ErasureReceipt>
  eraseStartedBefore(siteId: number, time: TimeStamp): Promise<ErasureReceipt>
  /** What is past its date; how many. */
  eraseExpired(): Promise<number>
  /** What a crash interrupted; how many. */
  finishInterrupted(): Promise<number>
}

const AT_ONCE = 500
const NO_ACCOUNT = 0

/**
 * Keys first: that is what makes it unreadable, at once and wherever copies of the frames lie. Rows next, verified by
 * reading back. A failure in between never gives a key back; the janitor finishes (storage.md §4.5).
 */
export function createErasure(store: SharedStore, events: EventBus, clock: Clock): Erasure {
  const { erasures, keys } = store
  const receiptKey = keys.derive('erasure receipt')

  async function erase(
    scope: ErasureScope,
    subject: string,
    sessions: readonly ErasableSession[],
  ): Promise<ErasureReceipt> {
    const ids = sessions.map(({ id }) => id)
    const siteId = sessions[0]?.siteId
    const site = siteId === undefined ? undefined : await store.sites.find(siteId)
    const subjectHash = createHmac('sha256', receiptKey).update(`${scope}:${subject}`).digest()
    const id = await erasures.begin({ accountId: site?.accountId ?? NO_ACCOUNT, scope, subjectHash }, ids)
    await keys.shred('session', ids)
    await erasures.noteShredded(id)
    tell(sessions)
    await erasures.deleteRows(ids)
    await erasures.noteCleaned(id, ids)
    // Whoever looked between the two sees the end now.
    tell(sessions)
    return { id, erased: sessions.length, at: clock.now() }
  }

  function tell(sessions: readonly ErasableSession[]): void {
    for (const { id, siteId, recording } of sessions) {
      events.publish('session.erased', { siteId, session: id, recording })
    }
  }

  /** As `erase`, for more sessions than one transaction should hold. */
  async function eraseAll(
    scope: ErasureScope,
    subject: string,
    next: () => Promise<readonly ErasableSession[]>,
  ): Promise<ErasureReceipt> {
    let receipt = await erase(scope, subject, await next())
    let erased = receipt.erased
    for (let more = await next(); more.length > 0; more = await next()) {
      receipt = await erase(scope, subject, more)
      erased += receipt.erased
    }
    return { ...receipt, erased }
  }

  return {
    async eraseRecording(recording) {
      const session = await erasures.findByRecording(recording)
      return session && erase('recording', recording, [session])
    },

    async eraseVisitor(siteId, visitor) {
      const sessions = await erasures.listOfVisitor(siteId, store.visitors.hash(siteId, visitor))
      // No receipt for nothing: anybody may ask, as often as he likes.
      if (sessions.length === 0) return { id: 0, erased: 0, at: clock.now() }
      return erase('visitor', `${siteId}:${visitor}`, sessions)
    },

    async eraseSite(siteId) {
      await erasures.deleteSite(siteId) // no new session from here on
      await keys.shred('site', [siteId])
      return eraseAll('site', String(siteId), () => erasures.listOfSite(siteId, AT_ONCE))
    },

    eraseStartedBefore: (siteId, time) =>
      eraseAll('site', `${siteId}:${time}`, () => erasures.listStartedBefore(siteId, time, AT_ONCE)),

    async eraseExpired() {
      const expired = await erasures.listExpired(clock.now(), AT_ONCE)
      if (expired.length > 0) await erase('expired', '', expired)
      return expired.length
    },

    async finishInterrupted() {
      const left = await erasures.listUnfinished(AT_ONCE)
      const ids = left.map(({ id }) => id)
      if (ids.length === 0) return 0
      await keys.shred('session', ids)
      await erasures.deleteRows(ids)
      tell(left)
      return ids.length
    },
  }
}
