import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'

import { LIMITS, type StartResponse } from '@vasistas/wire/core'
import { encodeEnvelope, encodeRecords } from '@vasistas/wire/recording'
import { describe, expect, it } from 'vitest'

import { openFrame } from '../src/store/sealFrame.ts'
import { aClick, aPageLoad, randomId, startVisit, type Visit } from './recorderClient.ts'
import { PAGE_ORIGIN, startIngestServer, type IngestServer } from './startIngestServer.ts'

const at = 1_700_000_000_000
const aVisit = (server: IngestServer, visitor?: string) =>
  startVisit({
    origin: server.origin,
    site: server.site.key,
    pageOrigin: PAGE_ORIGIN,
    ...(visitor !== undefined && { visitor }),
  })

function post(server: IngestServer, path: string, body: string | Uint8Array<ArrayBuffer>, origin = PAGE_ORIGIN) {
  return fetch(server.origin + path, {
    method: 'POST',
    body,
    headers: { origin, 'content-type': 'text/plain', 'user-agent': 'Mozilla/5.0 Chrome/140.0.0.0' },
  })
}

function aStart(server: IngestServer, changes: object = {}): string {
  return JSON.stringify({
    v: 1,
    site: server.site.key,
    visitor: randomId(),
    nonce: randomId(),
    consent: { recording: true, at, mechanism: 'notice', textVersion: 'v1' },
    page: `${PAGE_ORIGIN}/basket?token=secret`,
    referrer: 'https://search.example/?q=private',
    language: 'fr-FR',
    screen: { width: 390, height: 844 },
    now: at,
    recorder: '0.1.0',
    ...changes,
  })
}

async function answerOf(response: Promise<Response>): Promise<StartResponse> {
  return (await (await response).json()) as StartResponse
}

function anEnvelope(
  visit: Visit,
  changes: { token?: string; sequence?: number; payload?: Uint8Array; rawBytes?: number; snapshot?: boolean } = {},
) {
  const payload = changes.payload ?? gzipSync(encodeRecords([aClick(at)]))
  return encodeEnvelope({
    flags: { gzip: true, final: false, snapshot: changes.snapshot ?? false, retry: false },
    header: {
      session: visit.session,
      stream: 77,
      sequence: changes.sequence ?? 0,
      sentAt: at,
      records: 1,
      firstAt: at,
      lastAt: at,
      rawBytes: changes.rawBytes ?? 100,
      token: changes.token ?? visit.token,
    },
    payload,
  })
}

const rowsOf = (server: IngestServer) =>
  server.store.meta.read.selectFrom('batch').selectAll().orderBy('sequence').execute()

