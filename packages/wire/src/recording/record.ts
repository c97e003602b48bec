import type { NodeId } from '../core/ids.ts'
import type { TimeStamp } from '../core/time.ts'
import type { AttributeValue, SerializedDocument, SerializedNode } from './rrwebEvent.ts'

interface At {
  readonly at: TimeStamp
}

/** A document begins to be recorded, or an in-page route change ends one page view and begins another. */
export interface PageRecord extends At {
  readonly type: 'page'
  readonly url: string
  readonly width: number
  readonly height: number
}
/** A whole document. */
export interface SnapshotRecord extends At {
  readonly type: 'snapshot'
  readonly node: SerializedDocument
  readonly left: number
  readonly top: number
}
export interface AddedNode {
  readonly parentId: NodeId
  /** The sibling after which nothing is unknown: rrweb inserts before `nextId`, or last when null. */
  readonly nextId: NodeId | null
  readonly node: SerializedNode
}
export interface RemovedNode {
  readonly parentId: NodeId
  readonly id: NodeId
  readonly isShadow?: true
}
export interface ChangedText {
  readonly id: NodeId
  readonly value: string
}
export interface ChangedAttributes {
  readonly id: NodeId
  /** null: the attribute is gone. */
  readonly attributes: { readonly [name: string]: AttributeValue }
}
/** Nodes added, moved, removed; attributes; text. Removals apply first, then additions, then text and attributes. */
export interface MutationRecord extends At {
  readonly type: 'mutation'
  readonly adds: readonly AddedNode[]
  readonly removes: readonly RemovedNode[]
  readonly texts: readonly ChangedText[]
  readonly attributes: readonly ChangedAttributes[]
  /** The document of a frame that finished loading: `adds` holds that document under its iframe. */
  readonly isAttachIframe?: true
}
export interface PointerPosition {
  readonly x: number
  readonly y: number
  readonly node: NodeId
  /** Milliseconds relative to the record's `at`: never positive. */
  readonly offset: number
}
export interface PointerMoveRecord extends At {
  readonly type: 'pointer-move'
  readonly pointer: 'mouse' | 'touch'
  readonly positions: readonly PointerPosition[]
}
export type PointerAction =
  'mouseUp' | 'mouseDown' | 'click' | 'contextMenu' | 'doubleClick' | 'touchStart' | 'touchEnd' | 'touchCancel'
export interface PointerActionRecord extends At {
  readonly type: 'pointer-action'
  readonly action: PointerAction
  readonly node: NodeId
  readonly x: number
  readonly y: number
}
export interface ScrollRecord extends At {
  readonly type: 'scroll'
  readonly node: NodeId
  readonly left: number
  readonly top: number
}
export interface ViewportRecord extends At {
  readonly type: 'viewport'
  readonly width: number
  readonly height: number
}
/** A field's value after the gate: the mask, or what the site's settings allow. */
export interface InputRecord extends At {
  readonly type: 'input'
  readonly node: NodeId
  readonly text: string
  readonly checked: boolean
}
export interface FocusRecord extends At {
  readonly type: 'focus'
  readonly node: NodeId
  readonly focused: boolean
}
export interface VisibilityRecord extends At {
  readonly type: 'visibility'
  readonly visible: boolean
}
export interface MediaRecord extends At {
  readonly type: 'media'
  readonly action: 'play' | 'pause' | 'seeked' | 'volumeChange' | 'rateChange'
  readonly node: NodeId
  readonly currentTime: number
  readonly volume: number
  readonly muted: boolean
  readonly loop: boolean
  readonly playbackRate: number
}
/** Rules added to or removed from one sheet: the sheet of a node, or an adopted one. */
export interface StyleSheetRecord extends At {
  readonly type: 'style-sheet'
  readonly node?: NodeId
  readonly styleId?: number
  readonly adds?: readonly { readonly rule: string; readonly index: number | readonly number[] }[]
  readonly removes?: readonly { readonly index: number | readonly number[] }[]
  readonly replace?: string
}
/** Which constructed sheets a document or shadow root uses; `styles` holds those not sent before. */
export interface AdoptedSheetsRecord extends At {
  readonly type: 'adopted-sheets'
  /** The document, or the host of the shadow root. */
  readonly node: NodeId
  readonly styleIds: readonly number[]
  readonly styles?: readonly {
    readonly styleId: number
    readonly rules: readonly { readonly rule: string; readonly index: number }[]
  }[]
}
/** An in-page route change. */
export interface NavigationRecord extends At {
  readonly type: 'navigation'
  readonly url: string
}
/** An uncaught error: where and what kind; the message only after pattern redaction. */
export interface ErrorRecord extends At {
  readonly type: 'error'
  readonly name: string
  readonly message: string
}
/** What the site's own code tells: `vasistas('event', name, props)`. */
export interface CustomRecord extends At {
  readonly type: 'custom'
  readonly name: string
  readonly props: { readonly [name: string]: string | number | boolean }
}
/** Records were lost here (memory bound, pause); a full snapshot follows. */
export interface GapRecord extends At {
  readonly type: 'gap'
  readonly reason: 'queue-full' | 'too-large' | 'excluded-page'
}

export type ReplayRecord =
  | PageRecord
  | SnapshotRecord
  | MutationRecord
  | PointerMoveRecord
  | PointerActionRecord
  | ScrollRecord
  | ViewportRecord
  | InputRecord
  | FocusRecord
  | VisibilityRecord
  | MediaRecord
  | StyleSheetRecord
  | AdoptedSheetsRecord
  | NavigationRecord
  | ErrorRecord
  | CustomRecord
  | GapRecord
