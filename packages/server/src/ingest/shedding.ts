import type { Clock } from '../clock.ts'
import type { SegmentLog } from '../store/segmentLog.ts'

/** What is refused while the machine runs short: new sessions first, then batches; erasing never. */
export interface Shedding {
  readonly refusesStarts: ShortOf | undefined
  readonly refusesBatches: ShortOf | undefined
  /** Bytes, as last looked at. */
  readonly freeBytes: number
  stop(): void
}

type ShortOf = 'disk-full' | 'overloaded'

interface Space {
  readonly freeBytes: number
  readonly totalBytes: number
}

const GiB = 1024 ** 3
const DISK_EVERY_MS = 5000
const LOOP_EVERY_MS = 500
const LOOP_SAMPLES = 10
/** Milliseconds by which half of the timers of the last five seconds were late. */
const LATE_FOR_STARTS = 100
const LATE_FOR_BATCHES = 300

/** Looks at disk and event loop until stopped; the first look at the disk is done when it resolves. */
export async function startShedding(segments: Pick<SegmentLog, 'space'>, clock: Clock): Promise<Shedding> {
  let space: Space = await segments.space()
  let isUnreadable = false
  const lateness: number[] = []
  let expected = clock.mono() + LOOP_EVERY_MS

  const looking = setInterval(() => {
    segments.space().then(
      (found) => {
        space = found
        isUnreadable = false
      },
      () => (isUnreadable = true),
    )
  }, DISK_EVERY_MS)
  const listening = setInterval(() => {
    lateness.push(Math.max(0, clock.mono() - expected))
    if (lateness.length > LOOP_SAMPLES) lateness.shift()
    expected = clock.mono() + LOOP_EVERY_MS
  }, LOOP_EVERY_MS)
  looking.unref()
  listening.unref()

  return {
    get refusesStarts() {
      if (isUnreadable || isBelow(space, 0.15, 4 * GiB)) return 'disk-full'
      return medianOf(lateness) > LATE_FOR_STARTS ? 'overloaded' : undefined
    },
    get refusesBatches() {
      if (isUnreadable || isBelow(space, 0.08, 2 * GiB)) return 'disk-full'
      return medianOf(lateness) > LATE_FOR_BATCHES ? 'overloaded' : undefined
    },
    get freeBytes() {
      return space.freeBytes
    },
    stop() {
      clearInterval(looking)
      clearInterval(listening)
    },
  }
}

/** Both marks must be passed: 15 % of a large disk are plenty, and 4 GiB are most of a small one. */
const isBelow = ({ freeBytes, totalBytes }: Space, share: number, bytes: number): boolean =>
  freeBytes < share * totalBytes && freeBytes < bytes

/** One long task delays one timer; an overloaded process delays all of them. */
function medianOf(samples: readonly number[]): number {
  if (samples.length < LOOP_SAMPLES) return 0
  return samples.toSorted((one, other) => one - other)[LOOP_SAMPLES / 2] ?? 0
}
