import type { Duration, NodeId } from '@vasistas/wire/core'
import type { PlacedRecord, PlacedRecordOf } from './moment.types.ts'

/** A thing worth jumping to; in order they tell what happened. Labels are what was recorded, in no language of ours. */
export interface Marker {
  /** From the start of the recording. */
  readonly at: Duration
  readonly type: 'page' | 'click' | 'rage-click' | 'input' | 'error' | 'gap' | 'event' | 'visibility'
  /**
   * `page`: path · `click`, `rage-click`: the element's words or name · `input`: the field's kind · `error`: name and
   * message · `gap`: why · `event`: its name · `visibility`: `visible` or `hidden`.
   */
  readonly label: string
}

export interface MarkerTrack {
  add(record: PlacedRecord, describe: (node: NodeId) => ElementWords): void
  gap(at: Duration, reason: string): void
  list(): readonly Marker[]
}

/** What an element says of itself in the replay. */
export interface ElementWords {
  readonly name: string
  readonly text: string
}

const LONGEST_LABEL = 80
/** Typing into the same field again within this time is the same entry. */
const SAME_ENTRY = 10_000
const RAGE = { clicks: 3, withinMs: 1000, withinPixels: 30 }

export function createMarkerTrack(): MarkerTrack {
  const markers: Marker[] = []
  let clicks: { readonly at: Duration; readonly x: number; readonly y: number }[] = []
  let rage = -1
  let entry: { node: NodeId; at: Duration } | undefined
  let lastUrl: string | undefined

  function page(at: Duration, url: string): void {
    if (url === lastUrl) return
    lastUrl = url
    push(at, 'page', pathOf(url))
  }

  function click(record: PlacedRecordOf<'pointer-action'>, label: string): void {
    const { at, x, y } = record
    clicks = clicks.filter(
      (before) => at - before.at <= RAGE.withinMs && Math.hypot(before.x - x, before.y - y) <= RAGE.withinPixels,
    )
    clicks.push({ at, x, y })
    if (clicks.length < RAGE.clicks) {
      rage = -1
      push(at, 'click', label)
      return
    }
    // The clicks that make it up become one marker, at the first of them.
    if (rage >= 0) return
    const first = markers.length - (clicks.length - 1)
    const own = markers.slice(first)
    if (first >= 0 && own.every(({ type }) => type === 'click')) markers.splice(first)
    push(clicks[0]?.at ?? at, 'rage-click', label)
    rage = markers.length - 1
  }

  function input(record: PlacedRecordOf<'input'>, label: string): void {
    if (entry?.node !== record.node || record.at - entry.at > SAME_ENTRY) push(record.at, 'input', label)
    entry = { node: record.node, at: record.at }
  }

  function push(at: Duration, type: Marker['type'], label: string): void {
    markers.push({ at, type, label: label.replace(/\s+/g, ' ').trim().slice(0, LONGEST_LABEL) })
  }

  return {
    add(record, describe) {
      switch (record.type) {
        case 'page':
        case 'navigation':
          return page(record.at, record.url)
        case 'pointer-action': {
          if (record.action !== 'click') return
          const { text, name } = describe(record.node)
          return click(record, text || name)
        }
        case 'input':
          return input(record, describe(record.node).name)
        case 'error':
          return push(record.at, 'error', record.message ? `${record.name}: ${record.message}` : record.name)
        case 'custom':
          return push(record.at, 'event', record.name)
        case 'gap':
          return push(record.at, 'gap', record.reason)
        case 'visibility':
          return push(record.at, 'visibility', record.visible ? 'visible' : 'hidden')
        default:
          return
      }
    },
    gap: (at, reason) => push(at, 'gap', reason),
    list: () => markers,
  }
}

/** Path of an address as recorded; the address itself when it has none. */
function pathOf(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\/[^/?#]*([/?#].*)?$/i.exec(url)?.[1] ?? url
}
