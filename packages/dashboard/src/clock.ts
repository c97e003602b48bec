import { timeStamp, type TimeStamp } from '@vasistas/wire/core'

/** The one reader of the wall clock in the dashboard. */
export const now = (): TimeStamp => timeStamp(Date.now())
