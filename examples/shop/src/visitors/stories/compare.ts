import type { Person } from '../person.ts'

/** Back and forth between two handles, a look at the guide, and away. */
export async function compare({ page, click, hover, scroll, think }: Person): Promise<void> {
  const see = async (name: string) => {
    await click(page.locator('clenche-card').getByRole('link', { name }).first())
    await page.waitForURL('**/product/*')
    await think(500, 900)
  }
  await hover(page.locator('clenche-card').first())
  await see('The Pebble')
  for (const index of [1, 2, 0]) {
    await click(page.locator('.thumbnail').nth(index))
    await think(350, 700)
  }
  await page.goBack()
  await think(400, 700)
  await see('The Comma')
  await click(page.getByText('Measures', { exact: true }))
  await think(700, 1200)
  await click(page.getByRole('button', { name: 'How do I measure my door?' }))
  const guide = page.frameLocator('.guide iframe')
  await click(guide.locator('#b'))
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await think(900, 1400)
  await click(page.locator('.guide').getByRole('button', { name: 'Close' }))
  await scroll(700)
  await scroll(-400)
  await see('The Pebble')
  await click(page.getByRole('button', { name: 'Add to basket' }).first())
  await think(600, 900)
  await click(page.getByRole('link', { name: 'Basket' }))
  await page.waitForURL('**/cart')
  await hover(page.getByRole('link', { name: 'Check out' }))
  await think(1400, 2000)
  await click(page.getByRole('button', { name: 'remove' }))
  await think(600, 1000)
  await click(page.locator('.foot').getByRole('link', { name: 'Our shops' }))
  await page.waitForURL('**/shops')
  await click(page.locator('[data-town=gand]'))
  await click(page.frameLocator('.map').locator('[data-pin=lyon]'))
  await think(800, 1200)
}
