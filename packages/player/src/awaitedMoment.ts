import type { Duration } from '@vasistas/wire/core'

/** A moment that was asked for and is not loaded yet; asking for another gives the first one up. */
export interface AwaitedMoment {
  readonly at: Duration | undefined
  wait(at: Duration): Promise<void>
  /** It is shown, or given up. */
  settle(): void
}

export function createAwaitedMoment(): AwaitedMoment {
  let awaited: { readonly at: Duration; resolve(): void } | undefined

  function settle(): void {
    awaited?.resolve()
    awaited = undefined
  }

  return {
    get at() {
      return awaited?.at
    },
    wait(at) {
      settle()
      return new Promise((resolve) => (awaited = { at, resolve }))
    },
    settle,
  }
}
