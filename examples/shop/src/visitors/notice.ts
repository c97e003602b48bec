import type { CDPSession, Page } from 'playwright-core'
import type { Person } from './person.ts'
import type { Point } from './planCurve.ts'

const NAMES = { accept: ['Accept', 'Accepter'], refuse: ['Refuse', 'Refuser'] }
const APPEARS_WITHIN_MS = 60_000
const PAUSE_MS = 100

/** Answers the built-in notice. It keeps its inside to itself (a closed shadow root), so it is found as people find it: by its words. */
export async function answerNotice(person: Person, answer: keyof typeof NAMES): Promise<void> {
  const point = await waitForButton(person.page, NAMES[answer])
  await person.think(500, 1100)
  await person.clickAt(point)
}

async function waitForButton(page: Page, names: readonly string[]): Promise<Point> {
  const session = await page.context().newCDPSession(page)
  try {
    const end = performance.now() + APPEARS_WITHIN_MS
    while (performance.now() < end) {
      const point = await findButton(session, names)
      if (point) return point
      await page.waitForTimeout(PAUSE_MS)
    }
    throw new Error(`No consent notice appeared on ${page.url()}: is v.js served and the site key known?`)
  } finally {
    await session.detach()
  }
}

/** The middle of the button that a screen reader would call by one of these names. */
async function findButton(session: CDPSession, names: readonly string[]): Promise<Point | undefined> {
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const button = nodes.find(({ role, name }) => role?.value === 'button' && names.includes(String(name?.value)))
  if (button?.backendDOMNodeId === undefined) return undefined
  const { model } = await session.send('DOM.getBoxModel', { backendNodeId: button.backendDOMNodeId })
  const [left = 0, top = 0, , , right = 0, bottom = 0] = model.border
  return { x: (left + right) / 2, y: (top + bottom) / 2 }
}
