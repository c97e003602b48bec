import type { Duration } from '@vasistas/wire/core'
import type { Failure, Playback } from './playbackMachine.ts'
import type { RecordSource } from './source/recordSource.ts'
import type { Marker } from './timeline/markers.ts'
import type { Range } from './timeline/moment.types.ts'

export interface PlayerState {
  readonly status: Playback['status']
  readonly positionMs: Duration
  readonly durationMs: Duration
  /** Up to here everything is loaded. */
  readonly loadedMs: Duration
  readonly speed: number
  readonly skipInactivity: boolean
  /** It runs through a stretch without activity just now. */
  readonly isSkipping: boolean
  /** What happened, in order; grows while the recording loads. */
  readonly markers: readonly Marker[]
  readonly idleRanges: readonly Range[]
  /** Of the page that is shown, as recorded. */
  readonly url: string
  readonly failure?: Failure
}

export interface Player {
  readonly state: PlayerState
  /** From the beginning when it had ended. */
  play(): void
  pause(): void
  /** Resolves when that moment is shown: at once when it is loaded. Goes on playing if it played. */
  seek(toMs: Duration): Promise<void>
  /** 0.5 to 16. */
  setSpeed(speed: number): void
  setSkipInactivity(on: boolean): void
  /** Called after changes, at most ten times a second while only the position moves. */
  subscribe(listener: (state: PlayerState) => void): { stop(): void }
  destroy(): void
  /** The replayed document; for tests. */
  readonly frame: HTMLIFrameElement
}

export interface PlayerOptions {
  /** In the document, and with a size: the page is scaled to fit. */
  readonly container: HTMLElement
  readonly source: RecordSource
}
