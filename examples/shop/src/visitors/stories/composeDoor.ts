import type { Person } from '../person.ts'

/** The part of the shop that is one page with many addresses. */
export async function composeDoor({ page, click, type, scroll, think }: Person): Promise<void> {
  await scroll(1500)
  await click(page.getByRole('link', { name: 'Step into the workshop' }))
  await page.waitForURL('**/workshop')
  for (const paint of ['Brick red', 'Mustard', 'Tide blue']) {
    await click(page.getByText(paint))
    await think(350, 700)
  }
  await click(page.getByText('with a pane of glass'))
  await click(page.getByRole('button', { name: 'Next' }))
  for (const index of [8, 4, 6]) {
    await click(page.locator('.thing').nth(index))
    await think(300, 600)
  }
  await click(page.getByRole('button', { name: 'Next' }))
  await click(page.locator('.thing').nth(0))
  await click(page.getByText('and a letter plate'))
  await page.goBack()
  await think(500, 800)
  await page.goForward()
  await click(page.getByRole('button', { name: 'Next' }))
  await click(page.locator('#number'))
  await page.keyboard.press('ControlOrMeta+a')
  await type(page.locator('#number'), '14')
  await click(page.getByText('coral'))
  await click(page.getByRole('button', { name: 'Next' }))
  await think(1200, 1800)
  await click(page.getByRole('button', { name: 'Put it all in the basket' }))
  await think(1200, 1600)
}
