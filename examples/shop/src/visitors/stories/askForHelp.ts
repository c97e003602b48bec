import type { Person } from '../person.ts'

export async function askForHelp({ page, click, type, scroll, think }: Person): Promise<void> {
  await scroll(500)
  await think(600, 900)
  await scroll(1800)
  await click(page.locator('.foot').getByRole('link', { name: 'Aide' }))
  await page.waitForURL('**/support')
  await click(page.locator('summary').nth(1))
  await think(900, 1400)
  await click(page.locator('summary').nth(3))
  await think(900, 1400)
  await scroll(500)
  await type(page.locator('#ask-name'), 'Inès')
  await type(page.locator('#ask-email'), 'ines@example.com')
  await page.locator('#ask-topic').selectOption({ index: 1 })
  await type(
    page.locator('#ask-message'),
    'Bonjour ! Ma porte est en verre, est-ce que l’Abeille tiendrait avec de la colle ?',
  )
  await think(500, 900)
  await click(page.getByRole('button', { name: 'Envoyer' }))
  await page.locator('.thread .shop').waitFor()
  await think(1200, 1800)
}
