import type { Monitor } from './monitor.ts'
import type { Stoppable } from './stopAll.ts'

/** A listener whose failures stay with the monitor. */
export function addEventListener<Received extends Event>(
  monitor: Monitor,
  target: EventTarget,
  type: string,
  listener: (event: Received) => void,
  options: AddEventListenerOptions = {},
): Stoppable {
  const monitored = monitor.wrap(listener as (event: Event) => void)
  target.addEventListener(type, monitored, options)
  return { stop: () => target.removeEventListener(type, monitored, options) }
}
