import { milliseconds, type Duration } from '@vasistas/wire/core'
import { createClock } from './clock.ts'
import { createStage } from './overlay/stage.ts'
import { advance, clampSpeed } from './playbackClock.ts'
import { nextPlayback, type Failure, type Playback, type PlaybackEvent } from './playbackMachine.ts'
import { createPlayhead } from './playhead.ts'
import { createAllowList } from './rebuild/allowedRecord.ts'
import { absoluteAssetPrefix } from './rebuild/allowedUrl.ts'
import { createShownPage } from './rebuild/shownPage.ts'
import { loadRecords } from './source/loadRecords.ts'
import { SourceError, type RecordSource } from './source/recordSource.ts'
import type { Marker } from './timeline/markers.ts'
import type { Range } from './timeline/moment.types.ts'
import { createTimeline } from './timeline/timeline.ts'

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
  /** Resolves when that moment is shown; at once when it is loaded. Goes on playing if it played. */
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

const NOTIFY_INTERVAL = milliseconds(100)
/** What must be loaded beyond a position before playing goes on. */
const CUSHION = milliseconds(500)

/** Begins to load; shows the first frame as soon as it is there. */
export function createPlayer({ container, source }: PlayerOptions): Player {
  const clock = createClock()
  const assetPrefix = absoluteAssetPrefix(source.manifest.assetPrefix, container.ownerDocument.baseURI)
  const timeline = createTimeline(source.manifest, createAllowList(assetPrefix))
  const stage = createStage(container)
  const page = createShownPage(stage, assetPrefix)
  const playhead = createPlayhead(timeline, page, clock)
  const loading = new AbortController()
  const listeners = new Set<(state: PlayerState) => void>()
  const { durationMs } = timeline

  let playback: Playback = { status: 'loading', next: 'paused' }
  let position: Duration = 0
  let loadedMs: Duration = 0
  let speed = 1
  let skipInactivity = false
  let isSkipping = false
  let markers: readonly Marker[] = []
  let idle: readonly Range[] = []
  let state = readState()
  let notifiedAt = -Infinity
  let frameRequest: number | undefined
  let lastTick: number | undefined
  /** A moment that was asked for and is not loaded. */
  let wanted: { readonly at: Duration; readonly arrived: Signal } | undefined

  function readState(): PlayerState {
    return {
      status: playback.status,
      positionMs: position,
      durationMs,
      loadedMs,
      speed,
      skipInactivity,
      isSkipping,
      markers,
      idleRanges: idle,
      url: playhead.url(position),
      ...(playback.status === 'failed' && { failure: playback.failure }),
    }
  }

  function notify(): void {
    state = readState()
    notifiedAt = clock.mono()
    for (const listener of listeners) listener(state)
  }

  function send(event: PlaybackEvent): void {
    const before = playback
    playback = nextPlayback(playback, event)
    if (playback === before) return
    page.animate(playback.status === 'playing')
    if (playback.status === 'playing') startTicking()
    else stopTicking()
    if (playback.status !== 'playing') isSkipping = false
    notify()
  }

  function startTicking(): void {
    frameRequest ??= requestAnimationFrame(tick)
  }

  function stopTicking(): void {
    if (frameRequest !== undefined) cancelAnimationFrame(frameRequest)
    frameRequest = lastTick = undefined
  }

  function tick(now: number): void {
    frameRequest = requestAnimationFrame(tick)
    const elapsed = lastTick === undefined ? 0 : now - lastTick
    lastTick = now
    const step = advance(position, elapsed, { speed, skipInactivity, idle, end: loadedMs })
    const isDone = playhead.advanceTo(step.position)
    const hasChanged = step.isSkipping !== isSkipping
    isSkipping = step.isSkipping
    if (isDone) position = step.position
    if (position >= durationMs && isLoaded()) send({ type: 'reached-end' })
    else if (position >= loadedMs && !isLoaded()) send({ type: 'starved' })
    else if (hasChanged || clock.mono() - notifiedAt >= NOTIFY_INTERVAL) notify()
  }

  const isLoaded = (): boolean => loadedMs >= durationMs && isComplete
  let isComplete = false

  function onProgress(nextStartsAt: Duration | undefined): void {
    isComplete = nextStartsAt === undefined
    loadedMs = nextStartsAt === undefined ? durationMs : Math.max(loadedMs, nextStartsAt)
    markers = timeline.markers()
    idle = timeline.idle(loadedMs)
    if (playback.status === 'loading' && timeline.hasSnapshot()) {
      playhead.jumpTo(position)
      send({ type: 'ready' })
    }
    if (wanted && wanted.at <= loadedMs) arrive()
    else if (playback.status === 'buffering' && !wanted && (isComplete || loadedMs >= position + CUSHION))
      send({ type: 'fed' })
    if (isComplete && !timeline.hasSnapshot()) fail('NOT_PLAYABLE')
    else notify()
  }

  function arrive(): void {
    if (!wanted) return
    const { at, arrived } = wanted
    wanted = undefined
    show(at)
    send({ type: 'fed' })
    arrived.resolve()
  }

  function show(at: Duration): void {
    position = at
    playhead.jumpTo(at)
    lastTick = undefined
    isSkipping = false
  }

  function fail(failure: Failure): void {
    wanted?.arrived.resolve()
    wanted = undefined
    send({ type: 'failed', failure })
  }

  function seek(toMs: Duration): Promise<void> {
    const at = Math.min(durationMs, Math.max(0, Number.isFinite(toMs) ? toMs : 0))
    wanted?.arrived.resolve()
    wanted = undefined
    if (playback.status === 'failed') return Promise.resolve()
    send({ type: 'sought' })
    if (playback.status !== 'loading' && at <= loadedMs) {
      show(at)
      send({ type: 'fed' })
      notify()
      return Promise.resolve()
    }
    position = at
    wanted = { at, arrived: createSignal() }
    send({ type: 'starved' })
    notify()
    return wanted.arrived.promise
  }

  loadRecords(
    source,
    {
      onBatch: timeline.add,
      onBrokenBatch: timeline.addGap,
      onProgress: (next) => onProgress(next && timeline.startOf(next.stream, next.from)),
    },
    loading.signal,
  ).catch((failure: unknown) => {
    if (loading.signal.aborted) return
    fail(failure instanceof SourceError ? failure.failure : 'NETWORK')
  })

  return {
    get state() {
      return state
    },
    play() {
      if (playback.status === 'ended') show(0)
      send({ type: 'play' })
    },
    pause: () => send({ type: 'pause' }),
    seek,
    setSpeed(wish) {
      speed = clampSpeed(wish)
      notify()
    },
    setSkipInactivity(on) {
      skipInactivity = on
      notify()
    },
    subscribe(listener) {
      listeners.add(listener)
      return { stop: () => void listeners.delete(listener) }
    },
    destroy() {
      loading.abort()
      stopTicking()
      listeners.clear()
      wanted?.arrived.resolve()
      page.destroy()
      stage.destroy()
    },
    frame: page.frame,
  }
}

interface Signal {
  readonly promise: Promise<void>
  resolve(): void
}

function createSignal(): Signal {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
