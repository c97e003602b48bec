import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { gzipSync } from 'node:zlib'
import { openAdmin, readConfig } from '@vasistas/server'
import type { StartAccepted } from '@vasistas/wire/core'
import { encodeEnvelope, encodeRecords, type ReplayRecord } from '@vasistas/wire/recording'
import { table, type BenchSection } from '../section.ts'
import { quantileOf } from '../statistics.ts'
import { openLoadClient, type LoadClient } from './loadClient.ts'

const CONNECTIONS = 64
const WARM_UP_MS = 1500
const MEASURED_MS = 6000
const BATCH_BYTES = 32 * 1024
const PAGE_ORIGIN = 'https://shop.example'
/** A site may send 32 MiB at once: each connection is a site of its own and stays below. */
const MOST_PER_SITE = 900

interface Measured {
  readonly perSecond: number
  readonly megabytesPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly refused: number
  /** Of the server process, all threads, indexing included; undefined where the system does not tell. */
  readonly cpuMicroseconds: number | undefined
}

/** Acknowledged batches a second of a real server process on a real disk, beside its load on the same machine. */
export async function benchIngest(): Promise<BenchSection> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-bench-'))
  try {
    const syncMs = await measureSync(folder)
    const measured = await measureServer(folder)
    return {
      title: 'Acknowledging batches',
      notes: [
        `One server process and its load (${CONNECTIONS} connections, ${CONNECTIONS} sites) on the same machine, over loopback, for ${MEASURED_MS / 1000} s. ` +
          `Each batch has 32 KiB, compressed JSON that is indexed meanwhile. An acknowledgement means: encrypted, appended, fdatasync done, row committed with synchronous=FULL.`,
        `A bare 4 KiB write with fdatasync on this disk takes ${syncMs.toFixed(2)} ms (median of 50).`,
      ],
      table: table(
        ['', 'measured', 'promise'],
        [
          ['acknowledged batches per second', measured.perSecond.toFixed(0), '≥ 4,000'],
          ['MB per second', measured.megabytesPerSecond.toFixed(0), ''],
          ['time to acknowledge, median', `${measured.p50.toFixed(1)} ms`, ''],
          ['time to acknowledge, 99 of 100', `${measured.p99.toFixed(1)} ms`, '< 150 ms'],
          ['refused', String(measured.refused), '0'],
          ['processor time of the server per batch', `${measured.cpuMicroseconds?.toFixed(0) ?? '?'} µs`, ''],
        ],
      ),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measureServer(folder: string): Promise<Measured> {
  const dataFolder = join(folder, 'data')
  const keys = await createSites(dataFolder)
  const { child, port } = await startProcess(dataFolder)
  const clients: LoadClient[] = []
  try {
    const payload = aPayload()
    const visits = await Promise.all(keys.map((key) => startVisit(port, key)))
    for (const _ of visits) clients.push(await openLoadClient(port, PAGE_ORIGIN))
    const times: number[] = []
    let refused = 0
    let cpuAtBegin: number | undefined
    const begin = performance.now() + WARM_UP_MS
    const end = begin + MEASURED_MS
    setTimeout(() => (cpuAtBegin = cpuTime(child.pid)), WARM_UP_MS)
    await Promise.all(
      visits.map(async ({ session, token }, index) => {
        const client = clients[index]
        const stream = randomBytes(6).readUIntBE(0, 6)
        for (let sequence = 0; client && sequence < MOST_PER_SITE && performance.now() < end; sequence++) {
          const body = anEnvelope({ session, stream, sequence, token }, payload)
          const sent = performance.now()
          const status = await client.post('/v1/b', body)
          const acknowledged = performance.now()
          if (acknowledged < begin || acknowledged > end) continue
          if (status === 200) times.push(acknowledged - sent)
          else refused++
        }
      }),
    )
    const cpuAtEnd = cpuTime(child.pid)
    const seconds = (Math.min(performance.now(), end) - begin) / 1000
    times.sort((one, other) => one - other)
    return {
      perSecond: times.length / seconds,
      megabytesPerSecond: (times.length * payload.byteLength) / 1e6 / seconds,
      p50: quantileOf(times, 0.5),
      p99: quantileOf(times, 0.99),
      refused,
      cpuMicroseconds:
        cpuAtBegin === undefined || cpuAtEnd === undefined
          ? undefined
          : ((cpuAtEnd - cpuAtBegin) * 1e6) / Math.max(1, times.length),
    }
  } finally {
    for (const client of clients) client.close()
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}

/** Seconds of processor time that a process has used, from Linux's /proc. */
function cpuTime(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux' || pid === undefined) return undefined
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function createSites(dataFolder: string): Promise<readonly string[]> {
  await using admin = await openAdmin(readConfig({}, { dataFolder, logLevel: 'silent' }))
  const keys: string[] = []
  for (let count = 0; count < CONNECTIONS; count++) {
    keys.push((await admin.createSite({ name: `Site ${count}`, origins: [PAGE_ORIGIN] })).key)
  }
  return keys
}

async function startProcess(dataFolder: string): Promise<{ child: ChildProcess; port: number }> {
  const main = join(dirname(createRequire(import.meta.url).resolve('@vasistas/server')), 'main.ts')
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], VASISTAS_DATA: dataFolder, VASISTAS_PORT: '0', VASISTAS_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the server ended before it listened'))),
  ])) as [string]
  return { child, port: (JSON.parse(line) as { readonly port: number }).port }
}

