export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Median, smallest and largest; at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: quantileOf(sorted, 0.5), low: quantileOf(sorted, 0), high: quantileOf(sorted, 1) }
}

/** The value below which the share lies, from sorted values; between two neighbours it is their mean by distance. */
export function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) throw new Error('a quantile needs at least one value')
  return below + (above - below) * (place - Math.floor(place))
}
