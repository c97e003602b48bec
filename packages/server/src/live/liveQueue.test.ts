import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '@vasistas/wire/api'
import { createLiveQueue } from './liveQueue.ts'

const updated = (recording: string): LiveEvent => ({ type: 'recording.updated', siteId: 1, recording })
const erased = (recording: string): LiveEvent => ({ type: 'recording.erased', siteId: 1, recording })
const heard = (at: number): LiveEvent => ({ type: 'site.heard', siteId: 1, at, origin: 'https://shop.example' })

describe('createLiveQueue', () => {
  it('keeps one hint for each thing, the newest', () => {
    const queue = createLiveQueue()
    for (const event of [updated('a'), heard(1), updated('a'), heard(2), updated('b')]) queue.add(event)
    expect(queue.takeAll()).toEqual([updated('a'), heard(2), updated('b')])
    expect(queue.takeAll()).toEqual([])
  })

  it('lets nothing revive what was erased', () => {
    const queue = createLiveQueue()
    for (const event of [updated('a'), erased('a'), updated('a')]) queue.add(event)
    expect(queue.takeAll()).toEqual([erased('a')])
  })

  it('says when more wait than a reader will ever want', () => {
    const queue = createLiveQueue()
    const added = Array.from({ length: 501 }, (_, index) => queue.add(updated(String(index))))
    expect(added.filter((isWelcome) => !isWelcome)).toHaveLength(1)
    expect(added.at(-1)).toBe(false)
  })
})
