import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startStaticServer } from '@vasistas/testing'
import { createAssetFetcher, type AssetFetchRules, type AssetOutcome } from './fetchAsset.ts'
import { createPublicAddressCheck } from './publicAddress.ts'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const png = { 'content-type': 'image/png' }

type Pages = Parameters<typeof startStaticServer>[0]

/** One shop on loopback, reached as `shop.test`; every address may be connected to unless the test says otherwise. */
async function aShop(pages: Pages, rules: Partial<AssetFetchRules> = {}) {
  const server = await startStaticServer(pages)
  const origin = server.origin.replace('127.0.0.1', 'shop.test')
  const fetchAsset = createAssetFetcher({
    resolve: async () => ['127.0.0.1'],
    mayConnect: () => true,
    ...rules,
  })
  return {
    origin,
    port: new URL(origin).port,
    fetch: (url: string): Promise<AssetOutcome> =>
      fetchAsset(url.startsWith('/') ? origin + url : url, [origin], new AbortController().signal),
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  }
}

describe('createAssetFetcher', () => {
  it('brings an image of the site without cookies', async () => {
    let cookie: string | undefined = 'unset'
    await using shop = await aShop({
      '/a.png': (request, response) => {
        cookie = request.headers.cookie
        response.writeHead(200, { ...png, 'set-cookie': 'a=b' }).end(PNG)
      },
    })
    expect(await shop.fetch('/a.png')).toEqual({ ok: true, asset: { contentType: 'image/png', bytes: PNG } })
    expect(cookie).toBeUndefined()
  })

  it('follows a redirect within the origin', async () => {
    await using shop = await aShop({
      '/old.png': (_, response) => response.writeHead(301, { location: '/new.png' }).end(),
      '/new.png': (_, response) => response.writeHead(200, png).end(PNG),
    })
    expect(await shop.fetch('/old.png')).toMatchObject({ ok: true })
  })

  it('refuses a redirect to another origin and asks nothing there', async () => {
    let asked = 0
    await using other = await aShop({ '/b.png': (_, response) => (asked++, response.writeHead(200, png).end(PNG)) })
    await using shop = await aShop({
      '/a.png': (_, response) => response.writeHead(302, { location: `${other.origin}/b.png` }).end(),
    })
    expect(await shop.fetch('/a.png')).toEqual({ ok: false, reason: 'redirect-foreign' })
    expect(asked).toBe(0)
  })

  it('gives up on a redirect that turns in circles', async () => {
    await using shop = await aShop({ '/a.png': (_, response) => response.writeHead(302, { location: '/a.png' }).end() })
    expect(await shop.fetch('/a.png')).toEqual({ ok: false, reason: 'redirect-loop' })
  })

  it('refuses origins that the site does not list', async () => {
    await using shop = await aShop({})
    expect(await shop.fetch('http://elsewhere.test/a.png')).toEqual({ ok: false, reason: 'origin-foreign' })
  })

  it.each(['ftp://shop.test/a.png', 'http://user:secret@shop.test/a.png', 'http://shop.test/a.png?id=7', 'nonsense'])(
    'refuses the address %s',
    async (url) => {
      await using shop = await aShop({})
      expect(await shop.fetch(url)).toEqual({ ok: false, reason: 'url-invalid' })
    },
  )

  it('refuses a name that points at a private address', async () => {
    let asked = 0
    await using shop = await aShop(
      { '/a.png': (_, response) => (asked++, response.writeHead(200, png).end(PNG)) },
      { mayConnect: createPublicAddressCheck() },
    )
    expect(await shop.fetch('/a.png')).toEqual({ ok: false, reason: 'address-private' })
    expect(asked).toBe(0)
  })

  it('refuses a private address written as the host itself', async () => {
    const fetchAsset = createAssetFetcher({ resolve: async () => [], mayConnect: createPublicAddressCheck() })
    const { signal } = new AbortController()
    for (const origin of ['http://127.0.0.1', 'http://[::1]', 'http://169.254.169.254', 'http://0x7f000001']) {
      const { origin: canonical } = new URL(origin)
      expect(await fetchAsset(`${origin}/a.png`, [canonical], signal)).toEqual({ ok: false, reason: 'address-private' })
    }
  })

  it('connects to the address that it checked, whatever the name answers later', async () => {
    let lookups = 0
    await using shop = await aShop(
      { '/a.png': (_, response) => response.writeHead(200, png).end(PNG) },
      { resolve: async () => [lookups++ === 0 ? '127.0.0.1' : '203.0.113.1'] },
    )
    expect(await shop.fetch('/a.png')).toMatchObject({ ok: true })
    expect(lookups).toBe(1)
  })

  it('takes the address that may be reached among several', async () => {
    await using shop = await aShop(
      { '/a.png': (_, response) => response.writeHead(200, png).end(PNG) },
      { resolve: async () => ['10.0.0.1', '127.0.0.1'], mayConnect: (address) => address === '127.0.0.1' },
    )
    expect(await shop.fetch('/a.png')).toMatchObject({ ok: true })
  })

  it.each(['text/html', 'application/javascript', 'image/tiff', 'application/octet-stream', ''])(
    'refuses the type "%s"',
    async (type) => {
      await using shop = await aShop({
        '/a.png': (_, response) => response.writeHead(200, type ? { 'content-type': type } : {}).end(PNG),
      })
      expect(await shop.fetch('/a.png')).toEqual({ ok: false, reason: 'type' })
    },
  )

  it('keeps fonts under the type of our own list', async () => {
    await using shop = await aShop({
      '/f': (_, response) => response.writeHead(200, { 'content-type': 'application/x-font-woff; q=1' }).end('wOFF'),
    })
    expect(await shop.fetch('/f')).toMatchObject({ ok: true, asset: { contentType: 'font/woff' } })
  })

  it('refuses what is announced too large, and what grows too large unannounced', async () => {
    await using shop = await aShop({
      '/announced': (_, response) => response.writeHead(200, { ...png, 'content-length': 2 ** 21 + 1 }).write('x'),
      '/grown': (_, response) => response.writeHead(200, png).end(Buffer.alloc(2 ** 21 + 1)),
      '/font': (_, response) =>
        response.writeHead(200, { 'content-type': 'font/woff2' }).end(Buffer.alloc(2 ** 20 + 1)),
      '/just': (_, response) => response.writeHead(200, png).end(Buffer.alloc(2 ** 21)),
    })
    for (const path of ['/announced', '/grown', '/font']) {
      expect(await shop.fetch(path)).toEqual({ ok: false, reason: 'too-large' })
    }
    expect(await shop.fetch('/just')).toMatchObject({ ok: true })
  })

  it('refuses a compressed body that it did not ask for', async () => {
    await using shop = await aShop({
      '/a.svg': (_, response) =>
        response
          .writeHead(200, { 'content-type': 'image/svg+xml', 'content-encoding': 'gzip' })
          .end(gzipSync(Buffer.alloc(1000))),
    })
    expect(await shop.fetch('/a.svg')).toEqual({ ok: false, reason: 'encoding' })
  })

  it('says what the status was not, and when nothing answers in time', async () => {
    await using shop = await aShop({ '/slow': () => undefined }, { deadlineMs: 200 })
    expect(await shop.fetch('/missing')).toEqual({ ok: false, reason: 'status' })
    expect(await shop.fetch('/slow')).toEqual({ ok: false, reason: 'unreachable' })
  })

  it('waits for a name no longer than for an answer', async () => {
    await using shop = await aShop({}, { resolve: () => new Promise(() => {}), deadlineMs: 100 })
    expect(await shop.fetch('/a.png')).toEqual({ ok: false, reason: 'unreachable' })
  })
})
