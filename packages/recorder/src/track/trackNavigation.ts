import { addEventListener, instrument, stopAll } from '@vasistas/browser-core'
import type { RecordingScope } from '../recordingScope.ts'
import type { Tracker } from './tracker.types.ts'

export interface NavigationTracker extends Tracker {
  /** Looks now: a router may have taken the browser's functions before we came. */
  look(): void
}

/** Tells of in-page route changes, at once: before the page shows anything of the new route. */
export function trackNavigation(
  { page, monitor, gate }: RecordingScope,
  onNavigation: (url: string) => void,
): NavigationTracker {
  let last = gate.pageUrl()
  let wasExcluded = gate.isExcludedPage()
  gate.takeNewAddress()

  function look(): void {
    if (!gate.takeNewAddress()) return
    const url = gate.pageUrl()
    const isExcluded = gate.isExcludedPage()
    if (url === last && isExcluded === wasExcluded) return
    last = url
    wasExcluded = isExcluded
    onNavigation(url)
  }

  const { navigation = page } = page as { readonly navigation?: EventTarget }
  const listening = stopAll(
    addEventListener(monitor, navigation, 'currententrychange', look),
    instrument(monitor, page.History.prototype, 'pushState', look),
    instrument(monitor, page.History.prototype, 'replaceState', look),
    addEventListener(monitor, page, 'popstate', look),
    addEventListener(monitor, page, 'hashchange', look),
  )
  return { look, stop: listening.stop }
}
