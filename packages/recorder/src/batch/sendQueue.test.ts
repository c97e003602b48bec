import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createSendQueue, type QueuedBatch, type SendOutcome } from './sendQueue.ts'

function aBatch(sequence: number, bytes = 10): QueuedBatch {
  return {
    sequence,
    gzip: true,
    payload: new Uint8Array(bytes),
    rawBytes: bytes * 8,
    records: 1,
    firstAt: 1,
    lastAt: 2,
    hasSnapshot: false,
    isFinal: false,
  }
}

/** A queue whose server answers what the test says, and notes what it was sent. */
function aQueue(answer: (batch: QueuedBatch, attempt: number) => SendOutcome, maxBytes?: number) {
  const asked: number[] = []
  const told: string[] = []
  let underWay = 0
  let mostUnderWay = 0
  const queue = createSendQueue({
    async send(batch, attempt) {
      asked.push(batch.sequence)
      mostUnderWay = Math.max(mostUnderWay, ++underWay)
      await Promise.resolve()
      underWay--
      return answer(batch, attempt)
    },
    onSent: ({ sequence }) => told.push(`sent ${sequence}`),
    onDropped: ({ sequence }) => told.push(`dropped ${sequence}`),
    onOver: () => told.push('over'),
    onEmpty: () => told.push('empty'),
    chance: () => 1,
    ...(maxBytes !== undefined && { maxBytes }),
  })
  return { queue, asked, told, mostUnderWay: () => mostUnderWay }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('createSendQueue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sends one after the other, in order', async () => {
    const { queue, asked, told, mostUnderWay } = aQueue(() => ({ status: 'sent' }))
    for (const sequence of [0, 1, 2]) queue.add(aBatch(sequence))
    await settle()
    expect(asked).toEqual([0, 1, 2])
    expect(told).toEqual(['sent 0', 'sent 1', 'sent 2', 'empty'])
    expect(mostUnderWay()).toBe(1)
  })

  it('keeps a batch whose answer never came and tries the same one again, later each time', async () => {
    const { queue, asked, told } = aQueue((_, attempt) => (attempt < 3 ? { status: 'later', waitMs: undefined } : { status: 'sent' }))
    queue.add(aBatch(0))
    queue.add(aBatch(1))
    await settle()
    expect(asked).toEqual([0])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([0, 0])
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toEqual([0, 0, 0])
    await vi.advanceTimersByTimeAsync(4000)
    expect(told.at(0)).toBe('sent 0')
  })

  it('waits as long as the server asks', async () => {
    const { queue, asked } = aQueue((_, attempt) => (attempt === 0 ? { status: 'later', waitMs: 30_000 } : { status: 'sent' }))
    queue.add(aBatch(0))
    await settle()
    await vi.advanceTimersByTimeAsync(29_000)
    expect(asked).toEqual([0])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual([0, 0])
  })

  it('takes no more than its bytes, and takes again once there is room', async () => {
    let isAway = true
    const { queue, told } = aQueue(() => (isAway ? { status: 'later', waitMs: 1000 } : { status: 'sent' }), 25)
    expect([queue.add(aBatch(0)), queue.add(aBatch(1)), queue.add(aBatch(2))]).toEqual([true, true, false])
    isAway = false
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toEqual(['sent 0', 'sent 1', 'empty'])
    expect(queue.add(aBatch(2))).toBe(true)
  })

  it('drops what the server will never take, and goes on', async () => {
    const { queue, told } = aQueue(({ sequence }) => ({ status: sequence === 0 ? 'dropped' : 'sent' }))
    queue.add(aBatch(0))
    queue.add(aBatch(1))
    await settle()
    expect(told).toEqual(['dropped 0', 'sent 1', 'empty'])
  })

  it('says once that the session is over and sends nothing more', async () => {
    const { queue, asked, told } = aQueue(() => ({ status: 'over' }))
    queue.add(aBatch(0))
    queue.add(aBatch(1))
    await settle()
    queue.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(asked).toEqual([0])
    expect(told).toEqual(['over'])
  })
})
