import { gzipSync } from 'node:zlib'

import { LIMITS } from '@vasistas/wire/core'
import { encodeRecords } from '@vasistas/wire/recording'
import { describe, expect, it } from 'vitest'

import { openPayload } from './openPayload.ts'

const GZIP = 1
const SNAPSHOT = 4
const click = encodeRecords([{ type: 'pointer-action', at: 1, action: 'click', node: 3, x: 1, y: 2 }])

describe('openPayload', () => {
  it.each<[string, string, Uint8Array, boolean]>([
    ['a zip bomb', 'RAW_TOO_LARGE', gzipSync(Buffer.alloc(LIMITS.rawBytes + 1, 32)), true],
    ['bytes that are no gzip', 'GZIP_INVALID', Buffer.from('hello'), true],
    ['a torn gzip', 'GZIP_INVALID', gzipSync('[]'.padEnd(5000)).subarray(0, 20), true],
    ['bytes behind a gzip', 'GZIP_INVALID', Buffer.concat([gzipSync('[]'), Buffer.from('tail')]), true],
    ['JSON too deep', 'PAYLOAD_TOO_DEEP', Buffer.from('['.repeat(100_000)), false],
    ['no JSON', 'PAYLOAD_NOT_JSON', Buffer.from('[{]'), false],
    ['no list', 'PAYLOAD_NOT_A_LIST', Buffer.from('{"a":1}'), false],
    ['too many records', 'PAYLOAD_TOO_MANY_RECORDS', Buffer.from(`[${'1,'.repeat(LIMITS.recordsPerBatch)}1]`), false],
  ])('refuses %s', (_, reason, payload, gzip) => {
    expect(openPayload(payload, gzip ? GZIP : 0)).toEqual({ ok: false, error: reason })
  })

  it('opens gzip, several members of it, and plain text', () => {
    const [start, end] = [gzipSync(click.slice(0, 20)), gzipSync(click.slice(20))]
    for (const [payload, flags] of [
      [gzipSync(click), GZIP],
      [Buffer.concat([start, end]), GZIP],
      [Buffer.from(click), 0],
    ] as const) {
      const opened = openPayload(payload, flags)
      expect(opened.ok && opened.value.records.map(({ type }) => type)).toEqual(['pointer-action'])
    }
  })

  it('lets a batch with a snapshot be larger', () => {
    const large = gzipSync('[' + ' '.repeat(LIMITS.rawBytes) + ']')
    expect(openPayload(large, GZIP)).toEqual({ ok: false, error: 'RAW_TOO_LARGE' })
    expect(openPayload(large, GZIP | SNAPSHOT).ok).toBe(true)
  })

  it('counts what it does not know instead of guessing', () => {
    const payload = Buffer.from('[{"type":99,"timestamp":1,"data":{}},{"type":6,"timestamp":1,"data":{"plugin":"x"}}]')
    expect(openPayload(payload, 0)).toEqual({ ok: true, value: { records: [], unknown: 2 } })
  })
})
