import type { LiveEvent } from '@vasistas/wire/api'
import type { EventBus } from '../events/eventBus.ts'
import type { SiteStore } from '../store/siteStore.ts'

/** The server's events as hints for dashboards, each with the account whose site it is about. */
export function subscribeHints(
  events: EventBus,
  sites: SiteStore,
  listener: (accountId: number, event: LiveEvent) => void,
): { stop(): void } {
  const tell = (event: LiveEvent): void => {
    sites.find(event.siteId).then(
      (site) => site && listener(site.accountId, event),
      () => undefined, // a hint that is lost is found by the next look at the list
    )
  }
  const subscriptions = [
    events.subscribe('session.indexed', ({ siteId, recording }) =>
      tell({ type: 'recording.updated', siteId, recording }),
    ),
    events.subscribe('session.erased', ({ siteId, recording }) =>
      tell({ type: 'recording.erased', siteId, recording }),
    ),
    events.subscribe('site.heard', ({ siteId, at, origin }) => tell({ type: 'site.heard', siteId, at, origin })),
  ]
  return { stop: () => subscriptions.forEach((subscription) => subscription.stop()) }
}
