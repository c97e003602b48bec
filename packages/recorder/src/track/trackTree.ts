import type { ReplayRecord, SerializedDocument, SerializedNode } from '@vasistas/wire/recording'
import type { RecordingScope } from '../recordingScope.ts'
import {
  clearChanges,
  collectChanges,
  createChanges,
  serializeMutations,
  type Changes,
} from '../serialize/serializeMutations.ts'
import type { Found } from '../serialize/found.types.ts'
import { createTreeWalk, type TreeWalk } from '../serialize/serializeTree.ts'
import { createMutationBatch } from './mutationBatch.ts'
import type { EmitRecord, FlushingTracker } from './tracker.types.ts'

export interface TreeTracker extends FlushingTracker {
  observe(root: Node): void
  /** A whole document soon, in slices; what happens meanwhile is emitted after it. */
  startSnapshot(): void
  /** The document of a frame, as a whole. */
  tellFrame(frame: Element, document: Document): void
  /** Something besides the observer saw a change. */
  schedule(): void
  /** An element whose shadow root or marks changed. */
  retell(element: Element): void
  changes: Changes
  /** Records of other trackers pass through here, to stay behind a snapshot that is under way. */
  emit: EmitRecord
}

export interface TreeListeners {
  onFound(found: Found): void
  /** The change set was emitted. `wasTold`: this very change set told the node as a whole. */
  onBatch(wasTold: (node: Node) => boolean): void
  /** Before a change set is made: elements that must be looked at, whatever the observer saw. */
  suspects(): Iterable<Element>
  roots(): Iterable<Document | ShadowRoot>
}

interface Snapshot {
  readonly walk: TreeWalk
  emit(): void
}

const OBSERVED = { subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true }
/** More than this and waiting for idle time would keep too much alive. */
const MOST_WAITING = 50_000

/**
 * The page's tree: a snapshot, then change sets. The observer's callback only keeps the records; what has changed is
 * looked at when the page is idle, so that the page's own operations cost what an empty observer costs.
 */
export function trackTree(scope: RecordingScope, emitOut: EmitRecord, listeners: TreeListeners): TreeTracker {
  const { page, clock, monitor, nodes, privacy, gate } = scope
  const changes = createChanges()
  let waiting: MutationRecord[][] = []
  let waitingCount = 0
  let held: ReplayRecord[] = []
  let snapshot: Snapshot | undefined

  const batch = createMutationBatch(scope, work)
  const observer = new page.MutationObserver(
    monitor.wrap((records: MutationRecord[]) => {
      waiting.push(records)
      waitingCount += records.length
      if (waitingCount > MOST_WAITING) flush()
      else batch.schedule()
    }),
  )

  function emit(record: ReplayRecord): void {
    if (snapshot) held.push(record)
    else emitOut(record)
  }

  function work(hasTime: () => boolean): void {
    // A snapshot that took all the time is emitted in a task of its own.
    if (snapshot && !(snapshot.walk.advance(hasTime) && hasTime())) {
      batch.schedule()
      return
    }
    endSnapshot()
    tellChanges()
  }

  function flush(): void {
    batch.cancel()
    work(() => true)
  }

  function startSnapshot(): void {
    flush()
    const at = clock.now()
    let document: SerializedDocument | undefined
    gate.lookThrough(page.document)
    const place = { parent: undefined, context: privacy.contextOf(page.document), isShadow: false }
    const walk = createTreeWalk(
      scope,
      page.document,
      place,
      { walk: nodes.nextWalk(), isWhole: true, keepsNumbers: true },
      (node, parent) => {
        if (!parent) document = node as SerializedDocument
        else nest(node, parent)
      },
    )
    const { left, top } = { left: Math.round(page.scrollX), top: Math.round(page.scrollY) }
    snapshot = {
      walk,
      emit() {
        if (document) emitOut({ type: 'snapshot', at, node: document, left, top })
      },
    }
    batch.schedule()
  }

  function endSnapshot(): void {
    if (!snapshot) return
    const { emit: emitSnapshot, walk } = snapshot
    snapshot = undefined
    emitSnapshot()
    listeners.onFound(walk.found)
    const after = held
    held = []
    for (const record of after) emitOut(record)
  }

  function tellChanges(): void {
    waiting.push(observer.takeRecords())
    for (const records of waiting) collectChanges(scope, records, changes)
    waiting = []
    waitingCount = 0
    for (const element of listeners.suspects())
      if (!changes.attributeNames.has(element)) changes.attributeNames.set(element, new Set())
    const walk = tellOnce()
    for (const [element, names] of gate.takeNewlyNamed(listeners.roots())) changes.attributeNames.set(element, names)
    listeners.onBatch((node) => nodes.find(node)?.walk === walk)
    if (changes.attributeNames.size > 0) tellOnce()
  }

  function tellOnce(): number {
    const walk = nodes.nextWalk()
    const changeSet = serializeMutations(scope, changes, walk)
    clearChanges(changes)
    if (changeSet) {
      emit({ ...changeSet.record, at: clock.now() })
      listeners.onFound(changeSet.found)
    }
    return walk
  }

  function tellFrame(frame: Element, document: Document): void {
    const parent = nodes.findLive(frame)
    if (!parent || parent.context.level === 'block') return
    const place = { parent, context: parent.context, isShadow: false }
    let told: SerializedNode | undefined
    gate.lookThrough(document)
    const walk = createTreeWalk(
      scope,
      document,
      place,
      { walk: nodes.nextWalk(), isWhole: true, keepsNumbers: false },
      (node, above) => {
        if (above) nest(node, above)
        else told = node
      },
    )
    walk.advance(() => true)
    if (!told) return
    const adds = [{ parentId: parent.id, nextId: null, node: told }]
    emit({ type: 'mutation', at: clock.now(), adds, removes: [], texts: [], attributes: [], isAttachIframe: true })
    listeners.onFound(walk.found)
  }

  return {
    observe: (root) => observer.observe(root, OBSERVED),
    startSnapshot,
    tellFrame,
    schedule: batch.schedule,
    retell(element) {
      changes.removed.add(element)
      changes.added.add(element)
      batch.schedule()
    },
    changes,
    emit,
    flush,
    stop() {
      batch.stop()
      observer.disconnect()
      waiting = []
      held = []
      snapshot = undefined
    },
  }
}

function nest(node: SerializedNode, parent: SerializedNode): void {
  if ('childNodes' in parent) parent.childNodes.push(node)
}
