import type { Clock, Monitor, Structure } from '@vasistas/browser-core'
import type { ContentGate } from './contentGate.ts'
import type { ItemIds } from './itemIds.ts'
import type { NodePrivacy } from './nodePrivacy.ts'
import type { RecordedNodes } from './recordedNodes.ts'

/** A window and the constructors in it: a frame has its own. */
export type Realm = Window & typeof globalThis

/** All state of one recording; a new recording is a new scope. */
export interface RecordingScope {
  readonly page: Realm
  readonly clock: Clock
  readonly monitor: Monitor
  readonly structure: Structure
  readonly privacy: NodePrivacy
  readonly gate: ContentGate
  readonly nodes: RecordedNodes
  readonly sheetIds: ItemIds<CSSStyleSheet>
}
