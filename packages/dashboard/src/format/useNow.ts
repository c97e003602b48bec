import { useInterval } from '@mantine/hooks'
import type { TimeStamp } from '@vasistas/wire/core'
import { useState } from 'react'
import { now } from '../clock.ts'

/** The time, followed often enough for words like "5 minutes ago". */
export function useNow(everyMs = 20_000): TimeStamp {
  const [time, setTime] = useState(now)
  useInterval(() => setTime(now()), everyMs, { autoInvoke: true })
  return time
}
