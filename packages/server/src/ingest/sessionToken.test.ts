import { createSecretKey, randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { createSessionTokens } from './sessionToken.ts'

const MINUTE = 60_000
const key = createSecretKey(randomBytes(32))

function someTokens() {
  let now = 1_795_000_000_000
  const clock = { now: () => now, mono: () => now }
  return { tokens: createSessionTokens(key, 7, clock), advance: (ms: number) => void (now += ms) }
}

describe('createSessionTokens', () => {
  it('reads back which session of which site it was issued for', () => {
    const { tokens } = someTokens()
    expect(tokens.read(tokens.issue(374_717_753_341_725, 374_717_753_329_102))).toEqual({
      status: 'fresh',
      session: 374_717_753_341_725,
      site: 374_717_753_329_102,
    })
  })

  it.each([
    [19, 'fresh'],
    [21, 'ageing'],
    [31, 'late'],
    [41, 'expired'],
  ])('is after %i minutes %s', (minutes, status) => {
    const { tokens, advance } = someTokens()
    const token = tokens.issue(1, 2)
    advance(minutes * MINUTE)
    expect(tokens.read(token).status).toBe(status)
  })

  it('accepts no token in which a single bit is different', () => {
    const { tokens } = someTokens()
    const bytes = Buffer.from(tokens.issue(1, 2), 'base64url')
    for (let bit = 0; bit < bytes.byteLength * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(tokens.read(changed.toString('base64url')).status).toBe('invalid')
    }
  })

  it.each(['', 'x', 'A'.repeat(76), 'A'.repeat(10_000), '\u0000'.repeat(76), '='.repeat(76)])(
    'accepts no %j',
    (token) => {
      expect(someTokens().tokens.read(token)).toEqual({ status: 'invalid' })
    },
  )

  it('accepts no token of another root key', () => {
    const { tokens } = someTokens()
    const clock = { now: () => 1_795_000_000_000, mono: () => 0 }
    const others = createSessionTokens(createSecretKey(randomBytes(32)), 7, clock)
    expect(others.read(tokens.issue(1, 2)).status).toBe('invalid')
  })
})
