import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  gzip: boolean,
): Promise<Response> {
  const header = { session, stream, sequence: 0, sentAt: at, records: 1, firstAt: at, lastAt: at, rawBytes: 10, token }
  const flags = { gzip, final: false, snapshot: false, retry: false }
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

async function reasonFor(
  records: readonly ReplayRecord[],
  options: IngestServerOptions = {},
): Promise<string | undefined> {
  await using server = await startIngestServer(options)
  const stream = await openStream(server)
  expect((await stream.send(records)).status).toBe(200)
  await server.indexing.idle()
  const row = await server.store.meta.read.selectFrom('quarantined_batch').select('reason').executeTakeFirst()
  return row?.reason
}

async function poisonedBy(
  payload: Uint8Array,
  gzip: boolean,
  options: IngestServerOptions = {},
): Promise<string | undefined> {
  await using server = await startIngestServer(options)
  const stream = await openStream(server)
  expect((await sendBytes(server, stream, payload, gzip)).status).toBe(200)
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
  it.each<[string, string, ReplayRecord[]]>([
    ['a value typed into a form', 'input-value', [{ type: 'input', at, node: 5, text: 'Ada', checked: false }]],
    ['a box that was ticked', 'input-state', [{ type: 'input', at, node: 5, text: '', checked: true }]],
    ['a value attribute', 'input-value', showing(element('input', { value: 'Ada' }))],
    ['the text of a text area', 'input-value', showing(element('textarea', {}, [text('Ada')]))],
    ['the choice of a list', 'input-state', showing(element('option', { selected: true }))],
    ['a placeholder', 'input-value', showing(element('input', { placeholder: 'Ada' }))],
    ['a card number', 'text', showing(text('pay with 4111 1111 1111 1111'))],
    ['an account number', 'text', showing(text('IBAN FR76 3000 6000 0112 3456 7890 189'))],
    ['a token', 'text', showing(text('key sk_live_51Habcdefghijkl'))],
    ['an event handler', 'attribute-name', showing(element('img', { onerror: 'alert(1)' }))],
    ['srcdoc', 'attribute-name', showing(element('iframe', { srcdoc: '<script>alert(1)</script>' }))],
    // oxlint-disable-next-line no-script-url -- it must be set aside
    ['a javascript: address', 'url', showing(element('a', { href: 'javascript:alert(1)' }))],
    ['a query in an address', 'url', showing(element('a', { href: 'https://shop.example/?session=1' }))],
    ['a query in an image’s address', 'url', showing(element('img', { src: 'https://shop.example/a.png?id=7' }))],
    ['a query in the page’s address', 'page-url', aPageLoad(`${page}?q=1`, at)],
    ['a script', 'script', showing(element('script', {}, [text('alert(1)')]))],
    ['an attribute nobody named', 'attribute-name', showing(element('div', { 'aria-label': 'Ada' }))],
    ['an element that is none', 'element-name', showing(element('ada@example', {}))],
    ['a comment in a sheet', 'style', showing(element('style', { _cssText: '/* Ada */ a{color:red}' }))],
    ['a style with an address', 'style', showing(element('div', { style: 'background:url(https://x.example/?a=1)' }))],
    ['an error that quotes', 'error-text', [{ type: 'error', at, name: 'Error', message: 'card 4111111111111111' }]],
    ['an event that tells a token', 'event-text', [{ type: 'custom', at, name: 'x', props: { t: 'ghp_abcdefgh123' } }]],
    [
      'an attribute that a mutation adds',
      'attribute-name',
      [
        {
          type: 'mutation',
          at,
          adds: [],
          removes: [],
          texts: [],
          attributes: [{ id: 5, attributes: { onclick: 'x()' } }],
        },
      ],
    ],
    [
      'a text that a mutation changes',
      'text',
      [{ type: 'mutation', at, adds: [], removes: [], attributes: [], texts: [{ id: 5, value: '4111111111111111' }] }],
    ],
  ])('sets aside %s', async (_, reason, records) => {
    expect(await reasonFor(records)).toBe(reason)
  })

  it('counts nothing of what it sets aside, and goes on with the rest', async () => {
    await using server = await startIngestServer()
    const stream = await openStream(server)
    await stream.send([{ type: 'input', at, node: 5, text: 'Ada', checked: false }])
    await stream.send([aClick(at)])
    await server.indexing.idle()
    expect(await statesOf(server)).toEqual([3, 1])
    expect(await sessionOf(server, stream.session)).toMatchObject({ quarantined: 1, inputs: 0, clicks: 1, batches: 2 })
  })

  it('lets entries pass that the site’s settings allow, and no others', async () => {
    const site = { settings: { recordFormInputs: true } }
    const typed = (value: string): ReplayRecord[] => [{ type: 'input', at, node: 5, text: value, checked: true }]
    expect(await reasonFor(typed('two doors'), { site })).toBeUndefined()
    expect(await reasonFor(typed('ada@example.com'), { site })).toBe('input-value')
    expect(
      await reasonFor(typed('ada@example.com'), { site: { settings: { recordFormInputs: true, recordEmails: true } } }),
    ).toBeUndefined()
  })

  it('lets pass what a careful recorder tells', async () => {
    const records = showing(
      element('a', { href: 'https://shop.example/doors/:id', class: 'link' }, [text('Doors at 19,90 €')]),
      element('input', { type: 'text', value: '•••••', placeholder: '•••••' }),
      element('style', { _cssText: '.link { color: teal; background: url("https://shop.example/a.png"); }' }),
      element('img', {
        src: 'https://shop.example/door.png',
        srcset: 'https://shop.example/2.png 2x',
        rr_width: '20px',
      }),
      element('div', { style: 'width: 10px;', 'data-state': 'open' }),
    )
    expect(await reasonFor(records)).toBeUndefined()
  })
})

