import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'

import { LIMITS } from '@vasistas/wire/core'
import { encodeEnvelope, encodeRecords, rrweb, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'
import { describe, expect, it, onTestFinished } from 'vitest'

import { aClick, aPageLoad, startVisit, type VisitStream } from './recorderClient.ts'
import { PAGE_ORIGIN, startIngestServer, type IngestServer, type IngestServerOptions } from './startIngestServer.ts'

const at = Date.now() - 60_000
const page = `${PAGE_ORIGIN}/shelf`

async function openStream(server: IngestServer): Promise<VisitStream & { session: number; token: string }> {
  const visit = await startVisit({ origin: server.origin, site: server.site.key, pageOrigin: PAGE_ORIGIN, page })
  return { ...visit.openStream(), session: visit.session, token: visit.token }
}

/** A payload as it is, under a header that says nothing of its size. */
function sendBytes(
  server: IngestServer,
  { session, stream, token }: { session: number; stream: number; token: string },
  payload: Uint8Array,
): Promise<Response> {
  const header = { session, stream, sequence: 0, sentAt: at, records: 1, firstAt: at, lastAt: at, rawBytes: 10, token }
  const flags = { gzip: true, final: false, snapshot: false, retry: false }
  return fetch(`${server.origin}/v1/b`, {
    method: 'POST',
    body: encodeEnvelope({ flags, header, payload }),
    headers: { origin: PAGE_ORIGIN, 'content-type': 'text/plain' },
  })
}

const sessionOf = (server: IngestServer, id: number) =>
  server.store.meta.read.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const statesOf = async (server: IngestServer) =>
  (await server.store.meta.read.selectFrom('batch').select('state').orderBy('sequence').execute()).map(
    ({ state }) => state,
  )

async function poisonedBy(payload: Uint8Array, options: IngestServerOptions = {}): Promise<string | undefined> {
  await using server = await startIngestServer(options)
  const stream = await openStream(server)
  expect((await sendBytes(server, stream, payload)).status).toBe(200)
  await stream.send(aPageLoad(page, at), { sequence: 1 })
  await expect.poll(() => statesOf(server), { timeout: 40_000, interval: 100 }).toEqual([2, 1])
  const row = await server.store.meta.read.selectFrom('poisoned_batch').select('reason').executeTakeFirst()
  expect(await sessionOf(server, stream.session)).toMatchObject({ poisoned: 1, is_playable: 1 })
  return row?.reason
}

const element = (tagName: string, attributes: Record<string, string | true>, childNodes: SerializedNode[] = []) =>
  ({ type: rrweb.NODE.element, id: 10, tagName, attributes, childNodes }) as SerializedNode
const text = (textContent: string) => ({ type: rrweb.NODE.text, id: 11, textContent }) as SerializedNode
const showing = (...children: SerializedNode[]) => aPageLoad(page, at, children)

describe('indexing', () => {
  it('counts what happened, and only in what was told', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    await stream.send([...showing(text('Hello')), aClick(at + 1000), aClick(at + 1200), aClick(at + 1400)])
    await stream.send([
      { type: 'navigation', at: at + 5000, url: `${PAGE_ORIGIN}/basket` },
      { type: 'error', at: at + 5100, name: 'TypeError', message: '' },
      { type: 'custom', at: at + 5200, name: 'bought', props: { items: 2 } },
      { type: 'input', at: at + 6000, node: 5, text: '•••••', checked: false },
    ])
    await server.indexing.idle()
    expect(await sessionOf(server, stream.session)).toMatchObject({
      batches: 2,
      records: 9,
      pages: 2,
      clicks: 3,
      rage_clicks: 1,
      inputs: 1,
      errors: 1,
      duration_ms: 6000,
      active_ms: 400 + 1000,
      entry_path: '/shelf',
      exit_path: '/basket',
      is_playable: 1,
      viewport_width: 1280,
    })
    const markers = await server.store.meta.read.selectFrom('marker').select(['kind', 'label']).orderBy('at').execute()
    expect(markers).toEqual([
      { kind: 'rage-click', label: '' },
      { kind: 'error', label: 'TypeError' },
      { kind: 'event', label: 'bought' },
    ])
  })

  it('sees no second page view in a fresh snapshot of the same page', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    for (const [index, url] of [page, page, `${PAGE_ORIGIN}/other`].entries()) {
      await stream.send(aPageLoad(url, at + index * 10_000))
      await server.indexing.idle()
    }
    expect(await sessionOf(server, stream.session)).toMatchObject({ pages: 2, exit_path: '/other' })
  })

  it('places records on the server’s clock, however wrong the visitor’s is', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    const wrong = Date.UTC(1999, 0, 1)
    const before = Date.now()
    await stream.send(aPageLoad(page, wrong), { sentAt: wrong + 100 })
    await server.indexing.idle()
    const [view] = await server.store.meta.read.selectFrom('page_view').select('at').execute()
    expect(Math.abs((view?.at ?? 0) - before)).toBeLessThan(60_000)
  })

  it('takes up after a restart what was stored, or claimed, and not yet opened', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vasistas-restart-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const first = await startIngestServer({ folder })
    const stream = await openStream(first)
    await first.indexing.close()
    await stream.send(showing(text('Hello')))
    await stream.send([aClick(at)])
    await first.store.indexing.claim(1, 3600_000)
    await first.close()
    await using second = await startIngestServer({ folder })
    await second.indexing.idle()
    expect(await statesOf(second)).toEqual([1, 1])
  })

  it('wants the images that a recording shows', async () => {
    const wanted: string[] = []
    await using server = await startIngestServer({
      indexing: { wantAssets: async (_transaction, _site, _session, urls) => void wanted.push(...urls) },
    })
    const stream = await openStream(server)
    await stream.send(showing(element('img', { src: `${PAGE_ORIGIN}/door.png` })))
    await server.indexing.idle()
    expect(wanted).toEqual([`${PAGE_ORIGIN}/door.png`])
  })
})

