import { eventually, type ChromiumPage } from '@vasistas/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { textVersions } from '../build.ts'
import { startSite, type Site } from './startSite.ts'
import { accept, button, control, notice, vasistas } from './visit.ts'

describe('the notice', () => {
  let site: Site

  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
  })
  beforeEach(() => site.ingest.reset())

  it('says who asks, what is recorded, why, and that one may refuse and change one’s mind', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({ attributes: 'data-privacy-url="/privacy"' })
    await notice(page).waitFor()
    const text = await notice(page).innerText()
    for (const part of [
      '127.0.0.1',
      'record your visit',
      'clicks',
      'never what you type',
      'improve',
      'refuse',
      'change your mind',
    ]) {
      expect(text).toContain(part)
    }
    expect(
      await notice(page)
        .getByRole('link')
        .evaluate((link: HTMLAnchorElement) => link.href),
    ).toBe(`${site.origin}/privacy`)
  })

  it('says that typing is recorded where the site says that it is, and names these words', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({ attributes: 'data-forms="recorded"' })
    expect(await notice(page).innerText()).toContain('what you type, never passwords')
    await accept(page)
    await eventually(() => expect(site.ingest.starts).toHaveLength(1))
    expect(site.ingest.starts[0]?.consent.textVersion).toBe(`${textVersions()['en']}-forms`)
  })

  it.each([
    ['the page is French', { lang: 'fr' }, 'en-GB', 'Accepter'],
    ['the page is English', { lang: 'en-US' }, 'fr-FR', 'Accept'],
    ['only the browser speaks it', { lang: 'de' }, 'fr-FR', 'Accepter'],
    ['the site chose it', { lang: 'en', attributes: 'data-language="fr"' }, 'en-GB', 'Accepter'],
    ['nobody speaks either', { lang: 'de' }, 'de-DE', 'Accept'],
  ])('chooses its language: %s', async (_, options, locale, word) => {
    await using visitor = await site.newVisitor({ locale })
    const page = await visitor.open(options)
    await button(page, word).waitFor()
    expect(await notice(page).getAttribute('lang')).toBe(word === 'Accepter' ? 'fr' : 'en')
  })

  it.each([
    ['light', false],
    ['dark', false],
    ['light', true],
    ['dark', true],
  ] as const)('shows accepting and refusing alike, legibly (%s, phone: %s)', async (colorScheme, isPhone) => {
    await using visitor = await site.newVisitor({ colorScheme, isPhone })
    const page = await visitor.open({ attributes: 'data-privacy-url="/privacy"' })
    const [yes, no] = await Promise.all([look(page, 'Accept'), look(page, 'Refuse')])
    expect(Math.abs(yes.width - no.width)).toBeLessThan(2)
    expect({ ...yes, width: 0 }).toEqual({ ...no, width: 0 })
    expect(yes.height).toBeGreaterThanOrEqual(44)
    expect(yes.contrast).toBeGreaterThanOrEqual(4.5)
    expect(await contrastOf(page, '#panel p')).toBeGreaterThanOrEqual(4.5)
    expect(await contrastOf(page, 'a')).toBeGreaterThanOrEqual(4.5)
    const panel = await notice(page).boundingBox()
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    expect(panel?.x).toBeGreaterThanOrEqual(0)
    expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBeLessThanOrEqual(width)
    expect(panel?.y).toBeGreaterThanOrEqual(0)
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(height)
  })

  it('is answered with the keyboard alone, first of all in the page', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await notice(page).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await eventually(() => expect(site.ingest.starts).toHaveLength(1))
    // And withdrawn: the control has the focus now.
    await page.keyboard.press('Enter')
    await notice(page).waitFor()
    for (const key of ['Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key)
    await eventually(() => expect(site.ingest.erasures).toHaveLength(1))
  })

  it('leaves a small control that shows the choice and lets it change', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    expect(await notice(page).count()).toBe(0)
    expect(await control(page).getAttribute('title')).toBe('Recording of your visit: allowed')
    expect(await control(page).getAttribute('aria-expanded')).toBe('false')
    await control(page).click()
    expect(await control(page).getAttribute('aria-expanded')).toBe('true')
    await button(page, 'Stop recording').click()
    expect(await control(page).getAttribute('title')).toBe('Recording of your visit: refused')
    await control(page).click()
    await control(page).click()
    expect(await notice(page).count()).toBe(0)
  })

  it('shows in every tab what was chosen in one', async () => {
    await using visitor = await site.newVisitor()
    const left = await visitor.open()
    const right = await visitor.open()
    await notice(right).waitFor()
    await accept(left)
    await control(right).waitFor()
    expect(await notice(right).count()).toBe(0)
    await eventually(() => expect(site.ingest.starts).toHaveLength(2))
    await vasistas(right, 'consent:withdraw')
    await eventually(async () =>
      expect(await control(left).getAttribute('title')).toBe('Recording of your visit: refused'),
    )
  })

  it('keeps its look and its words to itself: the page’s styles do not reach it, no recording shows it', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({
      body: '<style>* { color: red !important; font-size: 40px !important; display: block } button { width: 5px }</style><p>page</p>',
    })
    await notice(page).waitFor()
    expect((await look(page, 'Accept')).width).toBeGreaterThan(100)
    expect(await contrastOf(page, '#panel p')).toBeGreaterThan(10)
    await accept(page)
    await control(page).click()
    await eventually(() => expect(site.ingest.accepted().length).toBeGreaterThan(0))
    await page.goto('about:blank')
    await page.waitForTimeout(300)
    const records = site.ingest.accepted().flatMap((batch) => batch.records)
    const text = JSON.stringify(records)
    expect(text).toContain('"page"')
    for (const word of ['Stop recording', 'Accept', 'Recording of your visit', 'Erase what'])
      expect(text).not.toContain(word)
    expect(records.filter(({ type }) => type === 'pointer-action' || type === 'focus')).toEqual([])
  })
})

interface Look {
  readonly width: number
  readonly height: number
  readonly color: string
  readonly background: string
  readonly font: string
  readonly contrast: number
}

async function look(page: ChromiumPage, name: string): Promise<Look> {
  const found = button(page, name)
  await found.waitFor()
  const styles = await found.evaluate((element) => {
    const { color, backgroundColor, font } = getComputedStyle(element)
    const { width, height } = element.getBoundingClientRect()
    return { width: Math.round(width), height: Math.round(height), color, background: backgroundColor, font }
  })
  return { ...styles, contrast: contrast(styles.color, styles.background) }
}

async function contrastOf(page: ChromiumPage, selector: string): Promise<number> {
  const [color, background] = await page
    .locator('vasistas-notice')
    .locator(selector)
    .evaluate((element) => {
      const panel = (element.getRootNode() as ShadowRoot).querySelector('#panel') ?? element
      return [getComputedStyle(element).color, getComputedStyle(panel).backgroundColor] as const
    })
  return contrast(color, background)
}

/** WCAG 2.2, 1.4.3. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
