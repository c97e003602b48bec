import { describe, expect, it } from 'vitest'
import { eventually, openChromium, type ChromiumPage } from '@vasistas/testing'
import { listPagePaths, startShop } from '../src/index.ts'

const WIDTHS = [1280, 390]

describe('the shop in Chromium', () => {
  it('loads every page without an error and fits every width', async () => {
    await using shop = await startShop({ port: 0 })
    await using browser = await openChromium()
    const page = await browser.newPage()
    const complaints = listenForComplaints(page)
    const tooWide: string[] = []
    for (const path of listPagePaths()) {
      await page.goto(shop.origin + path)
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (overflow > 0) tooWide.push(`${path} by ${overflow} at ${width}`)
      }
    }
    expect(tooWide).toEqual([])
    expect(complaints).toEqual([])
  })

  it('sells: from a card to a confirmation that repeats the name', async () => {
    await using shop = await startShop({ port: 0 })
    await using browser = await openChromium()
    const page = await browser.newPage()
    const complaints = listenForComplaints(page)
    await page.goto(`${shop.origin}/fr/knockers`)
    await page.locator('clenche-card button').first().click()
    await page.getByRole('link', { name: 'Panier' }).click()
    await page.getByRole('link', { name: 'Passer commande' }).click()
    for (const [label, value] of [
      ['Prénom', 'Odile'],
      ['Nom', 'Martin'],
      ['E-mail', 'odile@example.com'],
      ['Adresse', '3, quai des Lanternes'],
      ['Code postal', '76200'],
      ['Ville', 'Dieppe'],
      ['Nom sur la carte', 'Odile Martin'],
      ['Numéro', '4242424242424242'],
      ['Fin de validité', '1230'],
      ['Code au dos', '123'],
    ] as const) {
      await page.locator('.checkout').getByLabel(label, { exact: true }).fill(value)
    }
    expect(await page.locator('#cc-number').inputValue()).toBe('4242 4242 4242 4242')
    await page.getByLabel(/cette boutique n’existe pas/).check()
    await page.getByRole('button', { name: 'Payer pour de faux' }).click()
    await page.waitForURL('**/fr/thanks')
    await eventually(async () => expect(await page.locator('h1').textContent()).toBe('Merci, Odile !'))
    expect(complaints).toEqual([])
  })

  it('is broken on purpose in two places of the basket, and only there', async () => {
    await using shop = await startShop({ port: 0 })
    await using browser = await openChromium()
    const page = await browser.newPage()
    const complaints = listenForComplaints(page)
    await page.goto(`${shop.origin}/en/letters`)
    await page.locator('clenche-card button').first().click()
    await page.goto(`${shop.origin}/en/cart`)
    await page.locator('#coupon').fill('TOCTOC10')
    const before = await page.locator('main').innerHTML()
    await page.getByRole('button', { name: 'Apply' }).click({ clickCount: 4 })
    expect(await page.locator('main').innerHTML()).toBe(before)
    expect(complaints).toEqual([])
    await page.getByRole('button', { name: 'Work it out' }).click()
    await eventually(() => expect(complaints.join()).toContain("Cannot destructure property 'days'"))
  })

  it('walks through the workshop by address, and back again', async () => {
    await using shop = await startShop({ port: 0 })
    await using browser = await openChromium()
    const page = await browser.newPage()
    await page.goto(`${shop.origin}/en/workshop`)
    await page.getByText('Tide blue').click()
    await page.getByRole('button', { name: 'Next' }).click()
    await page.locator('.thing', { hasText: 'The Bee' }).first().click()
    expect(new URL(page.url()).pathname).toBe('/en/workshop/knocker')
    expect(await page.locator('.hardware image').first().getAttribute('href')).toContain('pebble')
    await page.goBack()
    expect(new URL(page.url()).pathname).toBe('/en/workshop')
    expect(await page.locator('input[name=paint]:checked').inputValue()).toBe('#2f5a86')
    expect(await page.locator('.hardware image').count()).toBe(2)
  })

  it('lets a map in a frame and a list outside it choose the same town', async () => {
    await using shop = await startShop({ port: 0 })
    await using browser = await openChromium()
    const page = await browser.newPage()
    await page.goto(`${shop.origin}/fr/shops`, { waitUntil: 'networkidle' })
    await page.frameLocator('.map').locator('[data-pin=lyon]').click()
    expect(await page.locator('[data-town=lyon]').getAttribute('aria-pressed')).toBe('true')
    await page.locator('[data-town=rennes]').click()
    const chosen = page.frameLocator('.map').locator('[data-chosen]')
    expect(await chosen.getAttribute('data-pin')).toBe('rennes')
  })
})

/** Everything that a page says against itself. */
function listenForComplaints(page: ChromiumPage): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  return complaints
}
