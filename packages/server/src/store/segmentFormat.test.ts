import { createSecretKey, randomBytes } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { createCrc32c } from './crc32c.ts'
import { openFrame, sealFrame, type DataKey } from './sealFrame.ts'
import { createSegmentFormat, HEADER_BYTES, NONCE_BYTES, type FrameIdentity } from './segmentFormat.ts'

const format = createSegmentFormat()
const aKey = (): DataKey => ({ keyId: randomBytes(16), secret: createSecretKey(randomBytes(32)) })
const place: FrameIdentity = {
  type: 'batch',
  siteId: 374_717_753_329_102,
  sessionId: 374_717_753_341_725,
  stream: 2 ** 48 - 1,
  sequence: 99_999,
  rawBytes: 32 * 1024 * 1024,
  flags: 15,
}
const seal = (key: DataKey, payload: Uint8Array, identity = place) =>
  sealFrame(format, key, identity, payload, randomBytes(NONCE_BYTES))

describe('createCrc32c', () => {
  it('computes the check value of the Castagnoli polynomial, at every length', () => {
    const crc32c = createCrc32c()
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283)
    expect(crc32c(new Uint8Array())).toBe(0)
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa)
  })
})

describe('sealFrame and openFrame', () => {
  it.each([0, 1, 31, 32 * 1024])('give back %i bytes as they were, and hide them meanwhile', (length) => {
    const key = aKey()
    const payload = randomBytes(length)
    const frame = seal(key, payload)
    expect(length > 8 && Buffer.from(frame).includes(payload)).toBe(false)
    const opened = openFrame(format, key, place, frame)
    expect(opened.ok && Buffer.from(opened.value).equals(payload)).toBe(true)
  })

  it('never seal alike twice', () => {
    const key = aKey()
    expect(Buffer.from(seal(key, Buffer.from('door'))).equals(seal(key, Buffer.from('door')))).toBe(false)
  })

  it.each<[string, Partial<FrameIdentity>]>([
    ['another site', { siteId: 1 }],
    ['another session', { sessionId: 1 }],
    ['another stream', { stream: 1 }],
    ['another position', { sequence: 1 }],
  ])('refuse a frame as one of %s', (_, changes) => {
    const key = aKey()
    const opened = openFrame(format, key, { ...place, ...changes }, seal(key, Buffer.from('door')))
    expect(opened).toEqual({ ok: false, error: 'FRAME_FOREIGN' })
  })

  it('refuse another key, also one that claims to be the same', () => {
    const key = aKey()
    const frame = seal(key, Buffer.from('door'))
    expect(openFrame(format, aKey(), place, frame)).toEqual({ ok: false, error: 'FRAME_FOREIGN' })
    const pretender = { ...aKey(), keyId: key.keyId }
    expect(openFrame(format, pretender, place, frame)).toEqual({ ok: false, error: 'FRAME_FORGED' })
  })

  it('notice every single bit that flips', () => {
    const key = aKey()
    const frame = seal(key, Buffer.from('one door'))
    for (let bit = 0; bit < frame.byteLength * 8; bit++) {
      const flipped = frame.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openFrame(format, key, place, flipped).ok).toBe(false)
    }
  })

  it('notice a change that repaired its checksum', () => {
    const key = aKey()
    const crc32c = createCrc32c()
    const frame = seal(key, Buffer.from('one door'))
    for (const at of [9, 40, 60, 75, frame.byteLength - 6]) {
      const forged = frame.slice()
      forged[at] = (forged[at] ?? 0) ^ 1
      new DataView(forged.buffer).setUint32(forged.byteLength - 4, crc32c(forged.subarray(0, -4)))
      expect(openFrame(format, key, place, forged).ok).toBe(false)
    }
  })
})

describe('a segment', () => {
  const header = { id: 374_717_753_393_181, retentionDays: 30, day: 20_261_124, createdAt: 1_795_551_026_512 }

  it('begins with a header that says what it is', () => {
    const bytes = format.encodeHeader(header)
    expect(bytes.byteLength).toBe(HEADER_BYTES)
    expect(format.decodeHeader(bytes)).toEqual({ ok: true, value: header })
    bytes[13] = (bytes[13] ?? 0) ^ 1
    expect(format.decodeHeader(bytes)).toEqual({ ok: false, error: 'CHECKSUM_WRONG' })
    expect(format.decodeHeader(randomBytes(64)).ok).toBe(false)
  })

  it('lists its frames by scanning up to a torn one, and by its footer once it is sealed', () => {
    const key = aKey()
    const frames = [0, 1, 2].map((sequence) => seal(key, randomBytes(100), { ...place, sequence }))
    const whole = Buffer.concat([format.encodeHeader(header), ...frames])
    const entries = format.scanFrames(whole, HEADER_BYTES)
    expect(entries.map(({ sequence, length }) => [sequence, length])).toEqual(
      frames.map((frame, index) => [index, frame.byteLength]),
    )
    expect(format.scanFrames(whole.subarray(0, -1), HEADER_BYTES)).toHaveLength(2)
    const sealed = Buffer.concat([whole, format.encodeFooter(entries)])
    expect(format.scanFrames(sealed, HEADER_BYTES)).toEqual(entries)
    expect(format.decodeFooter(sealed)).toEqual({ ok: true, value: entries })
    const damaged = Buffer.from(sealed)
    damaged[sealed.byteLength - 20] = (damaged[sealed.byteLength - 20] ?? 0) ^ 1
    expect(format.decodeFooter(damaged).ok).toBe(false)
  })
})
