import { milliseconds, type Duration } from '@vasistas/wire/core'
import { createAwaitedMoment } from './awaitedMoment.ts'
import { createClock } from './clock.ts'
import { createFrameLoop } from './frameLoop.ts'
import { createStage } from './overlay/stage.ts'
import { advance, clampSpeed } from './playbackClock.ts'
import { nextPlayback, type Failure, type Playback, type PlaybackEvent } from './playbackMachine.ts'
import type { Player, PlayerOptions, PlayerState } from './player.types.ts'
import { createPlayhead } from './playhead.ts'
import { createAllowList } from './rebuild/allowedRecord.ts'
import { absoluteAssetPrefix } from './rebuild/allowedUrl.ts'
import { createShownPage } from './rebuild/shownPage.ts'
import { loadRecords } from './source/loadRecords.ts'
import { SourceError } from './source/recordSource.ts'
import { createTimeline } from './timeline/timeline.ts'

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
  const loop = createFrameLoop(playOn)
  const awaited = createAwaitedMoment()
  const listeners = new Set<(state: PlayerState) => void>()
  const { durationMs } = timeline

  let playback: Playback = { status: 'loading', next: 'paused' }
  let isComplete = false
  let told: Omit<PlayerState, 'status' | 'url' | 'failure'> = {
    positionMs: 0,
    durationMs,
    loadedMs: 0,
    speed: 1,
    skipInactivity: false,
    isSkipping: false,
    markers: [],
    idleRanges: [],
  }
  let state = readState()
  let notifiedAt = clock.mono()

  function readState(): PlayerState {
    const failure = playback.status === 'failed' && { failure: playback.failure }
    return { ...told, status: playback.status, url: playhead.url(told.positionMs), ...failure }
  }

  function change(changed: Partial<typeof told>): void {
    told = { ...told, ...changed }
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
    const isPlaying = playback.status === 'playing'
    page.animate(isPlaying)
    if (isPlaying) loop.start()
    else {
      loop.stop()
      change({ isSkipping: false })
    }
    notify()
  }

  function playOn(elapsed: Duration): void {
    const { positionMs, speed, skipInactivity, idleRanges, loadedMs } = told
    const wasSkipping = told.isSkipping
    const options = { speed, skipInactivity, idle: idleRanges, end: loadedMs }
    const { position, isSkipping } = advance(positionMs, elapsed, options)
    // Otherwise what is to be shown took longer than a frame: the position waits for the page.
    if (playhead.advanceTo(position)) change({ positionMs: position, isSkipping })
    if (told.positionMs >= durationMs && isComplete) send({ type: 'reached-end' })
    else if (told.positionMs >= loadedMs && !isComplete) send({ type: 'starved' })
    else if (told.isSkipping !== wasSkipping || clock.mono() - notifiedAt >= NOTIFY_INTERVAL) notify()
  }

  /** Everything up to that moment is there; nothing: the whole recording is. */
  function onLoaded(upTo: Duration | undefined): void {
    isComplete = upTo === undefined
    const loadedMs = upTo === undefined ? durationMs : Math.max(told.loadedMs, upTo)
    change({ loadedMs, markers: timeline.markers(), idleRanges: timeline.idle(loadedMs) })
    if (isComplete && !timeline.hasSnapshot()) fail('NOT_PLAYABLE')
    else if (playback.status === 'loading' && timeline.hasSnapshot()) begin()
    else if (awaited.at !== undefined) arrive()
    else if (playback.status === 'buffering' && (isComplete || loadedMs >= told.positionMs + CUSHION))
      send({ type: 'fed' })
    notify()
  }

  function begin(): void {
    playhead.jumpTo(told.positionMs)
    send({ type: 'ready' })
    if (awaited.at !== undefined) {
      send({ type: 'starved' })
      arrive()
    }
  }

  function arrive(): void {
    if (awaited.at === undefined || awaited.at > told.loadedMs) return
    show(awaited.at)
    send({ type: 'fed' })
    awaited.settle()
  }

  function show(at: Duration): void {
    change({ positionMs: at, isSkipping: false })
    playhead.jumpTo(at)
    loop.restart()
  }

  function fail(failure: Failure): void {
    send({ type: 'failed', failure })
    awaited.settle()
  }

  async function seek(toMs: Duration): Promise<void> {
    awaited.settle()
    if (playback.status === 'failed') return
    const at = Math.min(durationMs, Math.max(0, Number.isFinite(toMs) ? toMs : 0))
    send({ type: 'sought' })
    if (playback.status !== 'loading' && at <= told.loadedMs) {
      show(at)
      send({ type: 'fed' })
      notify()
      return
    }
    change({ positionMs: at })
    const arrival = awaited.wait(at)
    send({ type: 'starved' })
    notify()
    await arrival
  }

  loadRecords(
    source,
    {
      onBatch: timeline.add,
      onBrokenBatch: timeline.addGap,
      onProgress: (next) => onLoaded(next && timeline.startOf(next.stream, next.from)),
    },
    loading.signal,
  ).catch((failure: unknown) => {
    if (!loading.signal.aborted) fail(failure instanceof SourceError ? failure.failure : 'NETWORK')
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
    setSpeed(speed) {
      change({ speed: clampSpeed(speed) })
      notify()
    },
    setSkipInactivity(skipInactivity) {
      change({ skipInactivity })
      notify()
    },
    subscribe(listener) {
      listeners.add(listener)
      return { stop: () => void listeners.delete(listener) }
    },
    destroy() {
      loading.abort()
      loop.stop()
      listeners.clear()
      awaited.settle()
      page.destroy()
      stage.destroy()
    },
    frame: page.frame,
  }
}
