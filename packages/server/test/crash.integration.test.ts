import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { encodeEnvelope, encodeRecords } from '@vasistas/wire/recording'
import { expect, it, onTestFinished } from 'vitest'

import { createClock } from '../src/clock.ts'
import { createMemoryEventBus } from '../src/events/memoryEventBus.ts'
import { startIndexing } from '../src/indexing/startIndexing.ts'
import { createRandom } from '../src/random.ts'
import { openSharedStore, openStore, type Store, type StoreOptions } from '../src/store/openStore.ts'
import { openFrame } from '../src/store/sealFrame.ts'
import { startVisit } from './recorderClient.ts'

const ROUNDS = 20
const STREAMS = 8
const PAGE_ORIGIN = 'https://shop.example'

/** What the server has acknowledged: promises to be checked when it is dead. */
interface Promised {
  readonly session: number
  readonly stream: number
  readonly sequence: number
  readonly sha: string
}

it(
  'keeps every acknowledged batch readable and every counter exact through twenty kills',
  { timeout: 120_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vasistas-crash-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const options = {
      dataFolder: join(folder, 'data'),
      rootKeyFile: join(folder, 'root.key'),
      clock: createClock(),
      random: createRandom(),
    }
    const { id: siteId, key: siteKey } = await createSite(options)
    const promised: Promised[] = []
    for (let round = 0; round < ROUNDS; round++) promised.push(...(await loadUntilKilled(options, siteKey)))
    expect(promised.length).toBeGreaterThan(ROUNDS * STREAMS)

    const store = await openStore(options)
    onTestFinished(() => store.close())
    expect(await listBroken(store, siteId, promised)).toEqual([])
    await indexAll(store)
    expect(await listDrift(store)).toEqual([])
  },
)

async function createSite(options: StoreOptions) {
  const store = await openSharedStore(options)
  await store.meta.write((transaction) =>
    transaction.insertInto('account').values({ id: 1, name: 'test', created_at: 1 }).execute(),
  )
  const site = await store.sites.create({ accountId: 1, name: 'Shop', origins: [PAGE_ORIGIN] })
  await store.close()
  return site
}

async function loadUntilKilled({ dataFolder, rootKeyFile }: StoreOptions, site: string): Promise<readonly Promised[]> {
  const { child, origin } = await startProcess(dataFolder, rootKeyFile)
  const promised: Promised[] = []
  const visit = await startVisit({ origin, site, pageOrigin: PAGE_ORIGIN })
  const ended = once(child, 'exit')
  const killing = setTimeout(() => child.kill('SIGKILL'), randomInt(150, 500))
  await Promise.allSettled(
    Array.from({ length: STREAMS }, async () => {
      const stream = randomBytes(6).readUIntBE(0, 6)
      for (let sequence = 0; ; sequence++) {
        const payload = aPayload(sequence)
        const place = { session: visit.session, stream, sequence }
        // Ends by throwing, when nobody answers any more.
        const response = await fetch(`${origin}/v1/b`, {
          method: 'POST',
          body: anEnvelope({ ...place, token: visit.token }, payload),
          headers: { origin: PAGE_ORIGIN, 'content-type': 'text/plain' },
        })
        await response.arrayBuffer()
        if (response.status === 200) promised.push({ ...place, sha: shaOf(payload) })
      }
    }),
  )
  clearTimeout(killing)
  await ended
  return promised
}

async function startProcess(dataFolder: string, rootKeyFile: string): Promise<{ child: ChildProcess; origin: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts')], {
    env: {
      PATH: process.env['PATH'],
      VASISTAS_DATA: dataFolder,
      VASISTAS_ROOT_KEY_FILE: rootKeyFile,
      VASISTAS_PORT: '0',
      VASISTAS_LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the server ended before it listened'))),
  ])) as [string]
  const { port } = JSON.parse(line) as { readonly port: number }
  return { child, origin: `http://127.0.0.1:${port}` }
}

