import type { MeasuredRecorder } from './measured.types.ts'

/** The floor: what the browser asks of anybody who watches a page change at all. */
export const recorder: MeasuredRecorder = {
  start(onFullSnapshot) {
    let records = 0
    const observer = new MutationObserver((list) => {
      records += list.length
    })
    observer.observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeOldValue: true,
      characterDataOldValue: true,
    })
    onFullSnapshot()
    return { stop: () => observer.disconnect() }
  },
}
