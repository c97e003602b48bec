import { describe, expect, it } from 'vitest'
import { clockTime, createFormat, flagOf } from './format.ts'

const english = createFormat('en')
const french = createFormat('fr')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('duration', () => {
  it('says two units at most', () => {
    expect(plain(english.duration(4_400))).toBe('4 s')
    expect(plain(english.duration(200_000))).toBe('3 min 20 s')
    expect(plain(english.duration(180_000))).toBe('3 min')
    expect(plain(english.duration(3_900_000))).toBe('1 h 5 min')
  })
})

describe('relative', () => {
  const now = Date.parse('2026-11-24T12:00:00Z')

  it('speaks of the last week in words', () => {
    expect(english.relative(now - 10_000, now)).toBe('now')
    expect(english.relative(now - 5 * 60_000, now)).toBe('5 minutes ago')
    expect(french.relative(now - 3 * 3600_000, now)).toBe('il y a 3 heures')
    expect(french.relative(now - 26 * 3600_000, now)).toBe('hier')
  })

  it('gives the date of what is older', () => {
    expect(english.relative(now - 40 * 24 * 3600_000, now)).toBe('15 Oct 2026')
  })
})

describe('bytes', () => {
  it('chooses the unit people would', () => {
    expect(plain(english.bytes(0))).toBe('0 byte')
    expect(plain(english.bytes(184_320))).toBe('184.3 kB')
    expect(plain(french.bytes(912_000_000))).toBe('912 Mo')
  })
})

describe('country', () => {
  it('names countries in the language, and leaves anything else as it is', () => {
    expect(french.country('DE')).toBe('Allemagne')
    expect(english.country('DE')).toBe('Germany')
    expect(english.country('')).toBe('')
    expect(english.country('x"')).toBe('x"')
  })
})

describe('clockTime', () => {
  it('shows hours only where there are any', () => {
    expect(clockTime(83_900)).toBe('1:23')
    expect(clockTime(3_723_000)).toBe('1:02:03')
    expect(clockTime(-5)).toBe('0:00')
  })
})

describe('flagOf', () => {
  it('is two regional indicators, or nothing', () => {
    expect(flagOf('FR')).toBe('\u{1f1eb}\u{1f1f7}')
    expect(flagOf('')).toBe('')
    expect(flagOf('<b>')).toBe('')
  })
})
