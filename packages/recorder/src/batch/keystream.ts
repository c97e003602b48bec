import type { Random } from '@vasistas/browser-core'

/** Bytes that only the holder of the key can read. */
export interface Sealed {
  readonly nonce: Uint8Array<ArrayBuffer>
  /** Of 16 bytes each, of the nonce's stream, before the first of these bytes. */
  readonly block: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Keystream {
  /** At once, from what was prepared. Undefined: not enough of it is left; more is being prepared. */
  seal(bytes: Uint8Array): Sealed | undefined
  unseal(sealed: Sealed): Promise<Uint8Array<ArrayBuffer>>
}

interface Prepared {
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly stream: Uint8Array
  /** What is before it was used once and never again. */
  used: number
}

const CIPHER = 'AES-CTR'
const NONCE_BYTES = 12
const BLOCK_BYTES = 16
const COUNTER_BITS = 32
const STREAM_BYTES = 512 * 1024

/**
 * Web Crypto answers later, and the last moment of a page has no later. AES in counter mode is a stream of bytes that does
 * not depend on what is sealed with it: it is made beforehand, and sealing is an exclusive or.
 */
export function createKeystream(key: CryptoKey, random: Pick<Random, 'bytes'>): Keystream {
  let prepared: Prepared | undefined
  void prepare()

  async function prepare(): Promise<void> {
    prepared = undefined
    const nonce = random.bytes(NONCE_BYTES)
    const stream = await crypto.subtle.encrypt(parametersOf(nonce, 0), key, new Uint8Array(STREAM_BYTES))
    prepared = { nonce, stream: new Uint8Array(stream), used: 0 }
  }

  return {
    seal(bytes) {
      if (!prepared) return undefined
      const { nonce, stream, used } = prepared
      if (used + bytes.byteLength > STREAM_BYTES) {
        void prepare()
        return undefined
      }
      prepared.used = Math.ceil((used + bytes.byteLength) / BLOCK_BYTES) * BLOCK_BYTES
      const sealed = bytes.map((byte, index) => byte ^ (stream[used + index] ?? 0))
      return { nonce, block: used / BLOCK_BYTES, bytes: sealed as Uint8Array<ArrayBuffer> }
    },
    unseal: async ({ nonce, block, bytes }) =>
      new Uint8Array(await crypto.subtle.decrypt(parametersOf(nonce, block), key, bytes)),
  }
}

export const generateKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ['encrypt', 'decrypt'])

function parametersOf(nonce: Uint8Array, block: number): AesCtrParams {
  const counter = new Uint8Array(BLOCK_BYTES)
  counter.set(nonce)
  new DataView(counter.buffer).setUint32(NONCE_BYTES, block)
  return { name: CIPHER, counter, length: COUNTER_BITS }
}
