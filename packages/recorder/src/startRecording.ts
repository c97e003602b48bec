import { createPristine, stopAll, type Clock, type Monitor, type Stoppable } from '@vasistas/browser-core'
import type { PrivacyPolicy } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'
import { createContentGate } from './contentGate.ts'
import { createItemIds } from './itemIds.ts'
import { createNodePrivacy, type Mark } from './nodePrivacy.ts'
import { createRecordedNodes } from './recordedNodes.ts'
import type { Realm, RecordingScope } from './recordingScope.ts'
import { recordPage, type PageRecorder } from './recordPage.ts'
import { trackNavigation } from './track/trackNavigation.ts'

/** What one recording of a page leaves to the next: a field that was a secret once stays one (leaks.md L138). */
export interface RecordingMemory {
  settings?: string
  scope?: RecordingScope
}

export interface RecordingOptions {
  readonly page: Realm
  readonly privacy: PrivacyPolicy
  readonly clock: Clock
  readonly monitor: Monitor
  /** Marks made by calls before the start, in order. */
  readonly marks: readonly { readonly target: string | Element; readonly mark: Mark }[]
  /** The same object for every recording of one page. */
  readonly memory?: RecordingMemory
  /** Records in order: first `page`, then `snapshot`. */
  emit(record: ReplayRecord): void
}

export interface Recording extends Stoppable {
  /** A new `page` and `snapshot` pair: after a gap, or to give the player a place to start from. */
  takeSnapshot(): void
  /** Everything that waits is emitted now, synchronously: page exit, batch close. */
  flush(): void
  /** False: the selector is not valid, and nothing changed. */
  mark(target: string | Element, mark: Mark): boolean
  /** What the site's own code tells. */
  event(name: string, props: Readonly<Record<string, string | number | boolean>>): void
}

/**
 * Nothing when it fails closed (a raising selector is not valid, or the settings are others than those under which this page
 * was recorded before): then nothing was read or listened to.
 */
export function startRecording(options: RecordingOptions): Recording | undefined {
  const { clock, monitor, emit } = options
  const scope = createScope(options)
  if (!scope) return undefined
  const { gate, privacy } = scope
  let recorder: PageRecorder | undefined

  function begin(): void {
    if (gate.isExcludedPage()) {
      emit({ type: 'gap', at: clock.now(), reason: 'excluded-page' })
      return
    }
    recorder = recordPage(scope as RecordingScope, emitHere)
  }

  /** Nothing is told before the address was looked at once more. */
  function emitHere(record: ReplayRecord): void {
    navigation.look()
    if (!gate.isExcludedPage()) emit(record)
  }

  function end(): void {
    recorder?.stop()
    recorder = undefined
  }

  /** Nothing of an excluded page is told, not even what waits: the page may have drawn it already (leaks.md L158). */
  function onNavigation(url: string): void {
    if (recorder && !gate.isExcludedPage()) recorder.navigate(url)
    else if (recorder || !gate.isExcludedPage()) {
      end()
      begin()
    }
  }

  const navigation = trackNavigation(scope, onNavigation)
  begin()
  return {
    takeSnapshot: monitor.wrap(() => recorder?.takeSnapshot()),
    flush: monitor.wrap(() => recorder?.flush()),
    mark(target, mark) {
      const isMarked = privacy.mark(target, mark)
      if (isMarked) monitor.run(() => recorder?.lookAt(target))
      return isMarked
    },
    event(name, props) {
      monitor.run(() => recorder?.event(gate.custom(name, props)))
    },
    stop: stopAll(navigation, { stop: end }).stop,
  }
}

function createScope(options: RecordingOptions): RecordingScope | undefined {
  const { privacy: policy, marks, memory = {} } = options
  const settings = JSON.stringify(policy)
  if (memory.settings !== undefined && memory.settings !== settings) return undefined
  const scope = memory.scope ?? createFreshScope(options)
  if (!scope) return undefined
  for (const { target, mark } of marks) if (!scope.privacy.mark(target, mark) && mark !== 'allow') return undefined
  memory.settings = settings
  memory.scope = scope
  return { ...scope, nodes: createRecordedNodes(), sheetIds: createItemIds() }
}

function createFreshScope({ page, privacy: policy, clock, monitor }: RecordingOptions): RecordingScope | undefined {
  const pristine = createPristine(page)
  const privacy = createNodePrivacy(pristine, policy, page.document.createElement('div'))
  return (
    privacy && {
      page,
      clock,
      monitor,
      structure: pristine.structure,
      privacy,
      gate: createContentGate(pristine, privacy, policy, page.document),
      nodes: createRecordedNodes(),
      sheetIds: createItemIds(),
    }
  )
}
