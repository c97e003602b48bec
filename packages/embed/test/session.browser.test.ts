import { eventually, type ChromiumPage } from '@vasistas/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSite, type Site, type Visitor } from './startSite.ts'
import { storageOf, toldOf, vasistas } from './visit.ts'

const ATTRIBUTES = 'data-notice="off"'
const MINUTE = 60_000

describe('a session', () => {
  let site: Site

  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
  })
  beforeEach(() => site.ingest.reset())

  const accepted = () => site.ingest.accepted()
  const streams = () => new Set(accepted().map(({ header }) => header.stream))
  const sessions = () => new Set(accepted().map(({ header }) => header.session))
  const snapshots = () => accepted().flatMap(({ records }) => records.filter(({ type }) => type === 'snapshot'))
  const untilRecorded = (count = 1) => eventually(() => expect(accepted().length).toBeGreaterThanOrEqual(count))

  async function consented(visitor: Visitor): Promise<ChromiumPage> {
    const page = await visitor.open({ attributes: ATTRIBUTES })
    await vasistas(page, 'consent:grant')
    return page
  }

  /** A page whose time the test moves. */
  async function consentedWithClock(visitor: Visitor): Promise<ChromiumPage> {
    const page = await visitor.newPage()
    await page.clock.install()
    await visitor.openIn(page, { attributes: ATTRIBUTES })
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    return page
  }

  it('goes on over pages, each with a stream of its own that begins with a page and a snapshot', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    await visitor.openIn(page, { attributes: ATTRIBUTES, path: '/next' })
    await eventually(() => expect(streams().size).toBe(2))
    expect(sessions().size).toBe(1)
    expect(site.ingest.starts.map(({ resume }) => resume)).toEqual([undefined, accepted()[0]?.header.token])
    expect(new Set(site.ingest.starts.map(({ visitor: id }) => id)).size).toBe(1)
    for (const stream of streams()) {
      const first = accepted().find(({ header }) => header.stream === stream && header.sequence === 0)
      expect(first?.records.slice(0, 2).map(({ type }) => type)).toEqual(['page', 'snapshot'])
    }
    expect(site.ingest.starts[1]?.page).toBe(`${site.origin}/next`)
  })

  it('is one for tabs that are opened at the same moment', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    await page.evaluate(() => {
      localStorage.removeItem('vasistas.session') // as after a night
    })
    site.ingest.reset()
    const pages = await Promise.all([visitor.newPage(), visitor.newPage(), visitor.newPage()])
    await Promise.all(pages.map((tab) => visitor.openIn(tab, { attributes: ATTRIBUTES })))
    await eventually(() => expect(site.ingest.starts).toHaveLength(3))
    await eventually(() => expect(streams().size).toBeGreaterThanOrEqual(3))
    expect(site.ingest.starts.filter(({ resume }) => resume === undefined)).toHaveLength(1)
  })

  it('sends no part of an address that could name the visitor', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({ attributes: ATTRIBUTES, path: '/next?email=ann@example.com&token=abc#ann' })
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    expect(site.ingest.starts[0]?.page).toBe(`${site.origin}/next`)
  })

  it('ends after half an hour of silence; the next thing the visitor does begins another', async () => {
    await using visitor = await site.newVisitor()
    const page = await consentedWithClock(visitor)
    await page.clock.runFor(31 * MINUTE)
    // The page changes by itself: that is nobody's session.
    await page.evaluate(() => document.querySelector('#list')?.append('by itself'))
    await page.clock.runFor(1000)
    expect(site.ingest.starts).toHaveLength(1)

    await page.click('#buy')
    await page.clock.runFor(1000)
    await eventually(async () => {
      await page.clock.runFor(500)
      expect(sessions().size).toBe(2)
    })
    expect(site.ingest.starts[1]?.resume).toBeUndefined()
    const [, second] = [...sessions()]
    const fresh = accepted().filter(({ header }) => header.session === second)
    expect(fresh[0]?.header.sequence).toBe(0)
    expect(fresh[0]?.records.slice(0, 2).map(({ type }) => type)).toEqual(['page', 'snapshot'])
    expect(JSON.stringify(fresh[0]?.records)).toContain('by itself')
  })

  it('goes on for a page that slept while the visitor was busy in another tab', async () => {
    await using visitor = await site.newVisitor()
    const page = await consentedWithClock(visitor)
    await page.clock.runFor(31 * MINUTE)
    await page.evaluate(() => {
      const session = JSON.parse(localStorage.getItem('vasistas.session') ?? '{}') as object
      localStorage.setItem('vasistas.session', JSON.stringify({ ...session, activeAt: Date.now() - 1000 }))
    })
    await page.click('#buy')
    await eventually(async () => {
      await page.clock.runFor(500)
      expect(streams().size).toBe(2)
    })
    expect(sessions().size).toBe(1)
  })

  it('ends before the four hours that the server allows', async () => {
    await using visitor = await site.newVisitor()
    const page = await consentedWithClock(visitor)
    for (let step = 0; step < 12; step++) {
      await page.clock.runFor(20 * MINUTE)
      await page.mouse.move(10 + step, 10)
      await page.click('#buy')
      await page.clock.runFor(1000)
    }
    await eventually(async () => {
      await page.clock.runFor(500)
      expect(sessions().size).toBe(2)
    })
  })

  it('gets a full snapshot every five minutes while something happens, and none while nothing does', async () => {
    await using visitor = await site.newVisitor()
    const page = await consentedWithClock(visitor)
    expect(snapshots()).toHaveLength(1)
    await page.clock.runFor(20 * MINUTE)
    await page.clock.runFor(1000)
    expect(snapshots()).toHaveLength(1)
    await page.click('#buy')
    await eventually(async () => {
      await page.clock.runFor(5000)
      expect(snapshots()).toHaveLength(2)
    })
  })

  it('gives a snapshot when the server wishes one, and follows the rhythm it asks for', async () => {
    await using visitor = await site.newVisitor()
    site.ingest.onBatch = ({ header }) => (header.sequence === 0 ? { snapshot: true, flushMs: 300 } : undefined)
    await consented(visitor)
    await eventually(() => expect(snapshots()).toHaveLength(2), 4000)
  })

  it.each(['not-sampled', 'recording-off', 'page-excluded', 'bot', 'origin-not-allowed'] as const)(
    'that is refused (%s) ends quietly',
    async (reason) => {
      await using visitor = await site.newVisitor()
      site.ingest.onStart = () => ({ ok: false, reason })
      const page = await visitor.newPage()
      const printed: string[] = []
      page.on('console', (message) => {
        // The browser asks the site for an icon, which it does not have.
        if (!message.location().url.endsWith('/favicon.ico')) printed.push(message.text())
      })
      page.on('pageerror', (error) => printed.push(error.message))
      await visitor.openIn(page, { attributes: ATTRIBUTES })
      await vasistas(page, 'consent:grant')
      await eventually(async () => expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason }]))
      await page.click('#buy')
      await page.waitForTimeout(300)
      expect(site.ingest.starts).toHaveLength(1)
      expect(site.ingest.batches).toEqual([])
      expect(printed).toEqual([])
    },
  )

  it('is asked for again when the server is busy or away', async () => {
    await using visitor = await site.newVisitor()
    const answers = [503, { ok: false, reason: 'busy', retryAfterMs: 200 } as const, undefined]
    site.ingest.onStart = () => answers[site.ingest.starts.length - 1]
    await consented(visitor)
    await untilRecorded()
    expect(site.ingest.starts).toHaveLength(3)
    expect(new Set(site.ingest.starts.map(({ nonce }) => nonce)).size).toBe(1)
  })

  it('does not begin under settings that cannot be followed', async () => {
    await using visitor = await site.newVisitor()
    site.ingest.privacy = { block: ['div[['] }
    const page = await consented(visitor)
    await eventually(async () =>
      expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason: 'settings-invalid' }]),
    )
    expect(site.ingest.batches).toEqual([])
  })

  it('keeps a field hidden that was a password before, from one session to the next', async () => {
    await using visitor = await site.newVisitor()
    site.ingest.privacy = { recordFormInputs: true }
    const page = await visitor.newPage()
    await page.clock.install()
    await visitor.openIn(page, {
      attributes: ATTRIBUTES,
      body: '<button id="buy">Buy</button><form><input id="secret" type="password"></form>',
    })
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    await page.fill('#secret', 'opensesame')
    await page.evaluate(() => document.querySelector('#secret')?.setAttribute('type', 'text'))
    await page.clock.runFor(1000)
    await page.clock.runFor(31 * MINUTE)
    await page.click('#buy')
    await eventually(async () => {
      await page.clock.runFor(500)
      expect(sessions().size).toBe(2)
    })
    expect(JSON.stringify(accepted().map(({ records }) => records))).not.toContain('opensesame')
  })

  it.each([
    ['the site stopped and started recording', [['recording:stop'], ['recording:start']]],
    ['the visitor withdrew and agreed anew', [['consent:withdraw'], ['consent:grant']]],
  ])('keeps such a field hidden after %s', async (_, calls) => {
    await using visitor = await site.newVisitor()
    site.ingest.privacy = { recordFormInputs: true }
    const page = await visitor.open({
      attributes: ATTRIBUTES,
      body: '<button id="buy">Buy</button><form><input id="field" type="password"><input id="other"></form>',
    })
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    await page.fill('#field', 'opensesame')
    await page.fill('#other', 'plain words')
    await page.evaluate(() => document.querySelector('#field')?.setAttribute('type', 'text'))
    await page.waitForTimeout(400)
    for (const call of calls) await vasistas(page, ...call)
    await eventually(() => expect(site.ingest.starts).toHaveLength(2))
    await eventually(() => expect(streams().size).toBe(2))
    const text = JSON.stringify(accepted().map(({ records }) => records))
    expect(text).toContain('plain words')
    expect(text).not.toContain('opensesame')
  })

  it('leaves nothing in the browser but its own three entries and its database', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    const storage = await storageOf(page)
    expect(Object.keys(storage.local).sort()).toEqual(['vasistas.consent', 'vasistas.session', 'vasistas.visitor'])
    expect(storage).toMatchObject({ session: {}, cookies: '', databases: ['vasistas'] })
  })
})