describe('POST /v1/start', () => {
  it('admits a consenting visitor and keeps neither query, user agent nor address', async () => {
    await using server = await startIngestServer()
    const answer = await answerOf(post(server, '/v1/start', aStart(server)))
    expect(answer).toMatchObject({ ok: true, privacy: { recordFormInputs: false }, maxBodyBytes: LIMITS.bodyBytes })
    const session = await server.store.meta.read.selectFrom('session').selectAll().executeTakeFirstOrThrow()
    expect(session).toMatchObject({ entry_path: '/basket', referrer: 'https://search.example', browser: 'Chrome 140' })
    const stored = JSON.stringify(await everyRow(server))
    for (const secret of ['secret', 'private', '127.0.0.1', 'Mozilla']) expect(stored).not.toContain(secret)
  })

  it('writes down the consent: when, how, to which words', async () => {
    await using server = await startIngestServer()
    await post(server, '/v1/start', aStart(server))
    const [consent] = await server.store.meta.read.selectFrom('consent').selectAll().execute()
    expect(consent).toMatchObject({ is_granted: 1, mechanism: 'notice', text_version: 'v1', given_at: at })
  })

  it.each([
    ['entries to a visitor who read that they are recorded', 'notice', 'en-abc-forms', true],
    ['no entries to a visitor who read that they are not', 'notice', 'en-abc', false],
    ['entries to a visitor whom the site’s own consent manager asked', 'api', 'site', true],
  ] as const)('allows %s', async (_, mechanism, textVersion, recordFormInputs) => {
    await using server = await startIngestServer({ site: { settings: { recordFormInputs: true } } })
    const consent = { recording: true, at, mechanism, textVersion }
    expect(await answerOf(post(server, '/v1/start', aStart(server, { consent })))).toMatchObject({
      ok: true,
      privacy: { recordFormInputs },
    })
  })

  it('makes one session of a start that is sent again', async () => {
    await using server = await startIngestServer()
    const body = aStart(server)
    const answers = await Promise.all(Array.from({ length: 5 }, () => answerOf(post(server, '/v1/start', body))))
    expect(new Set(answers.map((answer) => (answer.ok ? answer.session : answer.reason))).size).toBe(1)
    expect(await server.store.meta.read.selectFrom('session').select('id').execute()).toHaveLength(1)
    expect(await server.store.meta.read.selectFrom('consent').select('id').execute()).toHaveLength(1)
  })

  it('goes on with a session whose token proves it, for the same visitor only', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const again = await answerOf(
      post(server, '/v1/start', aStart(server, { visitor: visit.visitor, resume: visit.token })),
    )
    expect(again).toMatchObject({ ok: true, session: visit.session })
    const other = await answerOf(post(server, '/v1/start', aStart(server, { resume: visit.token })))
    expect(other.ok && other.session !== visit.session).toBe(true)
  })

  it.each([
    ['without consent', { consent: undefined }, 'consent-missing'],
    ['with half a consent', { consent: { recording: true, at, mechanism: 'notice' } }, 'consent-missing'],
    ['with a refusal', { consent: { recording: false, at, mechanism: 'notice', textVersion: '1' } }, 'consent-missing'],
    ['of an unknown site', { site: 'A'.repeat(22) }, 'site-unknown'],
    ['on an excluded page', { page: `${PAGE_ORIGIN}/checkout/card` }, 'page-excluded'],
  ])('refuses a start %s', async (_, changes, reason) => {
    await using server = await startIngestServer({ site: { settings: { excludedPages: ['/checkout/*'] } } })
    expect(await answerOf(post(server, '/v1/start', aStart(server, changes)))).toMatchObject({ ok: false, reason })
    expect(server.health.counts.refused).toEqual([{ reason, count: 1 }])
    expect(await server.store.meta.read.selectFrom('session').select('id').execute()).toEqual([])
  })

  it.each([
    ['recording-off', { recordingOn: false }],
    ['not-sampled', { sampleRate: 0 }],
  ])('refuses with %s when the settings say so', async (reason, settings) => {
    await using server = await startIngestServer({ site: { settings } })
    expect(await answerOf(post(server, '/v1/start', aStart(server)))).toMatchObject({ ok: false, reason })
  })

  it('refuses another origin, and does not let its pages read why', async () => {
    await using server = await startIngestServer()
    const response = await post(server, '/v1/start', aStart(server), 'https://evil.example')
    expect(await response.json()).toMatchObject({ ok: false, reason: 'origin-not-allowed' })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const listed = await post(server, '/v1/start', aStart(server))
    expect(listed.headers.get('access-control-allow-origin')).toBe(PAGE_ORIGIN)
  })

  it('refuses programs that say what they are', async () => {
    await using server = await startIngestServer()
    const response = await fetch(`${server.origin}/v1/start`, {
      method: 'POST',
      body: aStart(server),
      headers: { origin: PAGE_ORIGIN, 'content-type': 'text/plain', 'user-agent': 'Googlebot/2.1' },
    })
    expect(await response.json()).toMatchObject({ ok: false, reason: 'bot' })
  })

  it.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['an unknown key', '{"v":1,"__proto__":{"x":1}}'],
    ['nothing', ''],
  ])('answers 400 to %s', async (_, body) => {
    await using server = await startIngestServer()
    expect((await post(server, '/v1/start', body)).status).toBe(400)
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  it('answers 413 to more than a start may hold', async () => {
    await using server = await startIngestServer()
    expect((await post(server, '/v1/start', aStart(server, { page: 'x'.repeat(LIMITS.startBytes) }))).status).toBe(413)
  })

  it('tells an address that starts too often when to come back', async () => {
    await using server = await startIngestServer({ limits: { siteStarts: { burst: 2, perSecond: 1 } } })
    const answers = []
    for (let count = 0; count < 3; count++) answers.push(await answerOf(post(server, '/v1/start', aStart(server))))
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false])
    expect(answers[2]).toMatchObject({ reason: 'busy', retryAfterMs: expect.any(Number) as number })
  })
})

