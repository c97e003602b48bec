import type { Person } from '../person.ts'

/** The basket is broken on purpose in two places: this visitor finds both. */
export async function loseTemper({ page, click, clickAngrily, type, scroll, think }: Person): Promise<void> {
  await think(400, 800)
  await click(page.getByRole('button', { name: 'Add to basket' }).first())
  await think(500, 800)
  await click(page.getByRole('link', { name: 'Basket' }))
  await page.waitForURL('**/cart')
  await type(page.locator('#coupon'), 'TOCTOC10')
  await click(page.getByRole('button', { name: 'Apply' }))
  await think(1200, 1600)
  await clickAngrily(page.getByRole('button', { name: 'Apply' }), 4)
  await think(700, 1000)
  await clickAngrily(page.getByRole('button', { name: 'Apply' }), 7)
  await think(500, 900)
  await type(page.locator('#postcode'), 'D02 X285')
  await click(page.getByRole('button', { name: 'Work it out' }))
  await think(1000, 1500)
  await click(page.getByRole('button', { name: 'Work it out' }))
  await scroll(300)
  await scroll(-300)
  await click(page.locator('.logo'))
  await page.waitForURL('**/en/')
  await think(500, 900)
}
