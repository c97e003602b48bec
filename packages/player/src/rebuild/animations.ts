/** Animations of a page that is shown at a moment, paused, or played on. */
export interface Animations {
  /** After a seek: what ends has ended, because the moment is likely long after it began. */
  settle(): void
  pause(): void
  resume(): void
}

export function createAnimations(frame: HTMLIFrameElement): Animations {
  let paused: Animation[] = []

  function* all(): Generator<Animation> {
    if (frame.contentDocument) yield* frame.contentDocument.getAnimations()
  }

  return {
    settle() {
      for (const animation of all()) {
        const end = animation.effect?.getComputedTiming().endTime
        if (typeof end === 'number' && Number.isFinite(end)) animation.finish()
      }
    },
    pause() {
      for (const animation of all()) {
        if (animation.playState !== 'running') continue
        animation.pause()
        paused.push(animation)
      }
    },
    resume() {
      for (const animation of paused) if (animation.playState === 'paused') animation.play()
      paused = []
    },
  }
}
