import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { eventually } from '@vasistas/testing'
import type { Manifest, Problem, RecordingDetail } from '@vasistas/wire/api'
import { decodeReplayBatches, encodeRecords, toRrwebEvent, type ReplayRecord } from '@vasistas/wire/recording'
import { createClock } from '../src/clock.ts'
import { createRandom } from '../src/random.ts'
import { createBatchReader } from '../src/replay/readBatches.ts'
import { openSharedStore } from '../src/store/openStore.ts'
import { createRecordingStore } from '../src/store/recordingStore.ts'
import { aClick, aPageLoad, randomId, type Visit } from './recorderClient.ts'
import { PAGE_ORIGIN, startShop, type Shop } from './startShop.ts'
import { PASSWORD, type Dashboard } from './startTestServer.ts'

const NOW = Date.now()

/** A recording of one page load: the page, then one batch per list of records; resolves when all is indexed. */
async function record(shop: Shop, { visit, batches = [] }: { visit?: Visit; batches?: ReplayRecord[][] } = {}) {
  const started = visit ?? (await shop.visit())
  const stream = started.openStream()
  const all = [aPageLoad(`${PAGE_ORIGIN}/`, NOW), ...batches]
  for (const records of all) expect((await stream.send(records)).status).toBe(200)
  await shop.waitFor(started.recording, ({ batches: count }) => count >= all.length)
  await waitForManifest(shop, started.recording, all.length)
  return { visit: started, recording: started.recording, stream, sent: all }
}

const waitForManifest = (shop: Shop, recording: string, batches: number): Promise<Manifest> =>
  eventually(async () => {
    const manifest = await shop.owner.get<Manifest>(`/api/recordings/${recording}/manifest`)
    expect(manifest.streams.flatMap((stream) => stream.batches)).toHaveLength(batches)
    return manifest
  })

const watch = (agent: Dashboard, recording: string) =>
  agent.fetch(`/api/recordings/${recording}/watches`, { method: 'POST' })

const fetchBatches = (agent: Dashboard, recording: string, stream: number, from = 0, to = 1000) =>
  agent.fetch(`/api/recordings/${recording}/batches?stream=${stream}&from=${from}&to=${to}`)

/** What is on disk, whatever the server remembers: without its key a frame is noise. */
async function keyStatusOf({ config }: Shop, session: number): Promise<string> {
  const store = await openSharedStore({ ...config, clock: createClock(), random: createRandom() })
  const { status } = await store.keys.findNow('session', session)
  await store.close()
  return status
}

/** What serves batches, on the same folder, to be read at the test's own pace. */
async function openReader({ config }: Shop) {
  const clock = createClock()
  const store = await openSharedStore({ ...config, clock, random: createRandom() })
  const recordings = createRecordingStore(store.meta, clock, store.ids)
  const reader = createBatchReader({ ...store, recordings, onDamaged: () => undefined })
  return { reader, [Symbol.asyncDispose]: () => store.close() }
}

const codeOf = async (response: Response): Promise<string> => ((await response.json()) as Problem).code

