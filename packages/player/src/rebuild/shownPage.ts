import type { Duration } from '@vasistas/wire/core'
import { showClickRipple } from '../overlay/clickRipple.ts'
import { createCursor, type Point } from '../overlay/cursor.ts'
import { placeInPage } from '../overlay/placeInPage.ts'
import { pointerAt, trailBefore } from '../overlay/pointerPath.ts'
import type { Stage } from '../overlay/stage.ts'
import type { PlacedRecord, PlacedRecordOf, PointerMoment } from '../timeline/moment.types.ts'
import { createAnimations } from './animations.ts'
import { applyMedia } from './applyMedia.ts'
import { createRrwebReplay } from './rrwebReplay.ts'
import { createVisitorStates } from './visitorStates.ts'

/** The page as it is seen: the rebuilt document, what the visitor rested on, and the pointer above it. */
export interface ShownPage {
  readonly frame: HTMLIFrameElement
  /** From nothing, by all the records of a moment. */
  show(records: readonly PlacedRecord[]): void
  /** The next record, while one watches. */
  follow(record: PlacedRecord): void
  point(moments: readonly PointerMoment[], at: Duration): void
  animate(isRunning: boolean): void
  destroy(): void
}

const TRAIL_LASTS = 700

export function createShownPage(stage: Stage, assetPrefix: string | null): ShownPage {
  const page = createRrwebReplay(stage.page, assetPrefix)
  const states = createVisitorStates(page.find)
  const animations = createAnimations(page.frame)
  const cursor = createCursor(stage.layer)
  let isRunning = false

  function apply(record: PlacedRecord, isSmooth: boolean): void {
    page.apply(record, isSmooth)
    switch (record.type) {
      case 'page':
      case 'viewport':
        return stage.resize(record.width, record.height)
      case 'snapshot':
        return states.reset()
      case 'focus':
        return states.focus(record.focused ? record.node : undefined)
      case 'media':
        return applyMedia(page.find(record.node), record)
      default:
        return
    }
  }

  function press({ action, node, x, y }: PlacedRecordOf<'pointer-action'>): void {
    if (action === 'click') showClickRipple(stage.layer, place(node, { x, y }))
    else if (action === 'mouseDown' || action === 'touchStart') setPressed(true)
    else setPressed(false)
  }

  function setPressed(isDown: boolean): void {
    states.press(isDown)
    cursor.press(isDown)
  }

  function place(node: number, point: Point): Point {
    const { x, y } = placeInPage(page.find(node), point, page.frame)
    return { x: x * stage.scale(), y: y * stage.scale() }
  }

  return {
    frame: page.frame,
    show(records) {
      setPressed(false)
      for (const record of records) apply(record, false)
      animations.settle()
      if (!isRunning) animations.pause()
    },
    follow(record) {
      apply(record, true)
      if (record.type === 'pointer-action') press(record)
    },
    point(moments, at) {
      const now = pointerAt(moments, at)
      states.hover(now?.pointer === 'mouse' ? now.node : undefined)
      const trail = trailBefore(moments, at, TRAIL_LASTS).map((moment) => place(moment.node, moment))
      const spot = now && place(now.node, now)
      cursor.show(spot && { ...spot, isTouch: now.pointer === 'touch' }, spot ? [...trail, spot] : trail)
    },
    animate(shouldRun) {
      if (shouldRun === isRunning) return
      isRunning = shouldRun
      if (isRunning) animations.resume()
      else animations.pause()
    },
    destroy: page.destroy,
  }
}
