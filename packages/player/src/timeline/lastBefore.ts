/** Index of the last item that is not after the time; -1: all are. Items ascend. */
export function lastBefore<Item>(items: readonly Item[], time: number, timeOf: (item: Item) => number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (timeOf(items[middle] as Item) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}
