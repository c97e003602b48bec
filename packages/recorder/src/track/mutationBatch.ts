import type { Tracker } from './tracker.types.ts'
import type { RecordingScope } from '../recordingScope.ts'

/** The longest that a change waits for a moment in which the page has nothing to do. Milliseconds. */
const LONGEST_WAIT = 200
const WITHOUT_IDLE_CALLBACKS = 50
/** No longer at a time, even when the browser promises more: what follows a slice belongs to the same task. Milliseconds. */
const LONGEST_SLICE = 12

export interface MutationBatch extends Tracker {
  /** Work waits; it is done soon, when the page is idle. */
  schedule(): void
  cancel(): void
}

/** When a batch is due. `work` is told whether there is time left. */
export function createMutationBatch(
  { page, clock, monitor }: RecordingScope,
  work: (hasTime: () => boolean) => void,
): MutationBatch {
  let waiting: number | undefined
  const hasIdleCallbacks = typeof page.requestIdleCallback === 'function'

  const run = monitor.wrap(() => {
    waiting = undefined
    const startedAt = clock.mono()
    work(() => clock.mono() - startedAt < LONGEST_SLICE)
  })
  function cancel(): void {
    if (waiting === undefined) return
    if (hasIdleCallbacks) page.cancelIdleCallback(waiting)
    else page.clearTimeout(waiting)
    waiting = undefined
  }
  return {
    schedule() {
      waiting ??= hasIdleCallbacks
        ? page.requestIdleCallback(run, { timeout: LONGEST_WAIT })
        : page.setTimeout(run, WITHOUT_IDLE_CALLBACKS)
    },
    cancel,
    stop: cancel,
  }
}
