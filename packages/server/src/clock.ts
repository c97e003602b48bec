import { timeStamp, type TimeStamp } from '@vasistas/wire/core'

export interface Clock {
  now(): TimeStamp
  /** Milliseconds that only go forward: for durations and deadlines. */
  mono(): number
}

/** The one reader of the machine's clocks; everybody else takes a `Clock`. */
export const createClock = (): Clock => ({
  now: () => timeStamp(Date.now()),
  mono: () => performance.now(),
})
