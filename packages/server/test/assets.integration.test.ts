import type { IncomingMessage, ServerResponse } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { eventually, startStaticServer } from '@vasistas/testing'
import type { Manifest } from '@vasistas/wire/api'
import { rrweb, type SerializedNode } from '@vasistas/wire/recording'
import { aPageLoad } from './recorderClient.ts'
import { startShop, type Shop } from './startShop.ts'
import { PASSWORD } from './startTestServer.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

const anImage = (src: string, id = 10): SerializedNode => ({
  type: rrweb.NODE.element,
  id,
  tagName: 'img',
  attributes: { src },
  childNodes: [],
})

/** The site's own server, which counts what it is asked for. */
async function startSite() {
  const asked: string[] = []
  const answer =
    (type: string, body: string | Buffer) =>
    (request: IncomingMessage, response: ServerResponse): void => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': type }).end(body)
    }
  const server = await startStaticServer({
    '/a.png': answer('image/png', PNG),
    '/b.svg': answer('image/svg+xml', SVG),
    '/page': answer('text/html', '<h1>no image</h1>'),
  })
  return { origin: server.origin, asked, [Symbol.asyncDispose]: server[Symbol.asyncDispose] }
}

/** A recording whose page shows these. */
async function show(shop: Shop, pageOrigin: string, ...urls: string[]): Promise<string> {
  const visit = await shop.visit({ pageOrigin })
  const images = urls.map((url, index) => anImage(url, 10 + index))
  const sent = await visit.openStream().send(aPageLoad(`${pageOrigin}/`, Date.now(), images))
  expect(sent.status).toBe(200)
  await shop.waitFor(visit.recording, ({ playable }) => playable)
  await shop.owner.fetch(`/api/recordings/${visit.recording}/watches`, { method: 'POST' })
  return visit.recording
}

const assetPath = (recording: string, url: string) => `/api/recordings/${recording}/assets/${encodeURIComponent(url)}`

const fetchKept = (shop: Shop, recording: string, url: string): Promise<Response> =>
  eventually(async () => {
    const response = await shop.owner.fetch(assetPath(recording, url))
    expect(response.status).toBe(200)
    return response
  })

describe('kept images', () => {
  it('are fetched once and shown with the recordings that show them, harmless as documents', async () => {
    await using site = await startSite()
    await using shop = await startShop({ origins: [site.origin], allowPrivateAssets: true })
    const [png, svg] = [`${site.origin}/a.png`, `${site.origin}/b.svg`]
    const first = await show(shop, site.origin, png, svg)
    const response = await fetchKept(shop, first, png)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'cache-control': 'private, max-age=3600',
    })
    expect((await fetchKept(shop, first, svg)).headers.get('content-type')).toBe('image/svg+xml')

    const unsaid = await shop.visit({ pageOrigin: site.origin })
    await unsaid.openStream().send(aPageLoad(`${site.origin}/`, Date.now(), [anImage(png, 10)]))
    await shop.waitFor(unsaid.recording, ({ playable }) => playable)
    const refused = await shop.owner.fetch(assetPath(unsaid.recording, png))
    expect(await refused.json()).toMatchObject({ status: 403, code: 'WATCH_NOT_LOGGED' })

    const second = await show(shop, site.origin, png)
    expect((await fetchKept(shop, second, png)).status).toBe(200)
    expect((await shop.owner.fetch(assetPath(second, svg))).status).toBe(404)
    expect(site.asked.filter((url) => url === '/a.png')).toEqual(['/a.png'])

    const { assetPrefix } = await shop.owner.get<Manifest>(`/api/recordings/${first}/manifest`)
    expect(assetPath(first, png)).toBe(assetPrefix + encodeURIComponent(png))
  })

  it('are for those who may see the recording, and go with it', async () => {
    await using site = await startSite()
    await using shop = await startShop({ origins: [site.origin], allowPrivateAssets: true })
    const png = `${site.origin}/a.png`
    const recording = await show(shop, site.origin, png)
    await fetchKept(shop, recording, png)
    await shop.admin.createAccount({ email: 'eve@other.example', name: 'Eve', password: PASSWORD, language: 'en' })
    const eve = await shop.signIn('eve@other.example')
    expect((await eve.fetch(assetPath(recording, png))).status).toBe(404)
    expect((await fetch(shop.origin + assetPath(recording, png))).status).toBe(401)
    await shop.owner.fetch(`/api/recordings/${recording}`, { method: 'DELETE' })
    expect((await shop.owner.fetch(assetPath(recording, png))).status).toBe(404)
  })

  it('are asked of nobody but the site itself, nor of what is no image', async () => {
    await using other = await startSite()
    await using site = await startSite()
    await using shop = await startShop({ origins: [site.origin], allowPrivateAssets: true })
    const last = `${site.origin}/b.svg`
    const page = `${site.origin}/page`
    const recording = await show(shop, site.origin, `${other.origin}/a.png`, page, last)
    await fetchKept(shop, recording, last)
    await eventually(() => expect(site.asked).toContain('/page'))
    expect((await shop.owner.fetch(assetPath(recording, page))).status).toBe(404)
    expect(other.asked).toEqual([])
  })

  it('are asked of no private address unless the operator allows it', async () => {
    await using site = await startSite()
    await using shop = await startShop({ origins: [site.origin] })
    const png = `${site.origin}/a.png`
    const recording = await show(shop, site.origin, png)
    await eventually(async () => expect(await refusalsOf(shop)).toEqual(['address-private']))
    expect(site.asked).toEqual([])
    expect((await shop.owner.fetch(assetPath(recording, png))).status).toBe(404)
  })

  it('are not fetched for a site that keeps none', async () => {
    await using site = await startSite()
    await using shop = await startShop({ origins: [site.origin], allowPrivateAssets: true })
    await shop.admin.updateSite(shop.site.key, { settings: { keepAssets: false } })
    // The running server looks at settings changed elsewhere once a second.
    await eventually(async () => {
      const { items } = await shop.owner.get<{ items: { settings: { keepAssets: boolean } }[] }>('/api/sites')
      expect(items[0]?.settings.keepAssets).toBe(false)
    })
    const recording = await show(shop, site.origin, `${site.origin}/a.png`)
    const { assetPrefix } = await shop.owner.get<Manifest>(`/api/recordings/${recording}/manifest`)
    expect(assetPrefix).toBeNull()
    expect(site.asked).toEqual([])
  })
})

async function refusalsOf({ config }: Shop): Promise<readonly string[]> {
  const database = new DatabaseSync(`${config.dataFolder}/meta.db`, { readOnly: true })
  const rows = database.prepare("SELECT failure FROM asset WHERE state = 'refused'").all()
  database.close()
  return rows.map((row) => String(row['failure']))
}
