import type { Locator, Page } from 'playwright-core'
import type { Chance } from './chance.ts'
import { planCurve, type Point } from './planCurve.ts'

/** How somebody handles a page: no teleporting mouse, no text that appears at once. */
export interface Person {
  readonly page: Page
  goTo(url: string): Promise<void>
  /** Mouse to it along a curve, or a finger on it. */
  click(target: Locator): Promise<void>
  clickAt(point: Point): Promise<void>
  clickAngrily(target: Locator, times: number): Promise<void>
  hover(target: Locator): Promise<void>
  type(target: Locator, text: string): Promise<void>
  /** Like a thumb or a wheel, in several strokes; up when negative. */
  scroll(pixels: number): Promise<void>
  think(lowMs: number, highMs: number): Promise<void>
}

const STEP_MS = 11
const STROKE_PIXELS = 140

/** `pace` stretches every pause: 1 is somebody who knows what he wants, 0 a machine. */
export function createPerson(page: Page, chance: Chance, hasTouch: boolean, pace: number): Person {
  let hand: Point = { x: chance.between(200, 500), y: chance.between(150, 350) }

  const think = (lowMs: number, highMs: number) => page.waitForTimeout(chance.between(lowMs, highMs) * pace)

  async function moveTo(goal: Point) {
    for (const point of hasTouch ? [] : planCurve(hand, goal, chance)) {
      await page.mouse.move(point.x, point.y)
      await think(STEP_MS, STEP_MS)
    }
    hand = goal
  }

  async function clickAt(point: Point) {
    await moveTo(point)
    await think(60, 180)
    if (hasTouch) {
      await page.touchscreen.tap(point.x, point.y)
    } else {
      await page.mouse.down()
      await think(40, 90)
      await page.mouse.up()
    }
    await think(120, 320)
  }

  const hover = async (target: Locator) => moveTo(await findPoint(target, chance))
  const click = async (target: Locator) => clickAt(await findPoint(target, chance))

  return {
    page,
    think,
    hover,
    click,
    clickAt,
    async goTo(url) {
      await page.goto(url)
      await think(500, 900)
    },
    async clickAngrily(target, times) {
      await hover(target)
      for (let count = 0; count < times; count++) {
        await page.mouse.down()
        await page.mouse.up()
        await think(70, 140)
      }
    },
    async type(target, text) {
      await click(target)
      for (const letter of text) {
        await page.keyboard.type(letter)
        await (letter === ' ' ? think(40, 110) : think(14, 48))
      }
    },
    async scroll(pixels) {
      const strokes = Math.ceil(Math.abs(pixels) / STROKE_PIXELS)
      for (let stroke = 0; stroke < strokes; stroke++) {
        await page.mouse.wheel(0, pixels / strokes)
        await think(35, 80)
      }
      await think(150, 350)
    },
  }
}

/** Somewhere in the middle of it, once it is on the screen. */
async function findPoint(target: Locator, chance: Chance): Promise<Point> {
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (!box) throw new Error(`Nobody can reach ${target.toString()}`)
  return { x: box.x + box.width * chance.between(0.35, 0.65), y: box.y + box.height * chance.between(0.35, 0.65) }
}
