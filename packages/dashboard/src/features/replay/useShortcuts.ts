import { useWindowEvent } from '@mantine/hooks'
import { milliseconds, type Duration } from '@vasistas/wire/core'
import { isKeyOfElement, nextSpeed, replayAction, type ReplayAction } from './shortcuts.ts'
import { neighbourMarker } from './timeline.ts'
import type { PlayerHandle } from './usePlayer.ts'

interface ShortcutTargets {
  readonly handle: PlayerHandle | undefined
  readonly toggleFullScreen: () => void
  readonly showHelp: () => void
}

export function useShortcuts({ handle, toggleFullScreen, showHelp }: ShortcutTargets): void {
  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element) || isKeyOfElement(event.key, event.target)) return
    const action = replayAction(event)
    if (!action) return
    event.preventDefault()
    if (action.type === 'fullScreen') toggleFullScreen()
    else if (action.type === 'help') showHelp()
    else if (handle) perform(action, handle)
  })
}

type PlayerAction = Exclude<ReplayAction, { type: 'fullScreen' | 'help' }>

/** Does to the player what a key or a button asks for. */
export function perform(action: PlayerAction, { player, latest }: PlayerHandle): void {
  const { status, positionMs, durationMs, speed, skipInactivity, markers } = latest()
  const seek = (to: Duration) => void player.seek(milliseconds(Math.min(durationMs, Math.max(0, to))))
  switch (action.type) {
    case 'toggle':
      if (status === 'playing' || status === 'buffering') return player.pause()
      if (status === 'ended') seek(milliseconds(0))
      return player.play()
    case 'skip':
      return seek(positionMs + action.ms)
    case 'jump':
      return seek(durationMs * action.share)
    case 'marker': {
      const marker = neighbourMarker(markers, positionMs, action.direction)
      return marker && seek(marker.at)
    }
    case 'speed':
      return player.setSpeed(nextSpeed(speed, action.direction))
    case 'skipInactivity':
      return player.setSkipInactivity(!skipInactivity)
  }
}
