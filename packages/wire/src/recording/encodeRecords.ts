import type { ReplayRecord } from './record.ts'
import { EVENT, INTERACTION, MEDIA, SOURCE, type RrwebEvent } from './rrwebEvent.ts'

/** The payload of a batch before compression: a JSON list of rrweb events. */
export function encodeRecords(records: readonly ReplayRecord[]): string {
  return '[' + records.map(encodeRecord).join(',') + ']'
}

/** One record as the text of one rrweb event; a batch joins them with commas inside brackets. */
export function encodeRecord(record: ReplayRecord): string {
  return JSON.stringify(toRrwebEvent(record))
}

export function toRrwebEvent(record: ReplayRecord): RrwebEvent {
  const { at } = record
  const incremental = (source: number, data: object): RrwebEvent => ({
    type: EVENT.incremental,
    data: { source, ...data },
    timestamp: at,
  })
  const custom = (tag: string, payload: object): RrwebEvent => ({
    type: EVENT.custom,
    data: { tag, payload },
    timestamp: at,
  })
  switch (record.type) {
    case 'page':
      return {
        type: EVENT.meta,
        data: { href: record.url, width: record.width, height: record.height },
        timestamp: at,
      }
    case 'snapshot':
      return {
        type: EVENT.fullSnapshot,
        data: { node: record.node, initialOffset: { left: record.left, top: record.top } },
        timestamp: at,
      }
    case 'mutation':
      return incremental(SOURCE.mutation, {
        texts: record.texts,
        attributes: record.attributes,
        removes: record.removes,
        adds: record.adds,
        ...(record.isAttachIframe && { isAttachIframe: true }),
      })
    case 'pointer-move':
      return incremental(record.pointer === 'touch' ? SOURCE.touchMove : SOURCE.mouseMove, {
        positions: record.positions.map(({ x, y, node, offset }) => ({ x, y, id: node, timeOffset: offset })),
      })
    case 'pointer-action':
      return incremental(SOURCE.mouseInteraction, {
        type: INTERACTION[record.action],
        id: record.node,
        x: record.x,
        y: record.y,
      })
    case 'scroll':
      return incremental(SOURCE.scroll, { id: record.node, x: record.left, y: record.top })
    case 'viewport':
      return incremental(SOURCE.viewportResize, { width: record.width, height: record.height })
    case 'input':
      return incremental(SOURCE.input, { id: record.node, text: record.text, isChecked: record.checked })
    case 'focus':
      return incremental(SOURCE.mouseInteraction, {
        type: record.focused ? INTERACTION.focus : INTERACTION.blur,
        id: record.node,
      })
    case 'media':
      return incremental(SOURCE.mediaInteraction, {
        type: MEDIA[record.action],
        id: record.node,
        currentTime: record.currentTime,
        volume: record.volume,
        muted: record.muted,
        loop: record.loop,
        playbackRate: record.playbackRate,
      })
    case 'style-sheet':
      return incremental(SOURCE.styleSheetRule, {
        ...(record.node !== undefined && { id: record.node }),
        ...(record.styleId !== undefined && { styleId: record.styleId }),
        ...(record.adds && { adds: record.adds }),
        ...(record.removes && { removes: record.removes }),
        ...(record.replace !== undefined && { replaceSync: record.replace }),
      })
    case 'adopted-sheets':
      return incremental(SOURCE.adoptedStyleSheet, {
        id: record.node,
        styleIds: record.styleIds,
        ...(record.styles && { styles: record.styles }),
      })
    case 'visibility':
      return custom(CUSTOM_TAGS.visibility, { visible: record.visible })
    case 'navigation':
      return custom(CUSTOM_TAGS.navigation, { href: record.url })
    case 'error':
      return custom(CUSTOM_TAGS.error, { name: record.name, message: record.message })
    case 'custom':
      return custom(CUSTOM_TAGS.custom, { name: record.name, props: record.props })
    case 'gap':
      return custom(CUSTOM_TAGS.gap, { reason: record.reason })
  }
}

/** Tags of rrweb's custom events that Vasistas writes; permanent. */
export const CUSTOM_TAGS = {
  visibility: 'vasistas.visibility',
  navigation: 'vasistas.navigation',
  error: 'vasistas.error',
  custom: 'vasistas.event',
  gap: 'vasistas.gap',
} as const

