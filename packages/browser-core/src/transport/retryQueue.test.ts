import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRetryQueue, type SendOutcome } from './retryQueue.ts'

interface Item {
  readonly name: string
  readonly bytes: number
}

const anItem = (name: string, bytes = 10): Item => ({ name, bytes })
const DONE: SendOutcome = { status: 'done' }
const LATER: SendOutcome = { status: 'later', askedMs: undefined }

/** A queue whose server answers what the test says, and notes what it was sent. */
function aQueue(answer: (item: Item, attempt: number) => SendOutcome | Promise<SendOutcome>, maxBytes?: number) {
  const asked: string[] = []
  const told: string[] = []
  let underWay = 0
  let mostUnderWay = 0
  const queue = createRetryQueue<Item>({
    sizeOf: ({ bytes }) => bytes,
    async send(item, attempt) {
      asked.push(item.name)
      mostUnderWay = Math.max(mostUnderWay, ++underWay)
      const outcome = await answer(item, attempt)
      underWay--
      return outcome
    },
    onRoom: () => told.push('room'),
    onEmpty: () => told.push('empty'),
    share: () => 1,
    ...(maxBytes !== undefined && { maxBytes }),
  })
  return { queue, asked, told, mostUnderWay: () => mostUnderWay }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

describe('createRetryQueue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('sends one after the other, in order', async () => {
    const { queue, asked, told, mostUnderWay } = aQueue(() => DONE)
    for (const name of ['a', 'b', 'c']) queue.add(anItem(name))
    await settle()
    expect(asked).toEqual(['a', 'b', 'c'])
    expect(told).toEqual(['empty'])
    expect(mostUnderWay()).toBe(1)
  })

  it('keeps an item whose answer never came and tries the same one again, later each time', async () => {
    const { queue, asked } = aQueue((_, attempt) => (attempt < 3 ? LATER : DONE))
    queue.add(anItem('a'))
    queue.add(anItem('b'))
    await settle()
    expect(asked).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual(['a', 'a'])
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toEqual(['a', 'a', 'a'])
    await vi.advanceTimersByTimeAsync(4000)
    expect(asked).toEqual(['a', 'a', 'a', 'a', 'b'])
  })

  it('never waits longer than a minute by itself', async () => {
    let attempts = 0
    const { queue } = aQueue(() => {
      attempts++
      return LATER
    })
    queue.add(anItem('a'))
    await vi.advanceTimersByTimeAsync(600_000)
    const before = attempts
    await vi.advanceTimersByTimeAsync(600_000)
    expect(attempts - before).toBe(10)
  })

  it('waits as long as the server asks', async () => {
    const { queue, asked } = aQueue((_, attempt) => (attempt === 0 ? { status: 'later', askedMs: 30_000 } : DONE))
    queue.add(anItem('a'))
    await vi.advanceTimersByTimeAsync(30_000)
    expect(asked).toEqual(['a'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toEqual(['a', 'a'])
  })

  it('takes no more than its bytes, and says when half of it is free again', async () => {
    let isAway = true
    const { queue, told } = aQueue(() => (isAway ? LATER : DONE), 25)
    expect([queue.add(anItem('a')), queue.add(anItem('b')), queue.add(anItem('c'))]).toEqual([true, true, false])
    // What is small enough for the rest is not taken either: it would come before what was dropped.
    expect(queue.add(anItem('d', 1))).toBe(false)
    isAway = false
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toEqual(['room', 'empty'])
    expect(queue.add(anItem('c'))).toBe(true)
  })

  it('holds everything until it is told to go on', async () => {
    let isHeld = true
    const { queue, asked } = aQueue(() => (isHeld ? { status: 'held' } : DONE))
    queue.add(anItem('a'))
    queue.add(anItem('b'))
    await vi.advanceTimersByTimeAsync(600_000)
    expect(asked).toEqual(['a'])
    isHeld = false
    queue.resume()
    await settle()
    expect(asked).toEqual(['a', 'a', 'b'])
  })

  it('does not send what has arrived on another way', async () => {
    const { queue, asked } = aQueue((_, attempt) => (attempt === 0 ? LATER : DONE))
    const item = anItem('a')
    queue.add(item)
    queue.add(anItem('b'))
    await settle()
    queue.remove(item)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toEqual(['a', 'b'])
  })

  it('sends nothing more after it stopped, even when an answer comes late', async () => {
    let answer: (outcome: SendOutcome) => void = () => undefined
    const { queue, asked, told } = aQueue(() => new Promise((resolve) => (answer = resolve)))
    queue.add(anItem('a'))
    queue.add(anItem('b'))
    queue.stop()
    answer(DONE)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(asked).toEqual(['a'])
    expect(told).toEqual([])
    expect(queue.add(anItem('c'))).toBe(false)
  })
})