describe('POST /v1/b', () => {
  it('acknowledges what is durable, sealed and listed', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const canary = 'canary-in-the-payload'
    const response = await post(server, '/v1/b', anEnvelope(visit, { payload: new TextEncoder().encode(canary) }))
    expect([response.status, await response.json()]).toEqual([200, {}])
    const [row] = await rowsOf(server)
    if (!row) throw new Error('no row')
    const placement = { segmentId: row.segment_id, offset: row.frame_offset, length: row.frame_bytes }
    const [frame] = await server.store.frames.read([placement])
    expect(Buffer.from(frame ?? []).includes(canary)).toBe(false)
    const lookup = await server.store.keys.findNow('session', visit.session)
    if (lookup.status !== 'found' || !frame) throw new Error('no key or no frame')
    const place = { siteId: server.site.id, sessionId: visit.session, stream: 77, sequence: 0 }
    const opened = openFrame(server.store.format, lookup.key, place, frame)
    expect(opened.ok && new TextDecoder().decode(opened.value)).toBe(canary)
    expect(server.health.counts).toMatchObject({ acceptedBatches: 1, duplicateBatches: 0 })
  })

  it('counts a batch once that comes five times at the same moment', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const body = anEnvelope(visit)
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(server, '/v1/b', body)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(await rowsOf(server)).toHaveLength(1)
    const session = await server.store.meta.read.selectFrom('session').selectAll().executeTakeFirst()
    expect(session).toMatchObject({ batches: 1, streams: 1, has_gaps: 0 })
    expect(server.health.counts).toMatchObject({ acceptedBatches: 1, duplicateBatches: 4 })
  })

  it('keeps the first body of a place, and counts the other one as a conflict', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    await post(server, '/v1/b', anEnvelope(visit))
    const other = await post(server, '/v1/b', anEnvelope(visit, { payload: gzipSync('[]') }))
    expect(other.status).toBe(200)
    expect(await rowsOf(server)).toHaveLength(1)
    expect(server.health.counts.conflictingBatches).toBe(1)
  })

  it('knows which batches are missing', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const gaps = async () =>
      (await server.store.meta.read.selectFrom('session').select('has_gaps').executeTakeFirst())?.has_gaps
    await post(server, '/v1/b', anEnvelope(visit, { sequence: 2 }))
    expect(await gaps()).toBe(1)
    await post(server, '/v1/b', anEnvelope(visit, { sequence: 0 }))
    await post(server, '/v1/b', anEnvelope(visit, { sequence: 1 }))
    expect(await gaps()).toBe(0)
  })

  it('gives a token that ages a successor, and takes one that expired minutes ago', async () => {
    let now = Date.now()
    const clock = { now: () => now, mono: () => performance.now() }
    await using server = await startIngestServer({ clock })
    const visit = await aVisit(server)
    now += 25 * 60_000
    const ageing = (await (await post(server, '/v1/b', anEnvelope(visit))).json()) as { token: string }
    now += 10 * 60_000
    const late = await post(server, '/v1/b', anEnvelope(visit, { sequence: 1 }))
    expect([late.status, Object.keys((await late.json()) as object)]).toEqual([200, ['token']])
    now += 10 * 60_000
    expect((await post(server, '/v1/b', anEnvelope(visit, { sequence: 2 }))).status).toBe(401)
    expect((await post(server, '/v1/b', anEnvelope(visit, { sequence: 2, token: ageing.token }))).status).toBe(200)
  })

  it('commits a whole body although its sender went away', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const body = anEnvelope(visit)
    const { port } = new URL(server.origin)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(
      `POST /v1/b HTTP/1.1\r\nhost: x\r\norigin: ${PAGE_ORIGIN}\r\ncontent-type: text/plain\r\ncontent-length: ${body.byteLength}\r\n\r\n`,
    )
    socket.write(body, () => socket.destroy())
    await expect.poll(async () => (await rowsOf(server)).length).toBe(1)
    await expect.poll(() => server.ingest.inFlightBytes).toBe(0)
  })

  it('drains: what was taken in is durable when it has closed', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const sent = Array.from({ length: 20 }, (_, sequence) => post(server, '/v1/b', anEnvelope(visit, { sequence })))
    await expect.poll(() => server.health.counts.acceptedBatches + server.ingest.inFlightBytes).toBeGreaterThan(0)
    await server.ingest.close()
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    const rows = await rowsOf(server)
    expect(rows).toHaveLength(statuses.filter((status) => status === 200).length)
    expect(statuses.every((status) => status === 200 || status === 503)).toBe(true)
  })
})