describe('batches that cannot be opened', () => {
  it.each<[string, string, Uint8Array, boolean]>([
    ['a zip bomb', 'RAW_TOO_LARGE', gzipSync(Buffer.alloc(LIMITS.rawBytes + 1, 32)), true],
    ['bytes that are no gzip', 'GZIP_INVALID', Buffer.from('hello'), true],
    ['a torn gzip', 'GZIP_INVALID', gzipSync('[]'.padEnd(5000)).subarray(0, 20), true],
    ['bytes behind a gzip', 'GZIP_INVALID', Buffer.concat([gzipSync('[]'), Buffer.from('tail')]), true],
    ['JSON too deep', 'PAYLOAD_TOO_DEEP', Buffer.from('['.repeat(100_000)), false],
    ['no JSON', 'PAYLOAD_NOT_JSON', Buffer.from('[{]'), false],
    ['no list', 'PAYLOAD_NOT_A_LIST', Buffer.from('{"a":1}'), false],
    ['too many records', 'PAYLOAD_TOO_MANY_RECORDS', Buffer.from(`[${'1,'.repeat(LIMITS.recordsPerBatch)}1]`), false],
  ])('sets aside %s alone', async (_, reason, payload, gzip) => {
    expect(await poisonedBy(payload, gzip)).toBe(reason)
  })

  it('gives up a batch that kills its thread three times, and harms no other', async () => {
    const objects = gzipSync(`[[${'{},'.repeat(2_000_000)}{}]]`)
    const workers = { size: 1, memoryMb: 24 }
    expect(await poisonedBy(objects, true, { indexing: { workers } })).toBe('WORKER_DIED')
  })

  it('gives up a batch that takes too long', async () => {
    const slow = gzipSync(`[[${'{},'.repeat(2_000_000)}{}]]`)
    await using server = await startIngestServer({ indexing: { workers: { size: 1, timeoutMs: 30 } } })
    const stream = await openStream(server)
    await sendBytes(server, stream, slow, true)
    await expect.poll(() => statesOf(server), { timeout: 40_000, interval: 100 }).toEqual([2])
    const row = await server.store.meta.read.selectFrom('poisoned_batch').select('reason').executeTakeFirst()
    expect(row?.reason).toBe('TOOK_TOO_LONG')
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
    expect(await server.store.indexing.countByReason()).toEqual({
      poisoned: [{ reason: 'PAYLOAD_NOT_JSON', count: 1 }],
      quarantined: [],
    })
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
