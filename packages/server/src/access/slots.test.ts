import { describe, expect, it } from 'vitest'
import { createSlots } from './slots.ts'

/** Work that ends when it is told to. */
function aWork() {
  let finish: () => void = () => undefined
  let isRunning = false
  const done = new Promise<void>((resolve) => (finish = resolve))
  return {
    run: async () => {
      isRunning = true
      await done
    },
    finish: () => finish(),
    get isRunning() {
      return isRunning
    },
  }
}

const soon = () => new Promise((resolve) => setImmediate(resolve))

describe('slots', () => {
  it('run as much together as they are, the rest in order, and refuse who would wait too long', async () => {
    const slots = createSlots({ atOnce: 2, mostWaiting: 1 })
    const works = [aWork(), aWork(), aWork(), aWork()]
    const results = works.map(({ run }) => slots.run(run))
    await expect(results[3]).rejects.toMatchObject({ code: 'BUSY' })
    await soon()
    expect(works.map(({ isRunning }) => isRunning)).toEqual([true, true, false, false])
    works[1]?.finish()
    await results[1]
    await soon()
    expect(works[2]?.isRunning).toBe(true)
    works[0]?.finish()
    works[2]?.finish()
    await Promise.all(results.slice(0, 3))
    await expect(slots.run(() => Promise.resolve(7))).resolves.toBe(7)
  })

  it('are free again after a failure', async () => {
    const slots = createSlots({ atOnce: 1, mostWaiting: 0 })
    for (let index = 0; index < 3; index++) {
      await expect(slots.run(() => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong')
    }
  })
})
