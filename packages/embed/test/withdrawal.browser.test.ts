import { eventually } from '@vasistas/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSite, type Site } from './startSite.ts'
import { accept, button, control, notice, storageOf, toldOf, vasistas } from './visit.ts'

describe('withdrawal', () => {
  let site: Site

  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
  })
  beforeEach(() => site.ingest.reset())

  const untilRecorded = (count = 1) =>
    eventually(() => expect(site.ingest.accepted().length).toBeGreaterThanOrEqual(count))

  it('stops every tab within a second, and nothing of what they held reaches the server', async () => {
    await using visitor = await site.newVisitor()
    const left = await visitor.open()
    await accept(left)
    await untilRecorded()
    const right = await visitor.open()
    await eventually(async () => expect((await toldOf(right)).map(([name]) => name)).toContain('recording:started'))
    await untilRecorded(2)
    // In both tabs something waits for the next batch.
    await left.click('#buy')
    await right.click('#buy')

    await vasistas(left, 'consent:withdraw')
    for (const page of [left, right]) {
      await eventually(
        async () => expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason: 'withdrawn' }]),
        1000,
      )
    }
    const before = site.ingest.requests.length
    await left.click('#buy')
    await right.click('#buy')
    await right.waitForTimeout(6000) // longer than a batch waits
    await left.reload()
    await right.close({ runBeforeUnload: true })
    await left.waitForTimeout(500)

    expect(site.ingest.requests.slice(before).filter((path) => path !== '/v.js')).toEqual([])
    const records = site.ingest.accepted().flatMap((batch) => batch.records)
    expect(records.filter(({ type }) => type === 'pointer-action')).toEqual([])
    const storage = await storageOf(left)
    expect(Object.keys(storage.local)).toEqual(['vasistas.consent'])
    expect(storage.databases).toEqual([])
  })

  it('throws away what a page could not send before', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    site.ingest.onBatch = () => 503
    await accept(page)
    await eventually(async () => expect((await storageOf(page)).databases).toEqual(['vasistas']))
    await eventually(() => expect(site.ingest.batches.length).toBeGreaterThan(0))
    await vasistas(page, 'consent:withdraw')
    await eventually(async () => expect((await storageOf(page)).databases).toEqual([]))

    site.ingest.reset()
    await page.reload()
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    const streams = new Set(site.ingest.accepted().map(({ header }) => header.stream))
    expect(streams.size).toBe(1)
  })

  it('erases on the server what was recorded, when that is asked with it', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await untilRecorded()
    const recorded = site.ingest.starts[0]?.visitor
    await vasistas(page, 'consent:withdraw', { erase: true })
    await eventually(() => expect(site.ingest.erasures).toHaveLength(1))
    expect(site.ingest.erasures[0]).toMatchObject({ v: 1, site: site.ingest.starts[0]?.site, visitor: recorded })
    await eventually(async () => expect(Object.keys((await storageOf(page)).local)).toEqual(['vasistas.consent']))
  })

  it('asks for an erasure again from the next page when the server was away', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await untilRecorded()
    const recorded = site.ingest.starts[0]?.visitor
    site.ingest.onErase = () => 503
    await vasistas(page, 'consent:withdraw', { erase: true })
    await eventually(() => expect(site.ingest.erasures).toHaveLength(1))

    site.ingest.reset()
    await page.reload()
    await eventually(() => expect(site.ingest.erasures).toMatchObject([{ visitor: recorded }]))
    await eventually(async () => expect(Object.keys((await storageOf(page)).local)).toEqual(['vasistas.consent']))
    await page.reload()
    await control(page).waitFor()
    expect(site.ingest.erasures).toHaveLength(1)
  })

  it('is one press away in the page, with erasure if wanted', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await untilRecorded()
    await control(page).click()
    await notice(page).getByRole('checkbox', { name: 'Erase what was recorded' }).check()
    await button(page, 'Stop recording').click()
    await eventually(() => expect(site.ingest.erasures).toHaveLength(1))
    expect(await toldOf(page)).toContainEqual(['consent:changed', { recording: 'denied' }])
  })

  it('counts as given when the site empties the storage in which consent was', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await untilRecorded()
    await page.evaluate(() => localStorage.clear())
    const before = site.ingest.requests.length
    await page.click('#buy')
    await eventually(async () =>
      expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason: 'withdrawn' }]),
    )
    expect(site.ingest.requests.length).toBe(before)
    await eventually(async () => expect(await storageOf(page)).toMatchObject({ local: {}, databases: [] }))
  })

  it('leaves nothing behind either when the page goes right after its storage was emptied', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await untilRecorded()
    await page.evaluate(() => localStorage.clear())
    await visitor.openIn(page)
    await notice(page).waitFor()
    await eventually(async () => expect(await storageOf(page)).toMatchObject({ local: {}, databases: [] }))
  })

  it('can be taken back: a later consent is another visitor', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await untilRecorded()
    await vasistas(page, 'consent:withdraw')
    await control(page).click()
    await accept(page)
    await eventually(() => expect(site.ingest.starts).toHaveLength(2))
    const [first, second] = site.ingest.starts
    expect(second?.visitor).not.toBe(first?.visitor)
    expect(second?.resume).toBeUndefined()
  })
})