/** Some kilobytes that compress to about as many, as real batches do. */
function aPayload(sequence: number): Uint8Array {
  const at = Date.now()
  const words =
    randomBytes(3000)
      .toString('base64')
      .replace(/\d/g, '')
      .match(/.{1,12}/g) ?? []
  return Buffer.from(
    encodeRecords([
      { type: 'pointer-action', at, action: 'click', node: 3, x: sequence, y: sequence },
      {
        type: 'mutation',
        at,
        adds: [],
        removes: [],
        attributes: [],
        texts: words.map((value, id) => ({ id: id + 1, value })),
      },
    ]),
  )
}

function anEnvelope(place: { session: number; stream: number; sequence: number; token: string }, payload: Uint8Array) {
  const at = Date.now()
  return encodeEnvelope({
    flags: { gzip: false, final: false, snapshot: false, retry: false },
    header: { ...place, sentAt: at, records: 2, firstAt: at, lastAt: at, rawBytes: payload.byteLength },
    payload,
  })
}

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Acknowledged batches that are missing, do not open, or hold other bytes. */
async function listBroken(store: Store, siteId: number, promised: readonly Promised[]): Promise<string[]> {
  const rows = await store.meta.read.selectFrom('batch').selectAll().execute()
  const byName = new Map(rows.map((row) => [`${row.session_id}:${row.stream}:${row.sequence}`, row]))
  const broken: string[] = []
  for (const { session, stream, sequence, sha } of promised) {
    const name = `${session}:${stream}:${sequence}`
    const row = byName.get(name)
    const lookup = await store.keys.find('session', session)
    if (!row || lookup.status !== 'found') {
      broken.push(`${name} ${row ? lookup.status : 'no row'}`)
      continue
    }
    const [frame] = await store.frames.read([
      { segmentId: row.segment_id, offset: row.frame_offset, length: row.frame_bytes },
    ])
    const place = { siteId, sessionId: session, stream, sequence }
    const opened = frame && openFrame(store.format, lookup.key, place, frame)
    if (!opened?.ok) broken.push(`${name} ${opened?.error ?? 'no frame'}`)
    else if (shaOf(opened.value) !== sha) broken.push(`${name} other bytes`)
  }
  return broken
}

async function indexAll(store: Store): Promise<void> {
  const failures: unknown[] = []
  const reportFailure = (error: unknown) => void failures.push(error)
  const events = createMemoryEventBus(reportFailure)
  const indexing = startIndexing({ store, events, clock: createClock(), reportFailure })
  const waiting = () => store.meta.read.selectFrom('batch').select('sequence').where('state', '=', 0).execute()
  await expect.poll(waiting, { timeout: 60_000 }).toEqual([])
  await indexing.close()
  expect(failures).toEqual([])
}

/** Sessions whose counters are not what their rows say. */
async function listDrift(store: Store): Promise<string[]> {
  const { read } = store.meta
  const sessions = await read.selectFrom('session').selectAll().execute()
  const drift: string[] = []
  for (const session of sessions) {
    const batches = await read.selectFrom('batch').selectAll().where('session_id', '=', session.id).execute()
    const streams = await read.selectFrom('stream').selectAll().where('session_id', '=', session.id).execute()
    const sum = (count: (row: (typeof batches)[number]) => number) =>
      batches.reduce((total, row) => total + count(row), 0)
    const expected = {
      batches: batches.length,
      bytes: sum((row) => row.payload_bytes),
      streams: streams.length,
      clicks: sum((row) => row.clicks),
      records: sum((row) => row.records),
      poisoned: sum((row) => Number(row.state === 2)),
      quarantined: sum((row) => Number(row.state === 3)),
    }
    for (const [name, value] of Object.entries(expected)) {
      const found = session[name as keyof typeof expected]
      if (found !== value) drift.push(`${session.id} ${name}: ${found} instead of ${value}`)
    }
    if (session.clicks !== batches.length) drift.push(`${session.id}: a click was lost`)
    for (const { stream, batches: count } of streams) {
      if (batches.filter((row) => row.stream === stream).length !== count) drift.push(`${session.id} stream ${stream}`)
    }
  }
  return drift
}
