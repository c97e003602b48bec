/**
 * rrweb 2's shapes and permanent numbers, spelled here and nowhere else (style.md, "Words in memory, permanent numbers on
 * the wire"). Types only for what Vasistas writes; an imported recording may carry more, which decoding drops by name.
 */
export const EVENT = { domContentLoaded: 0, load: 1, fullSnapshot: 2, incremental: 3, meta: 4, custom: 5 } as const

export const SOURCE = {
  mutation: 0,
  mouseMove: 1,
  mouseInteraction: 2,
  scroll: 3,
  viewportResize: 4,
  input: 5,
  touchMove: 6,
  mediaInteraction: 7,
  styleSheetRule: 8,
  styleDeclaration: 13,
  adoptedStyleSheet: 15,
} as const

export const NODE = { document: 0, doctype: 1, element: 2, text: 3, cdata: 4, comment: 5 } as const

export const INTERACTION = {
  mouseUp: 0,
  mouseDown: 1,
  click: 2,
  contextMenu: 3,
  doubleClick: 4,
  focus: 5,
  blur: 6,
  touchStart: 7,
  touchEnd: 9,
  touchCancel: 10,
} as const

export const MEDIA = { play: 0, pause: 1, seeked: 2, volumeChange: 3, rateChange: 4 } as const

export type AttributeValue = string | number | true | null

export interface SerializedDocument {
  readonly type: typeof NODE.document
  readonly id: number
  readonly childNodes: SerializedNode[]
  readonly compatMode?: string
  readonly rootId?: number
}
export interface SerializedDoctype {
  readonly type: typeof NODE.doctype
  readonly id: number
  readonly name: string
  readonly publicId: string
  readonly systemId: string
  readonly rootId?: number
}
export interface SerializedElement {
  readonly type: typeof NODE.element
  readonly id: number
  readonly tagName: string
  readonly attributes: { [name: string]: AttributeValue }
  readonly childNodes: SerializedNode[]
  readonly isSVG?: true
  readonly isCustom?: true
  /** A blocked element: nothing but its size (`rr_width`, `rr_height` in attributes). */
  readonly needBlock?: boolean
  readonly isShadowHost?: true
  readonly isShadow?: true
  readonly rootId?: number
}
export interface SerializedText {
  readonly type: typeof NODE.text
  readonly id: number
  readonly textContent: string
  readonly isStyle?: true
  readonly isShadow?: true
  readonly rootId?: number
}
export interface SerializedComment {
  readonly type: typeof NODE.comment
  readonly id: number
  readonly textContent: string
  readonly isShadow?: true
  readonly rootId?: number
}
export type SerializedNode =
  SerializedDocument | SerializedDoctype | SerializedElement | SerializedText | SerializedComment

/** One event as it travels and as every rrweb tool reads it. */
export interface RrwebEvent {
  readonly type: number
  readonly timestamp: number
  readonly data: unknown
}
