import { addEventListener, isElement, stopAll } from '@vasistas/browser-core'
import type { MediaRecord } from '@vasistas/wire/recording'
import type { RecordingScope } from '../recordingScope.ts'
import { isPrivatePlace } from './eventTarget.ts'
import type { EmitRecord, Tracker } from './tracker.types.ts'

const ACTIONS: Readonly<Record<string, MediaRecord['action']>> = {
  play: 'play',
  pause: 'pause',
  seeked: 'seeked',
  volumechange: 'volumeChange',
  ratechange: 'rateChange',
}

/** Emits what audio and video do; media events stay inside their root. */
export function trackMedia(root: Document | ShadowRoot, scope: RecordingScope, emit: EmitRecord): Tracker {
  const { clock, monitor, nodes } = scope

  function report({ type, target }: Event): void {
    const action = ACTIONS[type]
    const recorded = isElement(target) ? nodes.findLive(target) : undefined
    if (!action || !recorded || isPrivatePlace(scope, target as Element)) return
    const { currentTime, volume, muted, loop, playbackRate } = target as HTMLMediaElement
    emit({ type: 'media', at: clock.now(), action, node: recorded.id, currentTime, volume, muted, loop, playbackRate })
  }

  return stopAll(
    ...Object.keys(ACTIONS).map((type) => addEventListener(monitor, root, type, report, { capture: true })),
  )
}
