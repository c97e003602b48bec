import type { Person } from '../person.ts'

/** A field of every kind: what a recording must mask, in one visit. */
export async function keepAccount({ page, click, type, think }: Person): Promise<void> {
  await type(page.locator('#login'), 'greta@example.com')
  await type(page.locator('#password'), 'Kieselstein!1987')
  await click(page.getByRole('button', { name: 'Show' }))
  await think(400, 700)
  await click(page.getByRole('button', { name: 'Come in' }))
  await type(page.locator('.code-boxes input').first(), '204816')
  await click(page.getByRole('button', { name: 'Open' }))
  await page.waitForURL('**/account')
  await page.locator('#title').selectOption({ index: 1 })
  await type(page.locator('#full-name'), 'Greta Lindqvist')
  await type(page.locator('#account-email'), 'greta@example.com')
  await type(page.locator('#account-tel'), '+1 202 555 0142')
  await page.locator('#birthday').fill('1987-03-14')
  await click(page.getByText('as friends'))
  await page.locator('#loud').fill('5')
  await page.locator('#likes').selectOption([{ index: 1 }, { index: 3 }])
  await type(page.locator('#iban'), 'DE89370400440532013000')
  await type(page.locator('#old-password'), 'Kieselstein!1987')
  await type(page.locator('#account-password'), 'a-much-longer-one-2026')
  await type(page.locator('.editable'), ' Please knock twice.')
  await type(page.locator('#neighbour'), 'That the parcel is for me.')
  await click(page.getByRole('button', { name: 'Keep' }))
  await think(1000, 1500)
}
