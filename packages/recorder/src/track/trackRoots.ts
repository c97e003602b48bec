import { addEventListener, instrument, isElement, stopAll, type Stoppable } from '@vasistas/browser-core'
import type { Realm, RecordingScope } from '../recordingScope.ts'
import { trackFocus } from './trackFocus.ts'
import type { InputTracker } from './trackInput.ts'
import { trackMedia } from './trackMedia.ts'
import { trackPointer } from './trackPointer.ts'
import { trackScroll } from './trackScroll.ts'
import type { StyleSheetTracker } from './trackStyleSheet.ts'
import type { TreeTracker } from './trackTree.ts'
import type { FlushingTracker } from './tracker.types.ts'

type Root = Document | ShadowRoot

export interface RootsTracker extends FlushingTracker {
  /** A document or an open shadow root came into the replay. */
  follow(root: Root): void
  followFrame(frame: Element): void
  list(): Iterable<Root>
  /** Lets go of roots that left the page. */
  sweep(): void
}

interface Followed {
  readonly parts: readonly (Stoppable & { flush?(): void })[]
  readonly frame: Element | undefined
}

interface Parts {
  readonly tree: TreeTracker
  readonly sheets: StyleSheetTracker
  readonly input: InputTracker
}

/** Documents, frames and shadow trees: each has events that nobody outside hears of. */
export function trackRoots(scope: RecordingScope, { tree, sheets, input }: Parts): RootsTracker {
  const { structure, privacy, monitor, nodes } = scope
  const followed = new Map<Root, Followed>()

  function follow(root: Root, frame?: Element): void {
    if (followed.has(root)) return
    tree.observe(root)
    const parts = [
      trackScroll(root, scope, tree.emit),
      trackMedia(root, scope, tree.emit),
      addEventListener(monitor, root, 'load', onLoad, { capture: true }),
      ...(structure.nodeType(root) === 9 ? documentParts(root as Document) : []),
    ]
    followed.set(root, { parts, frame })
  }

  function documentParts(document: Document): Followed['parts'] {
    const realm = document.defaultView as Realm | null
    return [
      trackPointer(document, scope, tree.emit),
      trackFocus(document, scope, tree.emit),
      input.listenTo(document),
      ...(realm ? [sheets.listenTo(realm), trackShadowRoot(realm)] : []),
    ]
  }

  /** A shadow root may come to an element that was told without one. */
  function trackShadowRoot(realm: Realm): Stoppable {
    return instrument(monitor, realm.Element.prototype, 'attachShadow', (host) => {
      if (nodes.find(host as Element)) tree.retell(host as Element)
    })
  }

  /** Sheets can be read, and frames hold their document, once they are loaded. */
  function onLoad({ target }: Event): void {
    if (!isElement(target)) return
    const name = structure.localName(target)
    if (name === 'iframe') followFrame(target)
    else if (name === 'link' || name === 'style') {
      tree.changes.sheets.add(target)
      tree.schedule()
    }
  }

  function followFrame(frame: Element): void {
    const recorded = nodes.findLive(frame)
    const document = recorded && recorded.context.level !== 'block' ? structure.frameDocument(frame) : null
    if (!document) return
    privacy.setFrameOf(document, frame)
    follow(document, frame)
    tree.tellFrame(frame, document)
  }

  function isGone(root: Root, frame: Element | undefined): boolean {
    if (frame) return !structure.isConnected(frame) || structure.frameDocument(frame) !== root
    return !structure.isConnected(root)
  }

  function forget(root: Root, { parts }: Followed): void {
    stopAll(...parts).stop()
    followed.delete(root)
  }

  return {
    follow,
    followFrame,
    list: () => followed.keys(),
    sweep() {
      for (const [root, entry] of followed) if (isGone(root, entry.frame)) forget(root, entry)
    },
    flush() {
      for (const { parts } of followed.values()) for (const part of parts) part.flush?.()
    },
    stop() {
      for (const [root, entry] of followed) forget(root, entry)
    },
  }
}