describe('the second privacy pass', () => {
  it('counts nothing of what it sets aside, and goes on with the rest', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    await stream.send([{ type: 'input', at, node: 5, text: 'Ada', checked: false }])
    await stream.send([aClick(at)])
    await server.indexing.idle()
    expect(await statesOf(server)).toEqual([3, 1])
    expect(await sessionOf(server, stream.session)).toMatchObject({ quarantined: 1, inputs: 0, clicks: 1, batches: 2 })
  })

  it('follows the settings of the site as they are now', async () => {
    await using server = await startIngestServer({ site: { settings: { recordFormInputs: true } } })
    const stream = await openStream(server)
    const typed: ReplayRecord[] = [{ type: 'input', at, node: 5, text: 'two doors', checked: true }]
    await stream.send(typed)
    await server.indexing.idle()
    await server.store.sites.update(server.site.id, { settings: { recordFormInputs: false } })
    await stream.send(typed)
    await server.indexing.idle()
    expect(await statesOf(server)).toEqual([1, 3])
  })
})

describe('batches that cannot be opened', () => {
  it('sets aside a zip bomb alone', async () => {
    expect(await poisonedBy(gzipSync(Buffer.alloc(LIMITS.rawBytes + 1, 32)))).toBe('RAW_TOO_LARGE')
  })

  it('gives up a batch that kills its thread three times, and harms no other', async () => {
    const objects = gzipSync(`[[${'{},'.repeat(2_000_000)}{}]]`)
    const workers = { size: 1, memoryMb: 24 }
    expect(await poisonedBy(objects, { indexing: { workers } })).toBe('WORKER_DIED')
  })

  it('gives up a batch that takes too long', async () => {
    const slow = gzipSync(`[[${'{},'.repeat(2_000_000)}{}]]`)
    await using server = await startIngestServer({ indexing: { workers: { size: 1, timeoutMs: 30 } } })
    const stream = await openStream(server)
    await sendBytes(server, stream, slow)
    await expect.poll(() => statesOf(server), { timeout: 40_000, interval: 100 }).toEqual([2])
    const row = await server.store.meta.read.selectFrom('poisoned_batch').select('reason').executeTakeFirst()
    expect(row?.reason).toBe('TOOK_TOO_LONG')
  })

  it.each([
    [
      'a time beyond every calendar',
      { type: 4, timestamp: Number.MAX_SAFE_INTEGER, data: { href: page, width: 1, height: 1 } },
    ],
    ['a time beyond every integer', { type: 4, timestamp: 1e300, data: { href: page, width: 1, height: 1 } }],
    ['a page as large as nothing is', { type: 4, timestamp: at, data: { href: page, width: 1e300, height: 1 } }],
  ])('sets aside %s alone', async (_what, event) => {
    expect(await poisonedBy(gzipSync(JSON.stringify([event])))).toBe('NUMBER_OUT_OF_RANGE')
  })

  it('goes on beside one whose key is damaged, and gives that up in the end', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vasistas-damaged-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const before = await startIngestServer({ folder })
    const bad = await openStream(before)
    await bad.send(showing(text('Hello')))
    await before.indexing.idle()
    await before.close()
    const damage = (file: string, statement: string) => {
      using database = new DatabaseSync(join(folder, 'data', file))
      database.exec(statement)
    }
    damage('keys.db', "UPDATE data_key SET wrapped = zeroblob(60) WHERE kind = 'session'")
    damage('meta.db', 'UPDATE batch SET state = 0, attempts = 0')

    await using server = await startIngestServer({ folder })
    const good = await openStream(server)
    await good.send(showing(text('Hello')))
    const isPlayable = async () => (await sessionOf(server, good.session)).is_playable
    await expect.poll(isPlayable, { timeout: 20_000 }).toBe(1)
    await expect.poll(() => server.failures.length, { timeout: 20_000 }).toBeGreaterThan(0)
    await server.store.meta.write((transaction) =>
      transaction.updateTable('batch').set({ attempts: 10, lease_until: 0 }).where('state', '=', 0).execute(),
    )
    const reasons = () => server.store.meta.read.selectFrom('poisoned_batch').select('reason').execute()
    await expect.poll(reasons, { timeout: 20_000 }).toEqual([{ reason: 'KEEPS_FAILING' }])
  })

  it('is not led astray by names of prototypes', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    const payload = `[{"type":3,"timestamp":${at},"data":{"source":3,"id":1,"x":0,"y":0,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}]`
    await stream.send([aClick(at)], { payload: Buffer.from(payload) })
    await server.indexing.idle()
    expect(await statesOf(server)).toEqual([1])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('opens text that is not UTF-8 with replacement characters', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    const bytes = Buffer.from(encodeRecords([{ type: 'custom', at, name: 'XX', props: {} }]), 'latin1')
    bytes.fill(0xff, bytes.indexOf('XX'), bytes.indexOf('XX') + 2)
    await stream.send([aClick(at)], { payload: bytes })
    await server.indexing.idle()
    const [marker] = await server.store.meta.read.selectFrom('marker').select('label').execute()
    expect(marker?.label).toBe('\ufffd\ufffd')
  })

  it('tries again what an operator asks for, and counts it once', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    await stream.send([aClick(at)], { payload: Buffer.from('no'), gzip: false })
    await server.indexing.idle()
    expect(await server.store.indexing.retryPoisoned('PAYLOAD_NOT_JSON')).toBe(1)
    await server.indexing.idle()
    expect(await sessionOf(server, stream.session)).toMatchObject({ poisoned: 1 })
    const rows = await server.store.meta.read.selectFrom('poisoned_batch').select('reason').execute()
    expect(rows).toEqual([{ reason: 'PAYLOAD_NOT_JSON' }])
  })
})

