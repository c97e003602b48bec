import type { CustomRecord, ReplayRecord } from '@vasistas/wire/recording'
import type { RecordingScope } from './recordingScope.ts'
import type { Found } from './serialize/found.types.ts'
import { trackVisibility } from './track/trackFocus.ts'
import { trackDiagnostics } from './track/trackDiagnostics.ts'
import { trackInput } from './track/trackInput.ts'
import { trackRoots } from './track/trackRoots.ts'
import { trackStyleSheet } from './track/trackStyleSheet.ts'
import { trackTree } from './track/trackTree.ts'
import { trackViewport } from './track/trackViewport.ts'
import type { EmitRecord, FlushingTracker } from './track/tracker.types.ts'

export interface PageRecorder extends FlushingTracker {
  takeSnapshot(): void
  navigate(url: string): void
  /** Marks of an element, or of what a selector names, have changed. */
  lookAt(target: string | Element): void
  event(told: Pick<CustomRecord, 'name' | 'props'>): void
}

/** From the first snapshot on until it stops, everything of this page. */
export function recordPage(scope: RecordingScope, emitOut: EmitRecord): PageRecorder {
  const { page, clock, gate, privacy, nodes, monitor } = scope
  const suspects = new Set<Element>()

  const tree = trackTree(scope, emitOut, {
    onFound,
    roots: () => roots.list(),
    *suspects() {
      yield* suspects
      suspects.clear()
      for (const root of roots.list()) for (const element of privacy.raisedBySelector(root)) yield element
    },
    onBatch(wasTold) {
      sheets.report(wasTold)
      for (const root of roots.list()) sheets.reportAdopted(root)
      roots.sweep()
      input.check()
    },
  })
  const sheets = trackStyleSheet(scope, tree.emit, tree.schedule)
  const input = trackInput(scope, tree.emit)
  const roots = trackRoots(scope, { tree, sheets, input })
  const others = [
    trackVisibility(scope, tree.emit),
    trackViewport(scope, tree.emit),
    trackDiagnostics(scope, tree.emit),
  ]

  function onFound({ shadowRoots, frames, fields }: Found): void {
    for (const root of shadowRoots) roots.follow(root)
    for (const frame of frames) monitor.run(() => roots.followFrame(frame))
    for (const control of fields) {
      const recorded = nodes.findLive(control)
      const state = recorded && gate.field(control, recorded.context)
      if (state) input.follow(control, state)
    }
  }

  function tellPage(url: string): void {
    tree.emit({ type: 'page', at: clock.now(), url, width: page.innerWidth, height: page.innerHeight })
  }

  function takeSnapshot(): void {
    flush()
    tellPage(gate.pageUrl())
    sheets.forget()
    tree.startSnapshot()
  }

  function flush(): void {
    tree.flush()
    input.flush()
    roots.flush()
  }

  roots.follow(page.document)
  takeSnapshot()
  return {
    takeSnapshot,
    flush,
    navigate(url) {
      tree.emit({ type: 'navigation', at: clock.now(), url } satisfies ReplayRecord)
    },
    lookAt(target) {
      if (typeof target !== 'string') suspects.add(target)
      tree.schedule()
    },
    event: (told) => tree.emit({ type: 'custom', at: clock.now(), ...told }),
    stop() {
      for (const part of [tree, sheets, input, roots, ...others]) part.stop()
    },
  }
}
