import { addEventListener, instrument, stopAll } from '@vasistas/browser-core'
import type { RecordingScope } from '../recordingScope.ts'
import type { Tracker } from './tracker.types.ts'

/** Tells of in-page route changes, at once: before the page shows anything of the new route. */
export function trackNavigation({ page, monitor, gate }: RecordingScope, onNavigation: (url: string) => void): Tracker {
  let last = gate.pageUrl()

  function look(): void {
    const url = gate.pageUrl()
    if (url === last) return
    last = url
    onNavigation(url)
  }

  return stopAll(
    instrument(monitor, page.History.prototype, 'pushState', look),
    instrument(monitor, page.History.prototype, 'replaceState', look),
    addEventListener(monitor, page, 'popstate', look),
    addEventListener(monitor, page, 'hashchange', look),
  )
}
