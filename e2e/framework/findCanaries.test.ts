import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { findCanaries } from './findCanaries.ts'

const CANARY = 'CNRY042ZQ-secret'

describe('findCanaries', () => {
  it.each([
    ['as it is', Buffer.from(`{"text":"${CANARY}"}`)],
    ['percent-encoded twice', Buffer.from(encodeURIComponent(encodeURIComponent('é' + CANARY)))],
    ['as base64 at any alignment', Buffer.from('x' + Buffer.from('ab' + CANARY + 'cd').toString('base64'))],
    ['in hexadecimal', Buffer.from(Buffer.from(CANARY).toString('hex'))],
    ['as UTF-16', Buffer.from(CANARY, 'utf16le')],
    ['backwards', Buffer.from(Array.from(CANARY).reverse().join(''))],
    ['in gzip behind a header', Buffer.concat([Buffer.from('VSB1....'), gzipSync(`[{"x":"${CANARY}"}]`)])],
  ])('finds a canary %s', (_how, bytes) => {
    expect(findCanaries(bytes, [CANARY])).toEqual([CANARY])
  })

  it('finds none where none is', () => {
    expect(findCanaries(Buffer.from('CNRY041ZQ-secret'), [CANARY])).toEqual([])
  })
})
