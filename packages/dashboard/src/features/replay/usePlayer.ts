import { createHttpRecordSource, createPlayer, type Player, type PlayerState } from '@vasistas/player'
import type { Manifest } from '@vasistas/wire/api'
import type { Duration } from '@vasistas/wire/core'
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'

/** A player and the state it told last: the same object until it tells another. */
export interface PlayerHandle {
  readonly player: Player
  readonly latest: () => PlayerState
  readonly subscribe: (listener: () => void) => () => void
}

interface PlayerPlace {
  /** Nothing until both are there. */
  readonly container: HTMLElement | null
  readonly manifest: Manifest | undefined
  /** Where a new player begins; asked once for each. */
  readonly startAt: () => Duration
}

/** Plays as soon as it can; the player ends with the component, and another manifest means another player. */
export function usePlayer({ container, manifest, startAt }: PlayerPlace): PlayerHandle | undefined {
  const [handle, setHandle] = useState<PlayerHandle>()
  const findStart = useEffectEvent(startAt)
  useEffect(() => {
    if (!container || !manifest) return undefined
    const player = createPlayer({ container, source: createHttpRecordSource(manifest.recording, manifest) })
    const opened = openHandle(player)
    // oxlint-disable-next-line react/set-state-in-effect -- a player is made for an element that is there only now
    setHandle(opened.handle)
    const at = findStart()
    if (at > 0) void player.seek(at).then(() => player.play())
    else player.play()
    return () => {
      setHandle(undefined)
      opened.close()
      player.destroy()
    }
  }, [container, manifest])
  return handle
}

function openHandle(player: Player): { readonly handle: PlayerHandle; close(): void } {
  let latest = player.state
  const listeners = new Set<() => void>()
  const subscription = player.subscribe((state) => {
    latest = state
    for (const listener of listeners) listener()
  })
  return {
    handle: {
      player,
      latest: () => latest,
      subscribe(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    close: () => subscription.stop(),
  }
}

/** One fact of the player's state; the component is drawn again only when that fact changes. */
export function usePlayerState<Fact>({ latest, subscribe }: PlayerHandle, select: (state: PlayerState) => Fact): Fact {
  return useSyncExternalStore(subscribe, () => select(latest()))
}
