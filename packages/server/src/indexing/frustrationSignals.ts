import type { PointerActionRecord } from '@vasistas/wire/recording'

const CLICKS = 3
const WITHIN_MS = 1000
const WITHIN_PIXELS = 30

/**
 * When somebody lost patience: three clicks within a second in the same place. One burst is one signal, however long it
 * goes on; its time is that of the third click. Bursts across the border of two batches are not seen.
 */
export function findRageClicks(clicks: readonly PointerActionRecord[]): readonly number[] {
  const found: number[] = []
  let burst: PointerActionRecord[] = []
  for (const click of clicks) {
    const last = burst.at(-1)
    burst = last && continues(last, click) ? [...burst, click] : [click]
    const [first] = burst.slice(-CLICKS)
    if (burst.length === CLICKS && first && click.at - first.at <= WITHIN_MS) found.push(click.at)
  }
  return found
}

function continues(last: PointerActionRecord, next: PointerActionRecord): boolean {
  const distance = Math.hypot(next.x - last.x, next.y - last.y)
  return next.at - last.at <= WITHIN_MS / 2 && distance <= WITHIN_PIXELS
}
