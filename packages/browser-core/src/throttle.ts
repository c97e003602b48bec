import type { Clock } from './clock.ts'
import type { Stoppable } from './stopAll.ts'

export interface Throttled<Arguments extends unknown[]> extends Stoppable {
  call(...args: Arguments): void
  /** Runs what waits, now. */
  flush(): void
}

/** At once for the first call, then at most once an interval, the last arguments winning. */
export function throttle<Arguments extends unknown[]>(
  clock: Clock,
  intervalMs: number,
  action: (...args: Arguments) => void,
): Throttled<Arguments> {
  let waiting: Arguments | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastRun = -Infinity

  function run(args: Arguments): void {
    lastRun = clock.mono()
    action(...args)
  }
  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const args = waiting
    waiting = undefined
    if (args) run(args)
  }
  return {
    call(...args) {
      const wait = lastRun + intervalMs - clock.mono()
      if (wait <= 0 && timer === undefined) return run(args)
      waiting = args
      timer ??= setTimeout(flush, Math.max(0, wait))
    },
    flush,
    stop() {
      clearTimeout(timer)
      timer = undefined
      waiting = undefined
    },
  }
}
