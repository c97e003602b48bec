import { describe, expect, it } from 'vitest'
import { createOwnAddress } from './ownAddress.ts'

const local = { host: '127.0.0.1', publicUrl: undefined, trustProxy: 0, tls: undefined }
const behindProxy = { ...local, publicUrl: 'https://replay.example', trustProxy: 1 }

describe('the own address', () => {
  it('is loopback’s names, and the public one, where the server listens on loopback', () => {
    const { isOwnHost } = createOwnAddress({ ...local, publicUrl: 'https://replay.example' })
    const isOwn = (host: string) => isOwnHost({ headers: { host } })
    expect(
      ['localhost:4300', '127.0.0.1', '[::1]:4300', 'a.localhost', 'replay.example', 'REPLAY.example:443'].every(isOwn),
    ).toBe(true)
    expect(['evil.example', 'replay.example.evil.example', 'localhost.evil', '', 'a b'].some(isOwn)).toBe(false)
    expect(isOwnHost({ headers: {} })).toBe(false)
  })

  it('may be any that a proxy hands on, or that an open server without a public address is reached by', () => {
    expect(createOwnAddress(behindProxy).isOwnHost({ headers: { host: 'upstream' } })).toBe(true)
    expect(createOwnAddress({ ...local, host: '0.0.0.0' }).isOwnHost({ headers: { host: '10.1.2.3:4300' } })).toBe(true)
    const open = createOwnAddress({ ...local, host: '0.0.0.0', publicUrl: 'https://replay.example' })
    expect(open.isOwnHost({ headers: { host: '10.1.2.3:4300' } })).toBe(false)
  })

  it('takes the scheme from the proxy only where one is trusted', () => {
    const headers = { host: 'shop.example', origin: 'https://shop.example', 'x-forwarded-proto': 'https' }
    expect(createOwnAddress({ ...local, host: '0.0.0.0', trustProxy: 1 }).isOwnOrigin({ headers })).toBe(true)
    expect(createOwnAddress({ ...local, host: '0.0.0.0' }).isOwnOrigin({ headers })).toBe(false)
  })

  it('is the Origin of the public address, whatever Host the proxy sends', () => {
    const { isOwnOrigin } = createOwnAddress(behindProxy)
    expect(isOwnOrigin({ headers: { host: 'upstream:4300', origin: 'https://replay.example' } })).toBe(true)
    expect(isOwnOrigin({ headers: { host: 'upstream:4300', origin: 'http://replay.example' } })).toBe(false)
  })

  it('is given where no page asks, and not where another site’s page does', () => {
    const { isOwnOrigin } = createOwnAddress(local)
    const host = 'localhost:4300'
    expect(isOwnOrigin({ headers: { host } })).toBe(true)
    expect(isOwnOrigin({ headers: { host, 'sec-fetch-site': 'same-origin' } })).toBe(true)
    expect(isOwnOrigin({ headers: { host, 'sec-fetch-site': 'cross-site' } })).toBe(false)
    expect(isOwnOrigin({ headers: { host, 'sec-fetch-site': 'same-site' } })).toBe(false)
    expect(isOwnOrigin({ headers: { host, origin: 'http://localhost:4301' } })).toBe(false)
  })
})