async function startVisit(port: number, site: string): Promise<StartAccepted> {
  const id = () => randomBytes(16).toString('base64url')
  const response = await fetch(`http://127.0.0.1:${port}/v1/start`, {
    method: 'POST',
    headers: { origin: PAGE_ORIGIN, 'content-type': 'text/plain', 'user-agent': 'Chrome/140' },
    body: JSON.stringify({
      v: 1,
      site,
      visitor: id(),
      nonce: id(),
      consent: { recording: true, at: Date.now(), mechanism: 'api', textVersion: 'bench' },
      page: `${PAGE_ORIGIN}/`,
      referrer: '',
      language: 'en',
      screen: { width: 1280, height: 720 },
      now: Date.now(),
      recorder: '0.1.0',
    }),
  })
  const answer = (await response.json()) as StartAccepted
  if (!answer.ok) throw new Error(`the server refused the visit: ${JSON.stringify(answer)}`)
  return answer
}

/** Text changes and clicks of made-up words until gzip leaves 32 KiB. */
function aPayload(): Uint8Array {
  const at = Date.now()
  const records: ReplayRecord[] = []
  const word = () => randomBytes(4).toString('hex').replace(/\d/g, 'x')
  for (;;) {
    for (let count = 0; count < 50; count++) {
      records.push(
        { type: 'scroll', at, node: 12, left: 0, top: records.length },
        {
          type: 'mutation',
          at,
          adds: [],
          removes: [],
          attributes: [],
          texts: [{ id: 40 + count, value: `${word()} and the door of ${word()}, ${word()}` }],
        },
      )
    }
    const payload = gzipSync(encodeRecords(records))
    if (payload.byteLength >= BATCH_BYTES) return payload
  }
}

function anEnvelope(place: { session: number; stream: number; sequence: number; token: string }, payload: Uint8Array) {
  const at = Date.now()
  return encodeEnvelope({
    flags: { gzip: true, final: false, snapshot: false, retry: false },
    header: { ...place, sentAt: at, records: 100, firstAt: at, lastAt: at, rawBytes: 8 * payload.byteLength },
    payload,
  })
}

async function measureSync(folder: string): Promise<number> {
  const file = await open(join(folder, 'sync'), 'w')
  const times: number[] = []
  for (let count = 0; count < 50; count++) {
    const before = performance.now()
    await file.write(new Uint8Array(4096))
    await file.datasync()
    times.push(performance.now() - before)
  }
  await file.close()
  return quantileOf(
    times.sort((one, other) => one - other),
    0.5,
  )
}
