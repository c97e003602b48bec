import { eventually, type ChromiumPage } from '@vasistas/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSite, type Site } from './startSite.ts'
import { accept, control, notice, refuse, storageOf, toldOf, vasistas } from './visit.ts'

describe('the consent gate', () => {
  let site: Site

  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
  })
  beforeEach(() => site.ingest.reset())

  it('asks for nothing, keeps nothing and listens to nothing in the page before a choice', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.newPage()
    await page.addInitScript(() => {
      const listened: string[] = []
      Object.assign(window, { listened })
      const original = EventTarget.prototype.addEventListener
      EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Parameters<typeof original>) {
        const where = this === window ? 'window' : this === document ? 'document' : 'other'
        listened.push(`${where}:${args[0]}`)
        return Reflect.apply(original, this, args)
      }
    })
    await visitor.openIn(page)
    await notice(page).waitFor()
    await visitABit(page)

    expect(site.ingest.requests).toEqual(['/v.js'])
    expect(await storageOf(page)).toEqual({ local: {}, session: {}, cookies: '', databases: [] })
    const listened = await page.evaluate(() => (window as unknown as { listened: string[] }).listened)
    expect(
      listened.filter((name) => !['window:storage', 'window:pageshow'].includes(name) && !name.startsWith('other:')),
    ).toEqual([])
  })

  it('remembers a refusal and nothing else, and does not ask again', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await refuse(page)
    await visitABit(page)
    const storage = await storageOf(page)
    expect(Object.keys(storage.local)).toEqual(['vasistas.consent'])
    expect(JSON.parse(storage.local['vasistas.consent'] ?? '')).toMatchObject({
      recording: 'denied',
      mechanism: 'notice',
    })
    expect(storage.databases).toEqual([])

    await page.reload()
    await control(page).waitFor()
    expect(await notice(page).count()).toBe(0)
    expect(site.ingest.requests.filter((path) => path !== '/v.js')).toEqual([])
  })

  it('asks again after six months and not before', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.newPage()
    await page.clock.install({ time: new Date('2026-01-10T12:00:00Z') })
    await visitor.openIn(page)
    await refuse(page)
    await page.clock.setSystemTime(new Date('2026-07-09T12:00:00Z'))
    await page.reload()
    await control(page).waitFor()
    expect(await notice(page).count()).toBe(0)
    await page.clock.setSystemTime(new Date('2026-07-11T12:00:00Z'))
    await page.reload()
    await notice(page).waitFor()
    expect(await control(page).count()).toBe(0)
  })

  it('forgets the visitor when a consent has grown too old', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await eventually(() => expect(site.ingest.accepted().length).toBeGreaterThan(0))
    await page.evaluate(() => {
      const consent = JSON.parse(localStorage.getItem('vasistas.consent') ?? '{}') as { at: number }
      localStorage.setItem('vasistas.consent', JSON.stringify({ ...consent, at: consent.at - 190 * 86_400_000 }))
    })
    await page.goto('about:blank')
    site.ingest.reset()
    await visitor.openIn(page)
    await notice(page).waitFor()
    const { local } = await storageOf(page)
    expect(Object.keys(local).filter((name) => name !== 'vasistas.consent')).toEqual([])
    expect(site.ingest.requests).toEqual(['/v.js'])
  })

  it('records after a grant, under the words that were shown', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    const [batch] = await eventually(() => {
      expect(site.ingest.accepted().length).toBeGreaterThan(0)
      return site.ingest.accepted()
    })
    expect(batch?.records.slice(0, 2).map(({ type }) => type)).toEqual(['page', 'snapshot'])
    expect(site.ingest.starts).toHaveLength(1)
    expect(site.ingest.starts[0]).toMatchObject({
      v: 1,
      consent: { recording: true, mechanism: 'notice', textVersion: expect.stringMatching(/^en-[\da-f]{12}$/) },
      page: `${site.origin}/`,
    })
    expect(await toldOf(page)).toEqual([
      ['consent:changed', { recording: 'granted' }],
      ['recording:started', { recording: expect.stringContaining('recording-') }],
    ])
    expect(site.ingest.requests.filter((path) => path.startsWith('OPTIONS'))).toEqual([])
  })

  it('takes the word of a consent manager of the site and shows nothing of its own then', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({ attributes: 'data-notice="off"' })
    await vasistas(page, 'consent:grant', { recording: true, textVersion: 'cmp-7' })
    await eventually(() => expect(site.ingest.accepted().length).toBeGreaterThan(0))
    expect(site.ingest.starts[0]?.consent).toMatchObject({ mechanism: 'api', textVersion: 'cmp-7' })
    expect(await page.locator('vasistas-notice').count()).toBe(0)

    await vasistas(page, 'consent:grant', { recording: false, analytics: true })
    await eventually(async () => expect(JSON.stringify(await toldOf(page))).toContain('"denied"'))
    expect(Object.keys((await storageOf(page)).local)).toEqual(['vasistas.consent'])
  })

  it('takes Global Privacy Control for a refusal: it asks nobody and no call lifts it', async () => {
    await using visitor = await site.newVisitor({ hasGpc: true })
    const page = await visitor.open()
    const warnings: string[] = []
    page.on('console', (message) => warnings.push(message.type()))
    await vasistas(page, 'consent:grant', { recording: true })
    await vasistas(page, 'recording:start')
    await visitABit(page)
    expect(await page.locator('vasistas-notice').count()).toBe(0)
    expect(site.ingest.requests).toEqual(['/v.js'])
    expect(await storageOf(page)).toEqual({ local: {}, session: {}, cookies: '', databases: [] })
    expect(warnings).toContain('warning')
  })

  it('forgets an earlier consent when the browser says no now', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await eventually(() => expect(site.ingest.accepted().length).toBeGreaterThan(0))
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })
    })
    await page.goto('about:blank')
    site.ingest.reset()
    await visitor.openIn(page)
    await page.waitForFunction(() => 'vasistas' in window && !('q' in (window.vasistas as object)))
    await eventually(async () => expect(Object.keys((await storageOf(page)).local)).toEqual([]))
    expect(site.ingest.requests).toEqual(['/v.js'])
  })

  it('waits in a page that is rendered in advance', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.newPage()
    await page.addInitScript(() => {
      let isPrerendering = true
      Object.defineProperty(Document.prototype, 'prerendering', { get: () => isPrerendering })
      Object.assign(window, {
        show() {
          isPrerendering = false
          document.dispatchEvent(new Event('prerenderingchange'))
        },
      })
    })
    await visitor.openIn(page, { attributes: 'data-notice="off"' })
    await vasistas(page, 'consent:grant')
    await page.waitForTimeout(500)
    expect(site.ingest.requests).toEqual(['/v.js'])
    expect((await storageOf(page)).local).toEqual({})
    await page.evaluate(() => (window as unknown as { show(): void }).show())
    await eventually(() => expect(site.ingest.accepted().length).toBeGreaterThan(0))
  })
})

/** What would be recorded, were it allowed. */
async function visitABit(page: ChromiumPage): Promise<void> {
  await page.click('#buy')
  await page.fill('input', 'words of a visitor')
  await page.evaluate(() => history.pushState({}, '', '?a=1'))
  await page.mouse.wheel(0, 100)
  await page.waitForTimeout(300)
}