describe('hostile requests', () => {
  it.each<
    [string, number, (visit: Visit, server: IngestServer) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>]
  >([
    ['an empty body', 400, () => new Uint8Array()],
    ['noise', 400, () => randomBytes(500)],
    ['unknown flags', 400, (visit) => withByte(anEnvelope(visit), 4, 0xf0)],
    ['a header that ends beyond the body', 400, (visit) => anEnvelope(visit).subarray(0, 40)],
    ['an unknown header field', 400, (visit) => withHeader(anEnvelope(visit), '"k"', '"z"')],
    ['__proto__ in the header', 400, (visit) => withHeader(anEnvelope(visit), '"a":', '"__proto__":')],
    ['a header that is not UTF-8', 400, (visit) => withByte(anEnvelope(visit), 10, 0xff)],
    ['a forged token', 401, (visit) => anEnvelope(visit, { token: 'A'.repeat(76) })],
    ['a token with one bit changed', 401, (visit) => anEnvelope(visit, { token: flipped(visit.token) })],
    ['no token', 401, (visit) => anEnvelope(visit, { token: '' })],
    [
      'a token of another session',
      401,
      async (visit, server) => anEnvelope(visit, { token: (await aVisit(server)).token }),
    ],
    ['more raw bytes than a batch may have', 413, (visit) => anEnvelope(visit, { rawBytes: LIMITS.rawBytes + 1 })],
    ['a body that is too large', 413, (visit) => anEnvelope(visit, { payload: new Uint8Array(LIMITS.bodyBytes) })],
    [
      'a snapshot that is too large',
      413,
      (visit) => anEnvelope(visit, { snapshot: true, payload: new Uint8Array(LIMITS.snapshotBodyBytes) }),
    ],
    ['a sequence beyond all streams', 410, (visit) => anEnvelope(visit, { sequence: LIMITS.sequencePerStream })],
  ])('%s is answered with %i, writes nothing and does no harm', async (_, status, make) => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const response = await post(server, '/v1/b', await make(visit, server))
    expect(response.status).toBe(status)
    expect(await rowsOf(server)).toEqual([])
    expect((await post(server, '/v1/b', anEnvelope(visit))).status).toBe(200)
    await expect.poll(() => server.ingest.inFlightBytes).toBe(0)
    expect(server.failures).toEqual([])
  })

  it('refuses a batch that comes from another origin', async () => {
    await using server = await startIngestServer()
    const response = await post(server, '/v1/b', anEnvelope(await aVisit(server)), 'https://evil.example')
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null])
  })

  it('lets a page of a listed origin read why it was refused', async () => {
    await using server = await startIngestServer()
    const response = await post(server, '/v1/b', randomBytes(50))
    expect(response.headers.get('access-control-allow-origin')).toBe(PAGE_ORIGIN)
    expect(await response.json()).toMatchObject({ code: 'ENVELOPE_MALFORMED', status: 400 })
  })

  it('tells a site that sends too much when to come back, and others not', async () => {
    await using server = await startIngestServer({ limits: { siteBytes: { burst: 1000, perSecond: 10 } } })
    const visit = await aVisit(server)
    const payload = new Uint8Array(600)
    expect((await post(server, '/v1/b', anEnvelope(visit, { payload }))).status).toBe(200)
    const refused = await post(server, '/v1/b', anEnvelope(visit, { payload, sequence: 1 }))
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true])
  })

  it('holds no more bytes than it may, and answers 503 beyond', async () => {
    await using server = await startIngestServer({ limits: { inFlightBytes: 10_000 } })
    const visit = await aVisit(server)
    const response = await post(server, '/v1/b', anEnvelope(visit, { payload: new Uint8Array(20_000) }))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await post(server, '/v1/b', anEnvelope(visit))).status).toBe(200)
  })
})

