import { milliseconds, type Duration } from '@vasistas/wire/core'

/** Calls once per drawn frame, with the time since the one before. A hidden tab draws none. */
export interface FrameLoop {
  start(): void
  stop(): void
  /** The next call counts no time: the position was changed by hand. */
  restart(): void
}

export function createFrameLoop(onFrame: (elapsed: Duration) => void): FrameLoop {
  let request: number | undefined
  let last: number | undefined

  function draw(now: number): void {
    request = requestAnimationFrame(draw)
    const elapsed = last === undefined ? 0 : now - last
    last = now
    onFrame(milliseconds(elapsed))
  }

  return {
    start() {
      request ??= requestAnimationFrame(draw)
    },
    stop() {
      if (request !== undefined) cancelAnimationFrame(request)
      request = last = undefined
    },
    restart() {
      last = undefined
    },
  }
}
