import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'

describe('createRandom', () => {
  it('makes ids that a command line never takes for an option', () => {
    const random = createRandom()
    const ids = Array.from({ length: 2000 }, () => random.id())
    expect(ids.filter((id) => id.startsWith('-'))).toEqual([])
    expect(ids.filter((id) => !/^[\w-]{22}$/.test(id))).toEqual([])
    expect(new Set(ids).size).toBe(2000)
  })
})
