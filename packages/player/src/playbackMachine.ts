export type Failure = 'NETWORK' | 'NOT_PLAYABLE' | 'SIGNED_OUT'

export type Playback =
  /** Nothing to show yet. */
  | { readonly status: 'loading'; readonly next: 'paused' | 'playing' }
  | { readonly status: 'paused' }
  | { readonly status: 'playing' }
  /** Shows the last moment there is and waits for more. */
  | { readonly status: 'buffering'; readonly next: 'paused' | 'playing' }
  | { readonly status: 'ended' }
  | { readonly status: 'failed'; readonly failure: Failure }

export type PlaybackEvent =
  | { readonly type: 'play' | 'pause' }
  /** The first frame can be shown. */
  | { readonly type: 'ready' }
  /** What should be shown now is not loaded; what should be shown now is loaded. */
  | { readonly type: 'starved' | 'fed' }
  | { readonly type: 'reached-end' }
  | { readonly type: 'sought' }
  | { readonly type: 'failed'; readonly failure: Failure }

/** Every move the player makes; whatever is not named here changes nothing. */
export function nextPlayback(now: Playback, event: PlaybackEvent): Playback {
  if (now.status === 'failed') return now
  switch (event.type) {
    case 'failed':
      return { status: 'failed', failure: event.failure }
    case 'play':
      return now.status === 'loading' || now.status === 'buffering'
        ? { ...now, next: 'playing' }
        : { status: 'playing' }
    case 'pause':
      if (now.status === 'loading' || now.status === 'buffering') return { ...now, next: 'paused' }
      return now.status === 'playing' ? { status: 'paused' } : now
    case 'ready':
      return now.status === 'loading' ? { status: now.next } : now
    case 'starved':
      if (now.status === 'loading' || now.status === 'buffering') return now
      return { status: 'buffering', next: now.status === 'playing' ? 'playing' : 'paused' }
    case 'fed':
      return now.status === 'buffering' ? { status: now.next } : now
    case 'reached-end':
      return now.status === 'playing' ? { status: 'ended' } : now
    case 'sought':
      return now.status === 'ended' ? { status: 'paused' } : now
  }
}
