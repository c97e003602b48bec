import { eventually, type ChromiumPage } from '@vasistas/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSite, type Site, type Visitor } from './startSite.ts'
import { accept, storageOf, toldOf, vasistas } from './visit.ts'

describe('batches', () => {
  let site: Site

  beforeAll(async () => {
    site = await startSite()
  })
  afterAll(async () => {
    await site[Symbol.asyncDispose]()
  })
  beforeEach(() => site.ingest.reset())

  const accepted = () => site.ingest.accepted()
  const records = () => accepted().flatMap((batch) => batch.records)
  const kinds = () => records().map(({ type }) => type)
  const untilRecorded = (count = 1) => eventually(() => expect(accepted().length).toBeGreaterThanOrEqual(count))
  const sees = (word: string) => JSON.stringify(records()).includes(word)
  const streams = () => [...new Set(accepted().map(({ header }) => header.stream))]

  async function consented(visitor: Visitor, options: Parameters<Visitor['open']>[0] = {}): Promise<ChromiumPage> {
    const page = await visitor.open({ attributes: 'data-notice="off"', ...options })
    await vasistas(page, 'consent:grant')
    return page
  }

  it('arrive in order, one at a time, from a page and a snapshot on, without a preflight', async () => {
    await using visitor = await site.newVisitor()
    site.ingest.thinkMs = 150
    const page = await consented(visitor)
    await untilRecorded()
    for (const word of ['one', 'two', 'three', 'four', 'five']) {
      await mutate(page, 280_000, `word ${word}`)
      await page.waitForTimeout(250) // a record of its own
    }
    await eventually(() => expect(sees('word five')).toBe(true))
    const [stream] = streams()
    const mine = accepted().filter(({ header }) => header.stream === stream)
    expect(mine.map(({ header }) => header.sequence)).toEqual(mine.map((_, index) => index))
    expect(mine[0]?.records.slice(0, 2).map(({ type }) => type)).toEqual(['page', 'snapshot'])
    expect(mine[0]?.flags).toMatchObject({ snapshot: true, gzip: true, retry: false })
    expect(mine.every(({ header, records: sent }) => header.records === sent.length)).toBe(true)
    expect(site.ingest.mostAtOnce).toBe(1)
    expect(site.ingest.requests.filter((path) => path.startsWith('OPTIONS'))).toEqual([])
  })

  it.each([
    ['allows no worker', "worker-src 'none'"],
    ['wants trusted types', "worker-src blob:; require-trusted-types-for 'script'"],
  ])('are compressed, and the notice is shown, where the page’s policy %s', async (_, csp) => {
    await using visitor = await site.newVisitor()
    const page = await visitor.open({
      csp: `default-src 'none'; script-src SERVER 'unsafe-inline'; connect-src SERVER; ${csp}`,
    })
    await accept(page)
    await untilRecorded()
    expect(accepted()[0]?.flags.gzip).toBe(true)
    const control = page.locator('vasistas-notice button')
    expect(await control.evaluate((button) => getComputedStyle(button).position)).toBe('fixed')
  })

  it('lose nothing while the server is away for more than a minute', async () => {
    await using visitor = await site.newVisitor()
    const page = await visitor.newPage()
    await page.clock.install()
    await visitor.openIn(page, { attributes: 'data-notice="off"' })
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    site.ingest.isAway = true
    for (let second = 0; second < 75; second++) {
      await page.evaluate((n) => {
        const line = document.createElement('p')
        line.append(`line ${n}`)
        document.querySelector('#list')?.append(line)
      }, second)
      await page.clock.runFor(1000)
    }
    const before = accepted().length
    site.ingest.isAway = false
    await eventually(async () => {
      // Slowly: a request that takes half a minute of the page's time is given up.
      await page.clock.runFor(1000)
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(sees('line 74')).toBe(true)
    }, 60_000)
    expect(accepted().length).toBeGreaterThan(before)
    const missing = Array.from({ length: 75 }, (_, second) => `"line ${second}"`).filter((line) => !sees(line))
    expect(missing).toEqual([])
    expect(kinds()).not.toContain('gap')
    const mine = accepted()
    expect(mine.map(({ header }) => header.sequence)).toEqual(mine.map((_, index) => index))
    expect(mine.some(({ flags }) => flags.retry)).toBe(true)
  })

  it('are tried again when the server asks for time', async () => {
    await using visitor = await site.newVisitor()
    let refusals = 0
    site.ingest.onBatch = () => (refusals++ < 2 ? 429 : undefined)
    await consented(visitor)
    await untilRecorded()
    expect(site.ingest.batches.map(({ status }) => status)).toEqual([429, 429, 200])
    expect(site.ingest.batches.map(({ header }) => header.sequence)).toEqual([0, 0, 0])
  })

  it('arrive to the last click when the visitor leaves', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    await page.click('#buy')
    await page.evaluate(() => void setTimeout(() => location.assign('about:blank'), 50))
    await eventually(() => expect(kinds()).toContain('pointer-action'))
    expect(accepted().at(-1)?.flags.final).toBe(true)
  })

  it('arrive to the last click when the tab is closed', async () => {
    await using visitor = await site.newVisitor()
    await visitor.newPage() // the browser itself stays open
    const page = await consented(visitor)
    await untilRecorded()
    await page.click('#buy')
    await page.close({ runBeforeUnload: true })
    await eventually(() => expect(kinds()).toContain('pointer-action'))
  })

  it('that are too large for the last moment come with the next page, under their own names', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    await mutate(page, 200_000, 'tail', { leaves: true })
    await page.waitForURL('about:blank')
    await page.waitForTimeout(500)
    expect(sees('tail')).toBe(false)
    await visitor.openIn(page, { attributes: 'data-notice="off"' })
    await vasistas(page, 'consent:grant')
    await eventually(() => expect(sees('tail')).toBe(true))
    await eventually(() => expect(streams()).toHaveLength(2))
    const [first] = streams()
    const late = accepted().find((batch) => JSON.stringify(batch.records).includes('tail'))
    expect(late?.header).toMatchObject({ stream: first, sequence: 1 })
    await eventually(async () => expect(await keptIn(page)).toHaveLength(0))
  })

  it('that a page could not send come with the next page, and lie sealed until then', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    site.ingest.onBatch = () => 503
    await mutate(page, 300_000, 'canary')
    await eventually(async () => expect(await keptIn(page)).toHaveLength(1))
    const kept = await keptIn(page)
    expect(kept[0]?.text).not.toContain('canary')
    expect(kept[0]?.text).not.toContain('VSB1')
    expect(await isKeySecret(page)).toBe(true)

    await page.goto('about:blank')
    site.ingest.onBatch = () => undefined
    await visitor.openIn(page, { attributes: 'data-notice="off"' })
    await vasistas(page, 'consent:grant')
    await eventually(() => expect(sees('canary')).toBe(true))
    expect(site.ingest.starts[1]?.resume).toBeDefined()
  })

  it('that are older than a day are thrown away unsent', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    site.ingest.onBatch = () => 503
    await mutate(page, 300_000, 'canary')
    await eventually(async () => expect(await keptIn(page)).toHaveLength(1))
    await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const request = indexedDB.open('vasistas')
        request.onsuccess = () => resolve(request.result)
      })
      const store = database.transaction('unsent', 'readwrite').objectStore('unsent')
      const request = store.getAll()
      await new Promise((resolve) => (request.onsuccess = resolve))
      for (const entry of request.result as { at: number }[]) store.put({ ...entry, at: entry.at - 25 * 3600_000 })
      database.close()
    })
    await page.goto('about:blank')
    site.ingest.reset()
    await visitor.openIn(page, { attributes: 'data-notice="off"' })
    await vasistas(page, 'consent:grant')
    await untilRecorded()
    await eventually(async () => expect(await keptIn(page)).toHaveLength(0))
    expect(sees('canary')).toBe(false)
  })

  it('carry the renewed token from then on', async () => {
    await using visitor = await site.newVisitor()
    site.ingest.onBatch = ({ header }) => (header.sequence === 0 ? { token: `renewed.${header.session}.1` } : undefined)
    const page = await consented(visitor)
    await untilRecorded()
    await mutate(page, 300_000)
    await untilRecorded(2)
    expect(accepted()[1]?.header.token).toMatch(/^renewed\./)
    expect((await storageOf(page)).local['vasistas.session']).toContain('renewed.')
  })

  it('wait for a new start when the token says nothing any more, and none is lost', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    site.ingest.onBatch = () => (site.ingest.starts.length < 2 ? 401 : undefined)
    await mutate(page, 300_000, 'canary')
    await eventually(() => expect(site.ingest.starts).toHaveLength(2))
    expect(site.ingest.starts[1]?.resume).toBe(accepted()[0]?.header.token)
    await eventually(() => expect(sees('canary')).toBe(true))
    expect(streams()).toHaveLength(1)
    expect(
      accepted()
        .map(({ header }) => header.sequence)
        .slice(0, 2),
    ).toEqual([0, 1])
  })

  it('begin a new stream when the server begins a new session instead', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    site.ingest.onStart = () => ({ ok: true, session: 5000, token: 'token.5000.0' })
    site.ingest.onBatch = ({ header }) => (header.session === 5000 ? undefined : 401)
    await mutate(page, 300_000)
    await eventually(() => expect(accepted().at(-1)?.header.session).toBe(5000))
    const fresh = accepted().filter(({ header }) => header.session === 5000)
    expect(fresh[0]?.header.sequence).toBe(0)
    expect(fresh[0]?.records.slice(0, 2).map(({ type }) => type)).toEqual(['page', 'snapshot'])
  })

  it('end quietly when a new start does not help', async () => {
    await using visitor = await site.newVisitor()
    site.ingest.onBatch = () => 401
    const page = await consented(visitor)
    await eventually(async () =>
      expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason: 'forbidden' }]),
    )
    expect(site.ingest.starts).toHaveLength(2)
    await expectSilence(page)
  })

  it('end and take the ids along when the session is over for the server', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    site.ingest.onBatch = () => 410
    await mutate(page, 300_000)
    await eventually(async () => expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason: 'over' }]))
    expect(Object.keys((await storageOf(page)).local)).toEqual(['vasistas.consent'])
    await expectSilence(page)
  })

  it('that are too large leave a gap and a new snapshot', async () => {
    await using visitor = await site.newVisitor()
    const page = await consented(visitor)
    await untilRecorded()
    site.ingest.onBatch = ({ flags }) => (flags.snapshot ? undefined : 413)
    await mutate(page, 300_000)
    await eventually(() => expect(kinds()).toContain('gap'), 15_000)
    const after = kinds().slice(kinds().indexOf('gap'))
    expect(after.slice(0, 3)).toEqual(['gap', 'page', 'snapshot'])
  })

  it.each([
    ['a snapshot that is too large', 413, 'too-large'],
    ['a batch that it cannot read', 400, 'malformed'],
    ['an origin that the site does not list', 403, 'forbidden'],
  ])('end quietly when the server refuses %s', async (_, status, reason) => {
    await using visitor = await site.newVisitor()
    site.ingest.onBatch = () => status
    const page = await consented(visitor)
    await eventually(async () => expect(await toldOf(page)).toContainEqual(['recording:stopped', { reason }]))
    await expectSilence(page)
  })

  /** Nothing goes to the server, whatever happens in the page. */
  async function expectSilence(page: ChromiumPage): Promise<void> {
    const before = site.ingest.requests.length
    await mutate(page, 300_000)
    await page.click('#buy')
    await page.waitForTimeout(1500)
    expect(site.ingest.requests.slice(before)).toEqual([])
  }
})

