import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReplayRecord } from '@vasistas/wire/recording'
import type { Batch } from './batch.ts'
import { createBatchCollector } from './batchCollector.ts'

const scroll = (at: number): ReplayRecord => ({ type: 'scroll', at, node: 1, left: 0, top: at })
const page: ReplayRecord = { type: 'page', at: 1, url: 'https://shop.example/', width: 800, height: 600 }
const snapshot: ReplayRecord = { type: 'snapshot', at: 2, node: { type: 0, id: 1, childNodes: [] }, left: 0, top: 0 }

function collect(laterIntervalMs = 15_000) {
  const closed: Batch[] = []
  const clock = { now: () => Date.now(), mono: () => Date.now() }
  return { closed, collector: createBatchCollector(clock, laterIntervalMs, (batch) => closed.push(batch)) }
}

describe('createBatchCollector', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
  afterEach(() => void vi.useRealTimers())

  it('sends page and snapshot at once, together, and says that a snapshot is in it', () => {
    const { closed, collector } = collect()
    collector.add(page)
    expect(closed).toEqual([])
    collector.add(snapshot)
    expect(closed).toMatchObject([{ records: 2, hasSnapshot: true, firstAt: 1, lastAt: 2 }])
  })

  it('lets a new page begin a batch of its own', () => {
    const { closed, collector } = collect()
    collector.add(scroll(5))
    collector.add(page)
    expect(closed).toMatchObject([{ records: 1, hasSnapshot: false }])
  })

  it('closes after five seconds in the first minute and after fifteen later', () => {
    const { closed, collector } = collect()
    collector.add(scroll(1))
    vi.advanceTimersByTime(5000)
    expect(closed).toHaveLength(1)
    vi.advanceTimersByTime(60_000)
    collector.add(scroll(2))
    vi.advanceTimersByTime(14_000)
    expect(closed).toHaveLength(1)
    vi.advanceTimersByTime(1000)
    expect(closed).toHaveLength(2)
  })

  it('closes a batch that has grown to its size without waiting', () => {
    const { closed, collector } = collect()
    const record: ReplayRecord = { type: 'input', at: 1, node: 1, text: 'x'.repeat(100_000), checked: false }
    for (let count = 0; count < 3; count++) collector.add(record)
    expect(closed).toMatchObject([{ records: 3 }])
  })

  it('follows the rhythm that the server asks for', () => {
    const { closed, collector } = collect()
    collector.setInterval(1000)
    collector.add(scroll(1))
    vi.advanceTimersByTime(1000)
    expect(closed).toHaveLength(1)
  })

  it('has nothing left to say after it stopped', () => {
    const { closed, collector } = collect()
    collector.add(scroll(1))
    collector.stop()
    vi.advanceTimersByTime(60_000)
    collector.flush()
    expect(closed).toEqual([])
  })
})
