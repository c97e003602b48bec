import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'

import { fail, ok, type Result } from '@vasistas/wire/core'

import { TAG_BYTES, type FrameIdentity, type SegmentFormat } from './segmentFormat.ts'

/** The key of one session or site, in memory only; `secret` can be handed to a worker thread. */
export interface DataKey {
  readonly keyId: Uint8Array
  readonly secret: KeyObject
}

/** `FRAME_DAMAGED`: the checksum says so. `FRAME_FOREIGN`: whole, but of another place or key. `FRAME_FORGED`: GCM says so. */
export type FrameRefusal = 'FRAME_DAMAGED' | 'FRAME_FOREIGN' | 'FRAME_FORGED'

const ALGORITHM = 'aes-256-gcm'

/**
 * Encrypts and authenticates one payload, bound to its place. The nonce is 12 random bytes: a recorder that sends another
 * body under the same sequence must not make GCM repeat one.
 */
export function sealFrame(
  format: SegmentFormat,
  { keyId, secret }: DataKey,
  identity: FrameIdentity,
  payload: Uint8Array,
  nonce: Uint8Array,
): Uint8Array {
  const frame = format.layOutFrame(identity, keyId, nonce, payload.byteLength)
  const cipher = createCipheriv(ALGORITHM, secret, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(frame.aad)
  frame.ciphertext.set(cipher.update(payload))
  cipher.final()
  frame.tag.set(cipher.getAuthTag())
  return frame.finish()
}

/** The payload, if the frame is whole, of this very place, and sealed with this key. Never throws. */
export function openFrame(
  format: SegmentFormat,
  { keyId, secret }: DataKey,
  expected: Pick<FrameIdentity, 'siteId' | 'sessionId' | 'stream' | 'sequence'>,
  bytes: Uint8Array,
): Result<Uint8Array<ArrayBuffer>, FrameRefusal> {
  const frame = format.decodeFrame(bytes)
  if (!frame.ok) return fail('FRAME_DAMAGED')
  const { identity, aad, nonce, ciphertext, tag } = frame.value
  const isHere =
    identity.siteId === expected.siteId &&
    identity.sessionId === expected.sessionId &&
    identity.stream === expected.stream &&
    identity.sequence === expected.sequence
  if (!isHere || !sameBytes(frame.value.keyId, keyId)) return fail('FRAME_FOREIGN')
  const decipher = createDecipheriv(ALGORITHM, secret, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(aad)
  decipher.setAuthTag(tag)
  const payload = new Uint8Array(ciphertext.byteLength)
  try {
    payload.set(decipher.update(ciphertext))
    decipher.final()
  } catch {
    return fail('FRAME_FORGED') // what was decrypted so far is thrown away unseen
  }
  return ok(payload)
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index])