/** Puts so many characters of ordinary words into the page, and one more word. */
/** With `leaves`, the page goes in the same breath: nothing of it can be sent before. */
function mutate(page: ChromiumPage, characters: number, word = 'end', { leaves = false } = {}): Promise<void> {
  return page.evaluate(
    ([count, last, isLast]) => {
      const words = ['sugar', 'salt', 'bread', 'butter', 'apple', 'pear', 'plum', 'cherry', 'nut', 'honey']
      const list = document.querySelector('#list')
      for (let length = 0, index = 0; length < count; index++) {
        const line = document.createElement('p')
        line.append(Array.from({ length: 20 }, (_, place) => words[(index * 7 + place * place) % 10]).join(' '))
        length += 200
        list?.append(line)
      }
      list?.append(last)
      if (isLast) setTimeout(() => location.assign('about:blank'), 50)
    },
    [characters, word, leaves] as const,
  )
}

/** What lies in the database for the next page, as text. */
function keptIn(page: ChromiumPage): Promise<readonly { readonly name: string; readonly text: string }[]> {
  return page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'vasistas')) return []
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('vasistas')
      request.onsuccess = () => resolve(request.result)
    })
    const request = database.transaction('unsent').objectStore('unsent').getAll()
    await new Promise((resolve) => (request.onsuccess = resolve))
    database.close()
    return (request.result as { name: string; bytes: Uint8Array }[]).map(({ name, bytes }) => ({
      name,
      text: new TextDecoder('latin1').decode(bytes),
    }))
  })
}

/** Whether the key that seals them can be read out by a script. */
function isKeySecret(page: ChromiumPage): Promise<boolean> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('vasistas')
      request.onsuccess = () => resolve(request.result)
    })
    const request = database.transaction('keys').objectStore('keys').get(0)
    await new Promise((resolve) => (request.onsuccess = resolve))
    database.close()
    const key = request.result as CryptoKey
    return crypto.subtle.exportKey('raw', key).then(
      () => false,
      () => !key.extractable,
    )
  })
}
