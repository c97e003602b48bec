import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'

import { readUint48, writeUint48, type SessionId, type SiteId } from '@vasistas/wire/core'

import type { Clock } from '../clock.ts'

/**
 * The capability to add batches to one session, and nothing else. Stateless:
 * base64url( u8 version · u8 key id · u64 session · u64 site · u48 expires · u8 capabilities · HMAC-SHA256 ).
 */
export interface SessionTokens {
  issue(session: SessionId, site: SiteId): string
  read(token: string): TokenReading
}

/** `ageing`: valid, and due for a new one. `late`: expired less than ten minutes ago. `expired`: still proves the session. */
type TokenReading =
  | {
      readonly status: 'fresh' | 'ageing' | 'late' | 'expired'
      readonly session: SessionId
      readonly site: SiteId
    }
  | { readonly status: 'invalid' }

const VERSION = 1
const WRITE = 1
const BODY_BYTES = 25
const MAC_BYTES = 32
const TOKEN_CHARACTERS = 76
const LIFE_MS = 30 * 60_000
const GRACE_MS = 10 * 60_000
const RENEW_MS = 10 * 60_000

export function createSessionTokens(key: KeyObject, keyId: number, clock: Clock): SessionTokens {
  const sign = (body: Uint8Array): Buffer => createHmac('sha256', key).update(body).digest()
  const invalid: TokenReading = { status: 'invalid' }

  return {
    issue(session, site) {
      const body = Buffer.alloc(BODY_BYTES)
      const view = viewOf(body)
      view.setUint8(0, VERSION)
      view.setUint8(1, keyId)
      view.setBigUint64(2, BigInt(session))
      view.setBigUint64(10, BigInt(site))
      writeUint48(view, 18, clock.now() + LIFE_MS)
      view.setUint8(24, WRITE)
      return Buffer.concat([body, sign(body)]).toString('base64url')
    },

    read(token) {
      if (token.length !== TOKEN_CHARACTERS) return invalid
      const bytes = Buffer.from(token, 'base64url')
      if (bytes.byteLength !== BODY_BYTES + MAC_BYTES) return invalid
      const body = bytes.subarray(0, BODY_BYTES)
      if (!timingSafeEqual(sign(body), bytes.subarray(BODY_BYTES))) return invalid
      const view = viewOf(body)
      if (view.getUint8(0) !== VERSION || view.getUint8(1) !== keyId || view.getUint8(24) !== WRITE) return invalid
      const left = readUint48(view, 18) - clock.now()
      const status = left > RENEW_MS ? 'fresh' : left > 0 ? 'ageing' : left > -GRACE_MS ? 'late' : 'expired'
      return { status, session: Number(view.getBigUint64(2)), site: Number(view.getBigUint64(10)) }
    },
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
