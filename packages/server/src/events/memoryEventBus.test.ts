import { describe, expect, it } from 'vitest'

import { createMemoryEventBus } from './memoryEventBus.ts'

const heard = { siteId: 1, at: 2, origin: 'https://shop.example' }
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('createMemoryEventBus', () => {
  it('tells every subscriber of the event, after publish returned', async () => {
    const bus = createMemoryEventBus(() => undefined)
    const seen: unknown[] = []
    bus.subscribe('site.heard', (payload) => seen.push(payload))
    bus.subscribe('site.heard', (payload) => seen.push(payload))
    bus.publish('site.heard', heard)
    expect(seen).toEqual([])
    await turn()
    expect(seen).toEqual([heard, heard])
  })

  it('reports a handler that throws and still tells the others', async () => {
    const failures: unknown[] = []
    const bus = createMemoryEventBus((error) => failures.push(error))
    const seen: unknown[] = []
    bus.subscribe('site.heard', () => {
      throw new Error('broken')
    })
    bus.subscribe('site.heard', (payload) => seen.push(payload))
    bus.publish('site.heard', heard)
    await turn()
    expect(seen).toEqual([heard])
    expect(failures).toHaveLength(1)
  })

  it('tells nothing to who stopped, twice too', async () => {
    const bus = createMemoryEventBus(() => undefined)
    const seen: unknown[] = []
    const subscription = bus.subscribe('site.heard', (payload) => seen.push(payload))
    subscription.stop()
    subscription.stop()
    bus.publish('site.heard', heard)
    await turn()
    expect(seen).toEqual([])
  })
})
