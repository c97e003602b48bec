/** Whatever starts returns this; stopping twice is harmless. */
export interface Stoppable {
  stop(): void
}

/** One handle for many; stops in reverse order of starting. */
export function stopAll(...parts: readonly Stoppable[]): Stoppable {
  return {
    stop() {
      for (const part of [...parts].reverse()) part.stop()
    },
  }
}
