import type { Person } from '../person.ts'

export async function lookAround({ page, click, scroll, think }: Person): Promise<void> {
  await scroll(900)
  await click(page.locator('.nav').getByRole('link', { name: 'Sonnettes' }))
  await page.waitForURL('**/bells')
  await click(page.locator('clenche-card').getByRole('link', { name: 'Le Bouton d’or' }))
  await page.waitForURL('**/product/buttercup')
  await think(600, 1000)
}
