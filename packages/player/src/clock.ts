export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  mono(): number
}

export function createClock(): Clock {
  return { mono: () => performance.now() }
}
