import { addEventListener } from './addEventListener.ts'
import type { Monitor } from './monitor.ts'
import { stopAll, type Stoppable } from './stopAll.ts'

/** `hidden`: it may come back, but on a phone nothing else may ever be heard of it. `gone`: the last moment. */
export type PageExit = 'hidden' | 'gone'

/** The last moments of a page, in one event. Not `unload`: it would keep the page out of the back-forward cache. */
export function onPageExit(page: Window, monitor: Monitor, handler: (exit: PageExit) => void): Stoppable {
  return stopAll(
    addEventListener(monitor, page.document, 'visibilitychange', () => {
      if (page.document.visibilityState === 'hidden') handler('hidden')
    }),
    addEventListener(monitor, page, 'pagehide', () => handler('gone')),
  )
}
