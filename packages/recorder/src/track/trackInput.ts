import { addEventListener, stopAll, throttle } from '@vasistas/browser-core'
import { milliseconds } from '@vasistas/wire/core'
import type { FieldState } from '../contentGate.ts'
import type { RecordingScope } from '../recordingScope.ts'
import { isPrivatePlace, targetOf } from './eventTarget.ts'
import type { EmitRecord, FlushingTracker } from './tracker.types.ts'

/** No finer than this, because rhythm identifies people (leaks.md L176). */
const REPORT_INTERVAL = milliseconds(100)

export interface InputTracker extends FlushingTracker {
  /** A control came into the replay in the state that was just told. */
  follow(control: Element, told: FieldState): void
  listenTo(root: Document): { stop(): void }
  /** Looks at all controls soon: code and form resets change them without an event. */
  check(): void
}

interface Followed {
  readonly state: FieldState
  /** The stay in the field in which it was last told. */
  readonly stay: number
}

/** Emits what fields show when it changes: the gate's mask at most once while the visitor stays in a field. */
export function trackInput(scope: RecordingScope, emit: EmitRecord): InputTracker {
  const { gate, nodes, privacy, clock, monitor, structure } = scope
  const followed = new Map<Element, Followed>()
  let stay = 0

  const report = throttle(clock, REPORT_INTERVAL, () => {
    for (const [control, before] of followed) {
      const recorded = nodes.findLive(control)
      if (!recorded) followed.delete(control)
      else if (recorded.context.level !== 'block') tellIfChanged(control, recorded.id, before)
    }
  })

  function tellIfChanged(control: Element, node: number, before: Followed): void {
    const context = privacy.contextOf(control)
    const state = gate.field(control, context)
    const isSame = state?.text === before.state.text && state.isOn === before.state.isOn
    if (!state || isSame || context.isIgnored || context.level === 'block') return
    if (gate.isMasked(context) && before.stay === stay && structure.ownerDocument(control)?.activeElement === control)
      return
    followed.set(control, { state, stay })
    const at = clock.now()
    if (structure.localName(control) !== 'option')
      emit({ type: 'input', at, node, text: state.text, checked: state.isOn })
    else {
      const attributes = [{ id: node, attributes: { selected: state.isOn ? '' : null } }]
      emit({ type: 'mutation', at, adds: [], removes: [], texts: [], attributes })
    }
  }

  function listenTo(root: Document) {
    const onInput = (event: Event) => {
      const target = targetOf(event)
      if (!target) return
      gate.noteTyped(target, privacy.contextOf(target))
      if (!isPrivatePlace(scope, target)) report.call()
    }
    const onLeave = (event: Event) => {
      stay++
      const target = targetOf(event)
      if (!target) return
      // Pickers and password managers fill fields in without an event.
      gate.noteTyped(target, privacy.contextOf(target))
      gate.settleTyped(target)
    }
    return stopAll(
      addEventListener(monitor, root, 'input', onInput, { capture: true }),
      addEventListener(monitor, root, 'focusout', onLeave, { capture: true }),
      addEventListener(monitor, root, 'reset', report.call, { capture: true }),
    )
  }

  return {
    follow: (control, state) => void followed.set(control, { state, stay: -1 }),
    listenTo,
    check: report.call,
    flush: report.flush,
    stop: report.stop,
  }
}
