import type { ReplayRecord } from './record.ts'
import { EVENT, INTERACTION, MEDIA, SOURCE, type RrwebEvent } from './rrwebEvent.ts'

/** Tags of rrweb's custom events that Vasistas writes; permanent. */
export const CUSTOM_TAGS = {
  visibility: 'vasistas.visibility',
  navigation: 'vasistas.navigation',
  error: 'vasistas.error',
  custom: 'vasistas.event',
  gap: 'vasistas.gap',
} as const

/** Our words to rrweb's, where they differ. */
const NAMES: Readonly<Record<string, string>> = {
  node: 'id',
  left: 'x',
  top: 'y',
  url: 'href',
  offset: 'timeOffset',
  checked: 'isChecked',
  replace: 'replaceSync',
}

const SOURCES: Readonly<Record<string, number>> = {
  mutation: SOURCE.mutation,
  'pointer-move': SOURCE.mouseMove,
  'pointer-action': SOURCE.mouseInteraction,
  focus: SOURCE.mouseInteraction,
  scroll: SOURCE.scroll,
  viewport: SOURCE.viewportResize,
  input: SOURCE.input,
  media: SOURCE.mediaInteraction,
  'style-sheet': SOURCE.styleSheetRule,
  'adopted-sheets': SOURCE.adoptedStyleSheet,
}

/** The payload of a batch before compression: a JSON list of rrweb events. */
export function encodeRecords(records: readonly ReplayRecord[]): string {
  return '[' + records.map(encodeRecord).join(',') + ']'
}

/** One record as the text of one rrweb event; a batch joins them with commas inside brackets. */
export function encodeRecord(record: ReplayRecord): string {
  return JSON.stringify(toRrwebEvent(record))
}

export function toRrwebEvent(record: ReplayRecord): RrwebEvent {
  const { type, at, ...rest } = record
  const data = rename(rest)
  switch (record.type) {
    case 'page':
      return event(EVENT.meta, at, data)
    case 'snapshot': {
      const { node, left, top } = record
      return event(EVENT.fullSnapshot, at, { node, initialOffset: { left, top } })
    }
    case 'pointer-move': {
      const source = record.pointer === 'touch' ? SOURCE.touchMove : SOURCE.mouseMove
      return incremental(at, { source, positions: record.positions.map(rename) })
    }
    case 'pointer-action': {
      const { action, node: id, x, y } = record
      return incremental(at, { source: SOURCES[type], type: INTERACTION[action], id, x, y })
    }
    case 'focus':
      return incremental(at, {
        source: SOURCES[type],
        type: INTERACTION[record.focused ? 'focus' : 'blur'],
        id: record.node,
      })
    case 'media':
      return incremental(at, { source: SOURCES[type], type: MEDIA[record.action], ...data, action: undefined })
    case 'visibility':
    case 'navigation':
    case 'error':
    case 'custom':
    case 'gap':
      return event(EVENT.custom, at, { tag: CUSTOM_TAGS[record.type], payload: data })
    default:
      return incremental(at, { source: SOURCES[type], ...data })
  }
}

const event = (type: number, timestamp: number, data: object): RrwebEvent => ({ type, data, timestamp })

const incremental = (timestamp: number, data: object): RrwebEvent => event(EVENT.incremental, timestamp, data)

function rename(data: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [NAMES[name] ?? name, value]))
}
