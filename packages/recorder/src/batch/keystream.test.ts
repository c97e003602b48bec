import { randomBytes } from 'node:crypto'
import { eventually } from '@vasistas/testing'
import { describe, expect, it } from 'vitest'
import { createKeystream, generateKey, type Keystream, type Sealed } from './keystream.ts'

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const bytesOf = (text: string) => new TextEncoder().encode(text)

const aKeystream = async () => createKeystream(await generateKey(), random)

/** It is prepared a moment after it was made. */
const sealSoon = (keystream: Keystream, bytes: Uint8Array): Promise<Sealed> =>
  eventually(() => {
    const sealed = keystream.seal(bytes)
    if (!sealed) throw new Error('not prepared yet')
    return sealed
  })

describe('createKeystream', () => {
  it('seals at once, and only the key opens it', async () => {
    const keystream = await aKeystream()
    const sealed = await sealSoon(keystream, bytesOf('words of a visitor'))
    expect(Buffer.from(sealed.bytes).toString()).not.toContain('visitor')
    expect(Buffer.from(await keystream.unseal(sealed)).toString()).toBe('words of a visitor')
    const other = await (await aKeystream()).unseal(sealed)
    expect(Buffer.from(other).toString()).not.toContain('visitor')
  })

  it('never uses a part of the stream twice', async () => {
    const keystream = await aKeystream()
    const sealed = [await sealSoon(keystream, bytesOf('same words'))]
    for (let count = 0; count < 50; count++) sealed.push(await sealSoon(keystream, bytesOf('same words')))
    const seen = new Set(sealed.map(({ bytes }) => Buffer.from(bytes).toString('hex')))
    expect(seen.size).toBe(sealed.length)
    for (const one of sealed) expect(Buffer.from(await keystream.unseal(one)).toString()).toBe('same words')
  })

  it('seals nothing for which no stream is left, and has a new one a moment later', async () => {
    const keystream = await aKeystream()
    const large = new Uint8Array(400 * 1024).fill(7)
    const first = await sealSoon(keystream, large)
    expect(keystream.seal(large)).toBeUndefined()
    const second = await sealSoon(keystream, large)
    expect(Buffer.from(second.nonce)).not.toEqual(Buffer.from(first.nonce))
    expect(Buffer.from(await keystream.unseal(second)).equals(Buffer.from(large))).toBe(true)
  })

  it('has a key that cannot be read out', async () => {
    await expect(crypto.subtle.exportKey('raw', await generateKey())).rejects.toThrow(/extractable/)
  })
})