describe('recordings', () => {
  it('are listed newest first, page by page', async () => {
    await using shop = await startShop()
    const recorded = []
    for (let index = 0; index < 5; index++) recorded.push((await record(shop)).recording)
    const first = await shop.list('?limit=3')
    const second = await shop.list(`?limit=3&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(recorded.toReversed())
    expect(second.nextCursor).toBeNull()
    expect(first.items[0]).toMatchObject({
      siteId: shop.site.id,
      state: 'live',
      pages: 1,
      browser: 'Chrome 140',
      device: 'desktop',
      entryPath: '/',
      viewport: { width: 1280, height: 720 },
      watched: false,
      hasGaps: false,
      playable: true,
      visitorRecordings: 1,
    })
  })

  it('are filtered by what happened and by who was there', async () => {
    await using shop = await startShop()
    const visitor = randomId()
    const quiet = await record(shop)
    const clicks = Array.from({ length: 4 }, (_, index) => aClick(NOW + 1000 + index * 50))
    const angry = await record(shop, { visit: await shop.visit({ visitor }), batches: [clicks] })
    const broken = await record(shop, {
      visit: await shop.visit({ visitor }),
      batches: [
        [
          { type: 'navigation', at: NOW + 10, url: `${PAGE_ORIGIN}/basket` },
          { type: 'error', at: NOW + 20, name: 'TypeError', message: 'x is undefined' },
        ],
      ],
    })
    const ids = async (query: string) => (await shop.list(query)).items.map(({ id }) => id)
    expect(await ids('?withRage=true')).toEqual([angry.recording])
    expect(await ids('?withErrors=true')).toEqual([broken.recording])
    expect(await ids('?path=/basket')).toEqual([broken.recording])
    expect(await ids('?minPages=2')).toEqual([broken.recording])
    const label = (await shop.list('?withRage=true')).items[0]?.visitor ?? ''
    expect(await ids(`?visitor=${label}`)).toEqual([broken.recording, angry.recording])
    await watch(shop.owner, quiet.recording)
    expect(await ids('?unwatched=true')).toEqual([broken.recording, angry.recording])
    expect(await ids(`?site=${shop.site.id}&device=desktop`)).toHaveLength(3)
    expect(await ids('?device=mobile')).toEqual([])
  })

  it('refuse a query that means nothing', async () => {
    await using shop = await startShop()
    for (const query of ['limit=0', 'limit=101', 'cursor=nonsense', 'country=france', 'surprise=1', 'device=fridge']) {
      const response = await shop.owner.fetch(`/api/recordings?${query}`)
      expect([query, response.status]).toEqual([query, 400])
    }
  })

  it('name exactly the batches that are missing', async () => {
    await using shop = await startShop()
    const { recording, stream } = await record(shop)
    await stream.send([aClick(NOW + 2)], { sequence: 3 })
    await stream.send([aClick(NOW + 3)], { sequence: 6 })
    const manifest = await waitForManifest(shop, recording, 3)
    expect(manifest.streams).toMatchObject([
      {
        stream: stream.stream,
        gaps: [
          [1, 2],
          [4, 5],
        ],
        batches: [{ sequence: 0, hasSnapshot: true }, { sequence: 3 }, { sequence: 6 }],
      },
    ])
    expect((await shop.list()).items[0]).toMatchObject({ hasGaps: true, playable: true })
  })

  it('give their batches only to who said that he watches, and show that he did', async () => {
    await using shop = await startShop()
    const { recording, stream, sent } = await record(shop, { batches: [[aClick(NOW + 1)], [aClick(NOW + 2)]] })
    const early = await fetchBatches(shop.owner, recording, stream.stream)
    expect([early.status, await codeOf(early)]).toEqual([403, 'WATCH_NOT_LOGGED'])

    expect((await watch(shop.owner, recording)).status).toBe(201)
    const response = await fetchBatches(shop.owner, recording, stream.stream)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const batches = decodeReplayBatches(new Uint8Array(await response.arrayBuffer()))
    expect(batches.map(({ sequence }) => sequence)).toEqual([0, 1, 2])
    expect(batches.map(({ payload }) => gunzipSync(payload).toString())).toEqual(sent.map(encodeRecords))

    const part = await fetchBatches(shop.owner, recording, stream.stream, 1, 1)
    expect(decodeReplayBatches(new Uint8Array(await part.arrayBuffer())).map(({ sequence }) => sequence)).toEqual([1])

    const detail = await shop.owner.get<RecordingDetail>(`/api/recordings/${recording}`)
    expect(detail).toMatchObject({ watched: true, watches: [{ agent: 'Anna' }], pageViews: [{ path: '/' }] })
    const { items } = await shop.owner.get<{ items: unknown[] }>('/api/audit')
    expect(items).toContainEqual(
      expect.objectContaining({ actor: 'anna@shop.example', action: 'recording.watched', target: recording }),
    )
  })

  it('do not exist for another account, nor for who is not signed in', async () => {
    await using shop = await startShop()
    const { recording, stream } = await record(shop)
    await shop.admin.createAccount({ email: 'eve@other.example', name: 'Eve', password: PASSWORD, language: 'en' })
    const eve = await shop.signIn('eve@other.example')
    expect(await eve.get('/api/recordings')).toEqual({ items: [], nextCursor: null })
    expect(await eve.get(`/api/recordings?site=${shop.site.id}`)).toEqual({ items: [], nextCursor: null })
    const paths = ['', '/manifest', `/batches?stream=${stream.stream}&from=0&to=9`, '/export', '/assets/x']
    for (const path of paths) {
      const url = `/api/recordings/${recording}${path}`
      expect([path, (await eve.fetch(url)).status]).toEqual([path, 404])
      expect([path, (await fetch(shop.origin + url)).status]).toEqual([path, 401])
    }
    expect((await watch(eve, recording)).status).toBe(404)
    expect((await eve.fetch(`/api/recordings/${recording}`, { method: 'DELETE' })).status).toBe(404)
    expect((await shop.list()).items).toHaveLength(1)
  })

  it('are gone at once when erased, and their late batches are told so', async () => {
    await using shop = await startShop()
    const { recording, stream, visit } = await record(shop)
    const kept = await record(shop)
    await watch(shop.owner, recording)
    const response = await shop.owner.fetch(`/api/recordings/${recording}`, { method: 'DELETE' })
    expect(await response.json()).toEqual({ erased: 1 })
    for (const path of ['', '/manifest', `/batches?stream=${stream.stream}&from=0&to=9`, '/export']) {
      expect([path, (await shop.owner.fetch(`/api/recordings/${recording}${path}`)).status]).toEqual([path, 404])
    }
    expect((await shop.list()).items.map(({ id }) => id)).toEqual([kept.recording])
    expect((await stream.send([aClick(NOW)])).status).toBe(410)
    expect(await keyStatusOf(shop, visit.session)).toBe('shredded')
    expect(await keyStatusOf(shop, kept.visit.session)).toBe('found')
    const { items } = await shop.owner.get<{ items: unknown[] }>('/api/audit')
    expect(items).toContainEqual(expect.objectContaining({ action: 'recording.erased', target: recording }))
  })

  it('end a download that is under way when they are erased', async () => {
    await using shop = await startShop()
    const clicks = Array.from({ length: 99 }, (_, index) => [aClick(NOW + index)])
    const { recording, stream, visit } = await record(shop, { batches: clicks })
    await using opened = await openReader(shop)
    const reading = opened.reader.read({ id: visit.session, siteId: shop.site.id }, stream.stream, { from: 0, to: 999 })
    expect((await reading.next()).value).toMatchObject({ sequence: 0 })
    await shop.owner.fetch(`/api/recordings/${recording}`, { method: 'DELETE' })
    let rest = 0
    for await (const _ of reading) rest++
    // What was already decided to be sent, and nothing beyond: the key is looked for again every 64 batches.
    expect(rest).toBeLessThan(64)
  })

  it('are exported as the events that were sent, page load after page load', async () => {
    await using shop = await startShop()
    const visit = await shop.visit()
    const first = await record(shop, { visit, batches: [[aClick(NOW + 1), aClick(NOW + 2)], []] })
    const stream = visit.openStream()
    const second = [aPageLoad(`${PAGE_ORIGIN}/basket`, NOW + 60_000), [aClick(NOW + 60_500)]]
    for (const records of second) await stream.send(records)
    await waitForManifest(shop, visit.recording, 5)
    const sent = [...first.sent, ...second].flat().map(toRrwebEvent)

    const response = await shop.owner.fetch(`/api/recordings/${visit.recording}/export`)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(sent)))

    const whole = await shop.owner.get<Record<string, unknown>>(`/api/recordings/${visit.recording}/export?format=json`)
    expect(whole).toMatchObject({ recording: { id: visit.recording, pages: 2 }, streams: [{ gaps: [] }, { gaps: [] }] })
    expect(whole['events']).toEqual(JSON.parse(JSON.stringify(sent)))
    const { items } = await shop.owner.get<{ items: unknown[] }>('/api/audit')
    expect(items).toContainEqual(expect.objectContaining({ action: 'recording.exported', target: visit.recording }))
  })

  it('never give out what the second privacy pass set aside, nor what could not be opened', async () => {
    await using shop = await startShop()
    const { recording, stream } = await record(shop)
    const secret = 'typed-although-inputs-are-off'
    await stream.send([{ type: 'input', at: NOW + 5, node: 3, text: secret, checked: false }])
    await stream.send([], { payload: new TextEncoder().encode('{"not":"a list"}') })
    await stream.send([aClick(NOW + 6)])
    const detail = await shop.waitFor(
      recording,
      ({ quarantinedBatches, poisonedBatches }) => quarantinedBatches + poisonedBatches === 2,
    )
    expect(detail).toMatchObject({ batches: 4, quarantinedBatches: 1, poisonedBatches: 1 })
    const manifest = await waitForManifest(shop, recording, 2)
    expect(manifest.streams[0]).toMatchObject({ gaps: [[1, 2]], batches: [{ sequence: 0 }, { sequence: 3 }] })
    await watch(shop.owner, recording)
    const response = await fetchBatches(shop.owner, recording, stream.stream)
    const batches = decodeReplayBatches(new Uint8Array(await response.arrayBuffer()))
    expect(batches.map(({ sequence }) => sequence)).toEqual([0, 3])
    expect(await (await shop.owner.fetch(`/api/recordings/${recording}/export`)).text()).not.toContain(secret)
  })
})
