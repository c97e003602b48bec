import { describe, expect, it } from 'vitest'
import { nextPlayback, type Playback, type PlaybackEvent } from './playbackMachine.ts'

function after(start: Playback, ...events: readonly (PlaybackEvent['type'] | PlaybackEvent)[]): Playback {
  return events.reduce<Playback>(
    (now, event) => nextPlayback(now, typeof event === 'string' ? ({ type: event } as PlaybackEvent) : event),
    start,
  )
}
const loading: Playback = { status: 'loading', next: 'paused' }

describe('nextPlayback', () => {
  it('shows the first frame and stands still', () => {
    expect(after(loading, 'ready')).toEqual({ status: 'paused' })
  })

  it('plays as soon as it can when play was pressed while it loaded', () => {
    expect(after(loading, 'play', 'ready')).toEqual({ status: 'playing' })
    expect(after(loading, 'play', 'pause', 'ready')).toEqual({ status: 'paused' })
  })

  it('waits for what is not loaded and goes on as before', () => {
    expect(after(loading, 'ready', 'play', 'starved')).toEqual({ status: 'buffering', next: 'playing' })
    expect(after(loading, 'ready', 'play', 'starved', 'fed')).toEqual({ status: 'playing' })
    expect(after(loading, 'ready', 'starved', 'fed')).toEqual({ status: 'paused' })
    expect(after(loading, 'ready', 'starved', 'play', 'fed')).toEqual({ status: 'playing' })
  })

  it('ends, and a seek out of the end is a pause', () => {
    expect(after(loading, 'ready', 'play', 'reached-end')).toEqual({ status: 'ended' })
    expect(after(loading, 'ready', 'play', 'reached-end', 'sought')).toEqual({ status: 'paused' })
    expect(after(loading, 'ready', 'play', 'reached-end', 'play')).toEqual({ status: 'playing' })
  })

  it('stays failed whatever comes', () => {
    const failed = after(loading, { type: 'failed', failure: 'NETWORK' })
    expect(after(failed, 'play', 'ready', 'fed', 'sought')).toEqual({ status: 'failed', failure: 'NETWORK' })
  })
})