describe('POST /v1/erase', () => {
  it('erases what a visitor’s own secret id names, and stops his running session', async () => {
    await using server = await startIngestServer()
    const [mine, other] = [await aVisit(server), await aVisit(server)]
    await mine.openStream().send(aPageLoad(`${PAGE_ORIGIN}/`, at))
    await other.openStream().send(aPageLoad(`${PAGE_ORIGIN}/`, at))
    const response = await post(
      server,
      '/v1/erase',
      JSON.stringify({ v: 1, site: server.site.key, visitor: mine.visitor }),
    )
    expect([response.status, await response.json()]).toEqual([200, { erased: 1 }])
    expect((await post(server, '/v1/b', anEnvelope(mine))).status).toBe(410)
    expect((await post(server, '/v1/b', anEnvelope(other))).status).toBe(200)
    const left = await server.store.meta.read.selectFrom('session').select('id').execute()
    expect(left).toEqual([{ id: other.session }])
  })

  it('erases nothing for a guessed id, another origin or another shape', async () => {
    await using server = await startIngestServer()
    const visit = await aVisit(server)
    const erase = (body: object, origin?: string) => post(server, '/v1/erase', JSON.stringify(body), origin)
    expect(await (await erase({ v: 1, site: server.site.key, visitor: randomId() })).json()).toEqual({ erased: 0 })
    expect(await server.store.meta.read.selectFrom('erasure').select('id').execute()).toEqual([])
    expect((await erase({ v: 1, site: server.site.key, visitor: visit.visitor }, 'https://evil.example')).status).toBe(
      403,
    )
    expect((await erase({ v: 1, site: server.site.key })).status).toBe(400)
    expect(await server.store.meta.read.selectFrom('session').select('id').execute()).toHaveLength(1)
  })
})

function withByte(bytes: Uint8Array<ArrayBuffer>, index: number, value: number): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice()
  changed[index] = value
  return changed
}

function withHeader(bytes: Uint8Array<ArrayBuffer>, from: string, to: string): Uint8Array<ArrayBuffer> {
  const length = ((bytes[5] ?? 0) << 16) | ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)
  const header = new TextEncoder().encode(new TextDecoder().decode(bytes.subarray(8, 8 + length)).replace(from, to))
  const prefix = bytes.slice(0, 8)
  new DataView(prefix.buffer).setUint32(4, ((bytes[4] ?? 0) * 2 ** 24 + header.byteLength) >>> 0)
  return new Uint8Array(Buffer.concat([prefix, header, bytes.subarray(8 + length)]))
}

function flipped(token: string): string {
  const bytes = Buffer.from(token, 'base64url')
  bytes[5] = (bytes[5] ?? 0) ^ 1
  return bytes.toString('base64url')
}

async function everyRow(server: IngestServer): Promise<unknown[]> {
  const tables = ['session', 'visitor', 'consent', 'site', 'stream', 'batch'] as const
  return Promise.all(tables.map((table) => server.store.meta.read.selectFrom(table).selectAll().execute()))
}
