import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { IngestAnswer, IngestTransport } from '@vasistas/browser-core'
import { DEFAULT_PRIVACY, LIMITS } from '@vasistas/wire/core'
import { decodeEnvelope, decodeRecords, type BatchEnvelope, type ReplayRecord } from '@vasistas/wire/recording'
import { createBatchStream } from './batchStream.ts'
import { asItIs } from './compressor.ts'
import type { NamedEnvelope } from './unsentBatches.ts'

const anAnswer = (status: number, body: IngestAnswer['body'] = {}): IngestAnswer => ({
  status,
  body,
  retryAfterMs: undefined,
})

const page: ReplayRecord = { type: 'page', at: 1, url: 'https://shop.example/', width: 800, height: 600 }
const snapshot: ReplayRecord = { type: 'snapshot', at: 2, node: { type: 0, id: 1, childNodes: [] }, left: 0, top: 0 }
const input = (characters: number): ReplayRecord => ({
  type: 'input',
  at: 3,
  node: 1,
  text: 'x'.repeat(characters),
  checked: false,
})

/** A stream whose server answers what the test says. */
function aStream({ answer = anAnswer(200) as IngestAnswer | (() => IngestAnswer), outliving = 0 } = {}) {
  const sent: BatchEnvelope[] = []
  const kept = new Map<string, Uint8Array>()
  const told: string[] = []
  let room = outliving

  function post(_: string, body: Uint8Array | string): Promise<IngestAnswer> {
    const decoded = decodeEnvelope(body as Uint8Array)
    if (decoded.ok) sent.push(decoded.value)
    return Promise.resolve(typeof answer === 'function' ? answer() : answer)
  }
  const transport: IngestTransport = {
    post,
    postOutliving(path, body) {
      if (body.byteLength > room) return undefined
      room -= body.byteLength
      return post(path, body)
    },
    abort: () => undefined,
  }
  const stream = createBatchStream({
    accepted: {
      ok: true,
      session: 7,
      recording: 'recording',
      token: 'first',
      serverNow: 1,
      flushMs: 5000,
      maxBodyBytes: LIMITS.bodyBytes,
      privacy: DEFAULT_PRIVACY,
    },
    clock: { now: () => Date.now(), mono: () => Date.now() },
    random: { bytes: (count) => new Uint8Array(count), id: () => 'id', streamId: () => 42, share: () => 1 },
    compressor: { compress: (text) => Promise.resolve(asItIs(text)), stop: () => undefined },
    transport,
    unsent: {
      keep: (batches: readonly NamedEnvelope[]) => batches.forEach(({ name, envelope }) => kept.set(name, envelope)),
      forget: (names) => names.forEach((name) => kept.delete(name)),
      list: () => Promise.resolve([]),
      erase: () => kept.clear(),
      close: () => undefined,
    },
    onToken: (token) => told.push(`token ${token}`),
    onSnapshotWanted: () => told.push('snapshot wanted'),
    onLost: (reason) => told.push(`lost ${reason}`),
    onRefused: (refusal) => told.push(`refused ${refusal}`),
    onDrained: () => told.push('drained'),
  })
  const begin = async () => {
    stream.add(page)
    stream.add(snapshot)
    await settle()
  }
  return { stream, sent, kept, told, begin }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('createBatchStream', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_800_000_000_000 }))
  afterEach(() => void vi.useRealTimers())

  it('holds no more than 20 MB while the server is away, and tells where something is missing when it is back', async () => {
    let isAway = true
    const { stream, sent, told, begin } = aStream({ answer: () => anAnswer(isAway ? 0 : 200) })
    await begin()
    for (let batch = 0; batch < 200; batch++) {
      stream.add(input(LIMITS.batchRawBytes))
      await settle()
    }
    expect(told).toEqual([])
    isAway = false
    await vi.advanceTimersByTimeAsync(120_000)
    const arrived = sent.filter(
      ({ header }, index) => sent.findIndex((other) => other.header.sequence === header.sequence) === index,
    )
    const bytes = arrived.reduce((sum, { payload }) => sum + payload.byteLength, 0)
    expect(bytes).toBeLessThanOrEqual(LIMITS.retryQueueBytes)
    expect(bytes).toBeGreaterThan(LIMITS.retryQueueBytes * 0.9)
    expect(arrived.map(({ header }) => header.sequence)).toEqual(arrived.map((_, index) => index))
    expect(told).toEqual(['lost queue-full'])

    stream.add({ type: 'gap', at: 4, reason: 'queue-full' })
    stream.leave(false)
    await settle()
    expect(sent.at(-1)?.header.sequence).toBe(arrived.length)
  })

  it('keeps for the next page what waits for the server, and forgets it when it has arrived', async () => {
    let isAway = true
    const { kept, begin } = aStream({ answer: () => anAnswer(isAway ? 503 : 200) })
    await begin()
    expect([...kept.keys()]).toEqual(['7:42:0'])
    isAway = false
    await vi.advanceTimersByTimeAsync(2000)
    expect(kept.size).toBe(0)
  })

  it('sends what fits when the page goes, keeps the rest, and marks the last', async () => {
    const { stream, sent, kept, begin } = aStream({ outliving: 4000 })
    await begin()
    stream.add(input(1000))
    stream.leave(true)
    expect(sent.at(-1)).toMatchObject({ flags: { final: true, gzip: false }, header: { sequence: 1, records: 1 } })
    stream.add(input(20_000))
    stream.leave(true)
    expect([...kept.keys()]).toContain('7:42:2')
  })

  it('writes into each header what the payload holds', async () => {
    const { stream, sent, begin } = aStream()
    await begin()
    stream.add(input(10))
    stream.leave(false)
    await settle()
    for (const { header, payload } of sent) {
      const decoded = decodeRecords(new TextDecoder().decode(payload))
      if (!decoded.ok) throw new Error(decoded.error)
      const times = decoded.value.records.map(({ at }) => at)
      expect(header).toMatchObject({
        session: 7,
        stream: 42,
        records: times.length,
        firstAt: Math.min(...times),
        lastAt: Math.max(...times),
        rawBytes: payload.byteLength,
        token: 'first',
      })
    }
    expect(sent).toHaveLength(2)
  })

  it('goes on with a renewed token, once; a second refusal is final', async () => {
    const { stream, sent, told, begin } = aStream({ answer: anAnswer(401) })
    await begin()
    expect(told).toEqual(['refused token'])
    stream.renew('second')
    await settle()
    expect(sent.map(({ header }) => header.token)).toEqual(['first', 'second'])
    expect(told).toEqual(['refused token', 'refused forbidden'])
  })

  it('says that all has arrived after it ended', async () => {
    const { stream, told, begin } = aStream()
    await begin()
    stream.add(input(10))
    stream.finish()
    expect(told).toEqual([])
    await settle()
    expect(told).toEqual(['drained'])
    stream.add(input(10))
    stream.leave(true)
    expect(told).toEqual(['drained'])
  })

  it('hears what the server wishes beside the acknowledgement', async () => {
    const { stream, sent, told, begin } = aStream({
      answer: anAnswer(200, { token: 'new', flushMs: 400, snapshot: true }),
    })
    await begin()
    expect(told).toEqual(['token new', 'snapshot wanted'])
    stream.add(input(10))
    await vi.advanceTimersByTimeAsync(400)
    expect(sent.at(-1)?.header).toMatchObject({ sequence: 1, token: 'new' })
  })
})
