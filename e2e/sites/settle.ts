import type { ChromiumPage } from '@vasistas/testing'

/** Resolves when every finite animation ended and what was scheduled for the next frames happened. */
export async function settle(page: ChromiumPage): Promise<void> {
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

/** Runs the page's own function of that name, then lets the page settle. */
export function callPage(name: string): (page: ChromiumPage) => Promise<void> {
  return async (page) => {
    await page.evaluate(async (called) => {
      await (window as unknown as Record<string, () => unknown>)[called]?.()
    }, name)
    await settle(page)
  }
}