describe('the calls of the site', () => {
  let site: Site

  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
  })
  beforeEach(() => site.ingest.reset())

  const kinds = () =>
    site.ingest
      .accepted()
      .flatMap(({ records }) => records)
      .map(({ type }) => type)

  it('recording:stop sends what was recorded, records nothing more, and start begins a new stream', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await eventually(() => expect(kinds()).toContain('snapshot'))
    await page.click('#buy')
    await vasistas(page, 'recording:stop')
    await eventually(() => expect(kinds()).toContain('pointer-action'))
    const before = site.ingest.batches.length
    await page.click('#buy')
    await page.waitForTimeout(300)
    expect(site.ingest.batches.length).toBe(before)

    await vasistas(page, 'recording:start')
    await eventually(() => expect(site.ingest.starts).toHaveLength(2))
    await eventually(() => expect(new Set(site.ingest.accepted().map(({ header }) => header.stream)).size).toBe(2))
    expect(site.ingest.starts[1]?.resume).toBeDefined()
    expect(new Set(site.ingest.accepted().map(({ header }) => header.session)).size).toBe(1)
  })

  it('recording:off lasts over pages until the visitor consents anew', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await accept(page)
    await eventually(() => expect(kinds()).toContain('snapshot'))
    await vasistas(page, 'recording:off')
    await page.reload()
    await control(page).waitFor()
    await vasistas(page, 'recording:start')
    await vasistas(page, 'consent:grant')
    await page.waitForTimeout(300)
    expect(site.ingest.starts).toHaveLength(1)

    await vasistas(page, 'consent:withdraw')
    await vasistas(page, 'consent:grant')
    await eventually(() => expect(site.ingest.starts).toHaveLength(2))
  })

  it('marks made at any time hold, and events told early arrive', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({
      body: `<p id="early">early words</p><p id="late">late words</p><p>other words</p>
        <script>vasistas('mask', '#early'); vasistas('event', 'order placed', { things: 3 })</script>`,
    })
    await vasistas(page, 'event', 'before consent')
    await vasistas(page, 'block', '#late')
    await accept(page)
    await vasistas(page, 'event', 'while starting', { isLate: true })
    await eventually(() => expect(kinds()).toContain('custom'))
    await page.goto('about:blank')
    await eventually(() => expect(kinds()).toContain('custom'))
    const text = JSON.stringify(site.ingest.accepted().map(({ records }) => records))
    expect(text).toContain('other words')
    expect(text).not.toContain('early words')
    expect(text).not.toContain('late words')
    expect(text).toContain('while starting')
    expect(text).not.toContain('before consent')
    expect(text).not.toContain('order placed')
  })

  it('a call that cannot be understood warns once and does nothing', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await notice(page).waitFor()
    const warnings: string[] = []
    page.on('console', (message) => warnings.push(message.text()))
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    for (const name of ['identify', 'identify', 'constructor', 'chat:open']) await vasistas(page, name, 'x')
    for (const name of ['block', 'on']) await vasistas(page, name)
    await eventually(() => expect(warnings).toHaveLength(5))
    expect(errors).toEqual([])
    expect(warnings[0]).toContain('identify')
  })

  it('a second copy of the snippet changes nothing', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open()
    await notice(page).waitFor()
    await page.evaluate((server) => {
      const script = document.createElement('script')
      script.src = `${server}/v.js`
      script.dataset['site'] = 'AbCdEfGhIjKlMnOpQrStUv'
      document.head.append(script)
      return new Promise((resolve) => (script.onload = resolve))
    }, site.ingest.origin)
    await accept(page)
    await eventually(() => expect(kinds()).toContain('snapshot'))
    expect(await page.locator('vasistas-notice').count()).toBe(1)
    expect(site.ingest.starts).toHaveLength(1)
  })
})
