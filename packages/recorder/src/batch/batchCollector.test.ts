import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ReplayRecord } from '@vasistas/wire/recording'
import type { Batch } from './batch.ts'
import { createBatchCollector } from './batchCollector.ts'

const scroll = (at: number): ReplayRecord => ({ type: 'scroll', at, node: 1, left: 0, top: at })
const page: ReplayRecord = { type: 'page', at: 1, url: 'https://shop.example/', width: 800, height: 600 }
const snapshot: ReplayRecord = { type: 'snapshot', at: 2, node: { type: 0, id: 1, childNodes: [] }, left: 0, top: 0 }

/** A collector with room for as many batches as the test says. */
function collect({ room = Infinity } = {}) {
  const closed: Batch[] = []
  const clock = { now: () => Date.now(), mono: () => Date.now() }
  const collector = createBatchCollector({
    clock,
    flushMs: 5000,
    deliver(batch) {
      if (closed.length >= room) return false
      closed.push(batch)
      return true
    },
  })
  return { closed, collector, makeRoom: () => (room = Infinity) }
}

describe('createBatchCollector', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
  afterEach(() => void vi.useRealTimers())

  it('closes with the first snapshot, at once, and says that one is in it', () => {
    const { closed, collector } = collect()
    collector.add(page)
    expect(closed).toEqual([])
    collector.add(snapshot)
    expect(closed).toMatchObject([{ records: 2, hasSnapshot: true, firstAt: 1, lastAt: 2 }])
  })

  it('does not hurry for later snapshots', () => {
    const { closed, collector } = collect()
    for (const record of [page, snapshot, page, snapshot]) collector.add(record)
    expect(closed).toHaveLength(1)
    vi.advanceTimersByTime(5000)
    expect(closed[1]).toMatchObject({ records: 2, hasSnapshot: true })
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

  it('lets no batch wait long that would be too large for the last moment of a page', () => {
    const { closed, collector } = collect()
    collector.add({ type: 'input', at: 1, node: 1, text: 'x'.repeat(60_000), checked: false })
    vi.advanceTimersByTime(500)
    collector.add({ type: 'input', at: 1, node: 1, text: 'x'.repeat(60_000), checked: false })
    vi.advanceTimersByTime(500)
    expect(closed).toMatchObject([{ records: 2 }])
  })

  it('closes a batch before it holds more records than a server takes', () => {
    const { closed, collector } = collect()
    for (let count = 0; count < 20_000; count++) collector.add({ type: 'visibility', at: count, visible: true })
    expect(Math.max(...closed.map(({ records }) => records))).toBeLessThanOrEqual(10_000)
  })

  it('follows the rhythm that the server asks for', () => {
    const { closed, collector } = collect()
    collector.setFlushMs(1000)
    collector.add(scroll(1))
    vi.advanceTimersByTime(1000)
    expect(closed).toHaveLength(1)
  })

  it('lets records go when there is no room, until there is', () => {
    const { closed, collector, makeRoom } = collect({ room: 1 })
    for (const record of [page, snapshot, scroll(3)]) collector.add(record)
    collector.flush()
    collector.add(scroll(4))
    makeRoom()
    collector.flush()
    expect(closed).toHaveLength(1)
    collector.reopen()
    collector.add(scroll(5))
    collector.flush()
    expect(closed[1]).toMatchObject({ records: 1, firstAt: 5 })
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