describe('retention', () => {
  it('erases what is past its date: keys, rows, files', async () => {
    let now = Date.now()
    const clock = { now: () => now, mono: () => performance.now() }
    await using server = await startIngestServer({ clock, site: { settings: { retentionDays: 1 } } })
    const stream = await openStream(server)
    await stream.send(showing(text('Hello')))
    await server.indexing.idle()
    now += 2 * 86_400_000
    await startVisit({ origin: server.origin, site: server.site.key, pageOrigin: PAGE_ORIGIN })
    await server.retention.sweep()
    const { read } = server.store.meta
    expect(await read.selectFrom('session').select('id').where('id', '=', stream.session).execute()).toEqual([])
    expect(await read.selectFrom('batch').select('sequence').execute()).toEqual([])
    expect((await server.store.keys.findNow('session', stream.session)).status).toBe('shredded')
    const [receipt] = await read.selectFrom('erasure').selectAll().execute()
    expect(receipt).toMatchObject({ scope: 'expired', sessions: 1, shredded_at: now, cleaned_at: now })
  })

  it('applies a shorter retention to what is stored already', async () => {
    let now = Date.now()
    const clock = { now: () => now, mono: () => performance.now() }
    await using server = await startIngestServer({ clock })
    await openStream(server)
    now += 10 * 86_400_000
    await server.retention.sweep()
    expect(await server.store.meta.read.selectFrom('session').select('id').execute()).toHaveLength(1)
    await server.store.sites.update(server.site.id, { settings: { retentionDays: 7 } })
    await server.retention.sweep()
    expect(await server.store.meta.read.selectFrom('session').select('id').execute()).toEqual([])
    expect(await server.store.meta.read.selectFrom('visitor').select('id').execute()).toEqual([])
  })

  it('finishes an erasure that was interrupted', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    await stream.send(showing(text('Hello')))
    await server.store.erasures.begin({ accountId: 1, scope: 'recording', subjectHash: new Uint8Array(32) }, [
      stream.session,
    ])
    await server.retention.sweep()
    expect(await server.store.meta.read.selectFrom('session').select('id').execute()).toEqual([])
    expect((await server.store.keys.findNow('session', stream.session)).status).toBe('shredded')
  })

  it('wraps keys anew although something else of the round fails', async () => {
    let now = Date.now()
    const clock = { now: () => now, mono: () => performance.now() }
    await using server = await startIngestServer({ clock })
    const [gone, kept] = [await openStream(server), await openStream(server)]
    await gone.send(showing(text('Hello')))
    await server.indexing.idle()
    await server.retention.erasure.eraseRecording((await sessionOf(server, gone.session)).recording)
    await server.store.segments.close()
    const { file } = await server.store.meta.read.selectFrom('segment').select('file').executeTakeFirstOrThrow()
    const path = join(server.folder, 'data/segments', file)
    await rm(path)
    await mkdir(join(path, 'cannot be removed as a file'), { recursive: true })

    now += 2 * 86_400_000
    await server.retention.sweep()
    expect(server.failures).toHaveLength(1)
    using keys = new DatabaseSync(join(server.folder, 'data/keys.db'), { readOnly: true })
    const { epoch } = keys.prepare('SELECT epoch FROM data_key WHERE ref = ?').get(kept.session) as { epoch: number }
    expect(epoch).toBe(Math.floor(now / 86_400_000))
  })

  it('gives the disk back when nothing in a segment lives any more', async () => {
    const first = await startIngestServer()
    await using server = first
    const stream = await openStream(server)
    await stream.send(showing(text('Hello')))
    const session = await sessionOf(server, stream.session)
    await server.retention.erasure.eraseRecording(session.recording)
    await server.store.segments.close()
    await server.retention.sweep()
    expect(await server.store.meta.read.selectFrom('segment').select('id').execute()).toEqual([])
  })
})
