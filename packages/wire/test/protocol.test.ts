import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CUSTOM_TAGS, decodeEnvelope, decodeRecords, decodeReplayBatches } from '../src/recording/index.ts'

const text = readFileSync(new URL('../../../docs/PROTOCOL.md', import.meta.url), 'utf8')

/** The bytes of each dump in the document, in order. */
const dumps = [...text.matchAll(/```\n((?:[\da-f]{8}: .*\n)+)```/g)].map(([, dump = '']) => {
  const hex = dump.replace(/^[\da-f]{8}: ((?:[\da-f]{4} ?){1,8}) .*$/gm, '$1').replace(/\s/g, '')
  return new Uint8Array(Buffer.from(hex, 'hex'))
})

describe('docs/PROTOCOL.md', () => {
  it('shows a batch that decodes to what it says', () => {
    const decoded = decodeEnvelope(dumps[0] ?? new Uint8Array())
    if (!decoded.ok) throw new Error(decoded.error)
    const { flags, header, payload } = decoded.value
    expect(dumps[0]?.byteLength).toBe(224)
    expect(flags).toEqual({ gzip: false, final: true, snapshot: false, retry: false })
    expect(header).toMatchObject({ session: 369172480123904, stream: 200100300400500, sequence: 4, records: 1 })
    expect(header.rawBytes).toBe(payload.byteLength)
    expect(decodeRecords(new TextDecoder().decode(payload))).toEqual({
      ok: true,
      value: { records: [{ type: 'scroll', at: 1790000000000, node: 3, left: 0, top: 120 }], unknown: 0 },
    })
  })

  it('shows how that batch begins when it is replayed', () => {
    const sent = decodeEnvelope(dumps[0] ?? new Uint8Array())
    if (!sent.ok) throw new Error(sent.error)
    const replayed = new Uint8Array([...(dumps[1]?.subarray(0, 15) ?? []), ...sent.value.payload])
    expect(decodeReplayBatches(replayed)).toMatchObject([{ stream: 200100300400500, sequence: 4, gzip: false }])
    expect(dumps[1]?.at(15)).toBe(sent.value.payload[0])
  })

  it('names every custom tag', () => {
    for (const tag of Object.values(CUSTOM_TAGS)) expect(text).toContain(`\`${tag}\``)
  })
})
