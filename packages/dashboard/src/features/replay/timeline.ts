import type { Marker } from '@vasistas/player'
import type { Duration } from '@vasistas/wire/core'

export interface Tick {
  /** Percent of the timeline's width. */
  readonly left: number
  readonly type: Marker['type']
  readonly count: number
}

/** What is shown where several things happened at the same place: the first of these. */
const WEIGHT: readonly Marker['type'][] = [
  'error',
  'rage-click',
  'gap',
  'page',
  'event',
  'input',
  'click',
  'visibility',
]

/** Ticks for a timeline of `places` places: a busy hour must not become thousands of elements. */
export function timelineTicks(markers: readonly Marker[], durationMs: Duration, places = 300): readonly Tick[] {
  if (durationMs <= 0) return []
  const ticks = new Map<number, Tick>()
  for (const { at, type } of markers) {
    const place = Math.min(places - 1, Math.max(0, Math.floor((at / durationMs) * places)))
    const tick = ticks.get(place)
    const weightiest = tick && WEIGHT.indexOf(tick.type) < WEIGHT.indexOf(type) ? tick.type : type
    ticks.set(place, { left: percent(at, durationMs), type: weightiest, count: (tick?.count ?? 0) + 1 })
  }
  return [...ticks.values()]
}

/** Between 0 and 100. */
export function percent(at: Duration, durationMs: Duration): number {
  return durationMs > 0 ? Math.min(100, Math.max(0, (at / durationMs) * 100)) : 0
}

/** The last marker at or before a moment; -1 before the first. Markers are in order. */
export function currentMarker(markers: readonly Marker[], at: Duration): number {
  let low = 0
  let high = markers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((markers[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Milliseconds: going back from a marker that was just reached leads to the one before it. */
const JUST_REACHED_MS = 800

/** Where "previous" and "next" lead from a moment; nothing beyond the last. */
export function neighbourMarker(markers: readonly Marker[], at: Duration, direction: 1 | -1): Marker | undefined {
  if (direction === 1) return markers.find((marker) => marker.at > at + 50)
  return markers.findLast((marker) => marker.at < at - JUST_REACHED_MS) ?? markers[0]
}
