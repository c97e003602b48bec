import { describe, expect, it } from 'vitest'
import type { IdentityStorage } from './identityStorage.ts'
import { createSessionTracker } from './sessionTracker.ts'

const MINUTE = 60_000

/** One browser: tabs share its storage and its time. */
function aBrowser() {
  const kept = new Map<string, unknown>()
  let now = 1_800_000_000_000
  const storage: IdentityStorage = {
    read: (name) => kept.get(name) ?? null,
    write: (name, value) => void kept.set(name, value),
    remove: (name) => void kept.delete(name),
  }
  return {
    kept,
    newTab: () => createSessionTracker(storage, { now: () => now, mono: () => now }),
    wait: (ms: number) => void (now += ms),
  }
}

describe('createSessionTracker', () => {
  it('lets the next page go on with the session of the last', () => {
    const { newTab, wait } = aBrowser()
    newTab().join('token', 'recording')
    wait(29 * MINUTE)
    expect(newTab().findCurrent()).toMatchObject({ token: 'token', recording: 'recording' })
  })

  it('is over after half an hour without the visitor', () => {
    const { newTab, wait } = aBrowser()
    const tab = newTab()
    tab.join('token', 'recording')
    wait(20 * MINUTE)
    tab.noteActivity()
    wait(29 * MINUTE)
    expect(tab.isOver()).toBe(false)
    wait(2 * MINUTE)
    expect(tab.isOver()).toBe(true)
    expect(newTab().findCurrent()).toBeUndefined()
  })

  it('is over a little before the four hours that the server allows, however busy the visitor is', () => {
    const { newTab, wait } = aBrowser()
    const tab = newTab()
    tab.join('token', 'recording')
    for (let minute = 0; minute < 238; minute++) {
      wait(MINUTE)
      tab.noteActivity()
    }
    expect(tab.isOver()).toBe(false)
    wait(1.5 * MINUTE)
    expect(tab.isOver()).toBe(true)
  })

  it('counts what the visitor does in another tab', () => {
    const { newTab, wait } = aBrowser()
    const [left, right] = [newTab(), newTab()]
    left.join('token', 'recording')
    right.join('token', 'recording')
    wait(20 * MINUTE)
    right.noteActivity()
    wait(20 * MINUTE)
    expect(newTab().findCurrent()).toMatchObject({ recording: 'recording' })
  })

  it('keeps the beginning of a session that a page goes on with', () => {
    const { newTab, wait, kept } = aBrowser()
    newTab().join('first', 'recording')
    const begun = kept.get('session') as { startedAt: number }
    wait(10 * MINUTE)
    newTab().join('second', 'recording')
    expect(kept.get('session')).toMatchObject({ startedAt: begun.startedAt, token: 'second', streams: 2 })
    newTab().join('third', 'another')
    expect(kept.get('session')).toMatchObject({ startedAt: begun.startedAt + 10 * MINUTE, streams: 1 })
  })

  it('begins a new session before one has more page loads than a server takes', () => {
    const { newTab } = aBrowser()
    for (let load = 0; load < 241; load++) newTab().join('token', 'recording')
    expect(newTab().findCurrent()).toBeUndefined()
  })

  it('knows nothing of what is not a session', () => {
    const { newTab, kept } = aBrowser()
    for (const value of ['x', 1, {}, { token: 'x', startedAt: 'y', activeAt: 1 }]) {
      kept.set('session', value)
      expect(newTab().findCurrent()).toBeUndefined()
    }
  })
})
