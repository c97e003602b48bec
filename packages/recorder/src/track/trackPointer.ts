import { addEventListener, stopAll } from '@vasistas/browser-core'
import { milliseconds } from '@vasistas/wire/core'
import type { PointerAction, PointerPosition } from '@vasistas/wire/recording'
import type { RecordingScope } from '../recordingScope.ts'
import { isPrivatePlace, nearestRecorded, targetOf } from './eventTarget.ts'
import type { EmitRecord, FlushingTracker } from './tracker.types.ts'

const SAMPLE_INTERVAL = milliseconds(50)
const EMIT_INTERVAL = milliseconds(500)

const ACTIONS: Readonly<Record<string, PointerAction>> = {
  mousedown: 'mouseDown',
  mouseup: 'mouseUp',
  click: 'click',
  contextmenu: 'contextMenu',
  dblclick: 'doubleClick',
  touchstart: 'touchStart',
  touchend: 'touchEnd',
  touchcancel: 'touchCancel',
}

interface Sample {
  readonly at: number
  readonly x: number
  readonly y: number
  readonly node: number
}

/** Where the pointer goes, sampled, and what it does. Nothing inside blocked or ignored places and over keypads. */
export function trackPointer(root: Document, scope: RecordingScope, emit: EmitRecord): FlushingTracker {
  const { clock, monitor, page, structure, gate } = scope
  let samples: Sample[] = []
  let kind: 'mouse' | 'touch' = 'mouse'
  let lastSample = -Infinity
  let isDrawing = false
  let timer: number | undefined

  function flush(): void {
    page.clearTimeout(timer)
    timer = undefined
    const waiting = samples
    samples = []
    if (waiting.length === 0) return
    const at = clock.now()
    const positions = waiting.map(({ at: then, x, y, node }): PointerPosition => ({ x, y, node, offset: then - at }))
    emit({ type: 'pointer-move', at, pointer: kind, positions })
  }

  function sample(event: MouseEvent | TouchEvent): void {
    const time = clock.mono()
    if (isDrawing || time - lastSample < SAMPLE_INTERVAL) return
    lastSample = time
    const target = targetOf(event)
    const point = pointOf(event)
    if (!target || !point || isUntold(target)) return
    const node = nearestRecorded(scope, target)
    if (node === undefined) return
    const pointer = 'touches' in event ? 'touch' : 'mouse'
    if (pointer !== kind) flush()
    kind = pointer
    samples.push({ at: clock.now(), ...point, node })
    timer ??= page.setTimeout(monitor.wrap(flush), EMIT_INTERVAL)
  }

  function act(event: MouseEvent | TouchEvent): void {
    const target = targetOf(event)
    const action = ACTIONS[event.type]
    const point = pointOf(event)
    if (!target || !action || !point) return
    // Strokes on a canvas are a signature (leaks.md L060).
    if (/down$|start$/.test(event.type)) isDrawing = structure.localName(target) === 'canvas'
    else if (/up$|end$|cancel$/.test(event.type)) isDrawing = false
    if (isUntold(target)) return
    const node = nearestRecorded(scope, target)
    if (node === undefined) return
    flush()
    emit({ type: 'pointer-action', at: clock.now(), action, node, ...point })
  }

  const isUntold = (target: Element) => isPrivatePlace(scope, target) || gate.isKeypadKey(target)

  const options = { capture: true, passive: true }
  const listeners = [
    ...['mousemove', 'touchmove'].map((type) => addEventListener(monitor, root, type, sample, options)),
    ...Object.keys(ACTIONS).map((type) => addEventListener(monitor, root, type, act, options)),
  ]
  return { flush, stop: stopAll(...listeners, { stop: () => page.clearTimeout(timer) }).stop }
}

function pointOf(event: MouseEvent | TouchEvent): { readonly x: number; readonly y: number } | undefined {
  const point = 'changedTouches' in event ? event.changedTouches[0] : event
  return point && { x: Math.round(point.clientX), y: Math.round(point.clientY) }
}
