import { describe, expect, it } from 'vitest'
import { nextSpeed, replayAction } from './shortcuts.ts'

const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
  replayAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

describe('replayAction', () => {
  it('plays, steps and jumps', () => {
    expect(press(' ')).toEqual({ type: 'toggle' })
    expect(press('ArrowLeft')).toEqual({ type: 'skip', ms: -5000 })
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ type: 'skip', ms: 30_000 })
    expect(press('.')).toEqual({ type: 'marker', direction: 1 })
    expect(press('Home')).toEqual({ type: 'jump', share: 0 })
    expect(press('7')).toEqual({ type: 'jump', share: 0.7 })
  })

  it('knows letters whether or not capitals are locked', () => {
    expect(press('F')).toEqual({ type: 'fullScreen' })
    expect(press('s')).toEqual({ type: 'skipInactivity' })
  })

  it('leaves the browser’s own shortcuts alone', () => {
    expect(press('f', { ctrlKey: true })).toBeUndefined()
    expect(press('ArrowLeft', { altKey: true })).toBeUndefined()
    expect(press('s', { metaKey: true })).toBeUndefined()
    expect(press('x')).toBeUndefined()
  })
})

describe('nextSpeed', () => {
  it('goes from half to sixteen times and no further', () => {
    expect(nextSpeed(1, 1)).toBe(2)
    expect(nextSpeed(1, -1)).toBe(0.5)
    expect(nextSpeed(16, 1)).toBe(16)
    expect(nextSpeed(0.5, -1)).toBe(0.5)
  })
})
