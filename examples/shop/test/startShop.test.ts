import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { listPagePaths, startShop } from '../src/index.ts'

const SNIPPET = `<script async src="http://127.0.0.1:4300/v.js" data-site="KEY"></script>
    <script>window.vasistas = window.vasistas || function () { (vasistas.q = vasistas.q || []).push(arguments) }</script>`

describe('startShop', () => {
  it('puts the documented snippet into every page, once, and into no frame', async () => {
    await using shop = await startShop({ port: 0, scriptUrl: 'http://127.0.0.1:4300/v.js', siteKey: 'KEY' })
    const wrong = await findPages(shop.origin, listPagePaths(), ({ status, type, text }) => {
      return status !== 200 || type !== 'text/html; charset=utf-8' || text.split(SNIPPET).length !== 2
    })
    expect(wrong).toEqual([])
    expect((await read(`${shop.origin}/fr/frames/map`)).text).not.toContain('data-site')
  })

  it('fills every template: no slot and no pair of words is left over', async () => {
    await using shop = await startShop({ port: 0 })
    const paths = [...listPagePaths(), '/fr/frames/map', '/en/frames/size-guide', '/en/nowhere']
    expect(await findPages(shop.origin, paths, ({ text }) => /\{\{|\}\}|\[\[|\]\]|undefined/.test(text))).toEqual([])
  })

  it('is a shop like any other without a key', async () => {
    await using shop = await startShop({ port: 0 })
    expect((await read(`${shop.origin}/en/`)).text).not.toMatch(/v\.js|vasistas\.q/)
  })

  it('has no broken link and no missing file', async () => {
    await using shop = await startShop({ port: 0 })
    const broken: string[] = []
    const seen = new Set<string>()
    const waiting = ['/fr/', '/en/', '/jingle.wav']
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue
      seen.add(path)
      const { status, text } = await read(shop.origin + path)
      if (status !== 200) broken.push(`${path} ${status}`)
      waiting.push(...listAddresses(text, new URL(path, shop.origin)))
    }
    expect(broken).toEqual([])
    // The account is reached by a script that signs in; everything else by a link.
    const unreached = listPagePaths().filter(
      (path) => !seen.has(path) && !/workshop\/|checkout|thanks|account/.test(path),
    )
    expect(unreached).toEqual([])
  })

  it('greets at the root in the language of the browser', async () => {
    await using shop = await startShop({ port: 0 })
    const greet = async (language: string) => {
      const response = await fetch(shop.origin, { redirect: 'manual', headers: { 'accept-language': language } })
      return response.headers.get('location')
    }
    expect(await greet('fr-FR,fr;q=0.9')).toBe('/fr/')
    expect(await greet('de, en;q=0.5')).toBe('/en/')
  })

  it('gives nothing outside its public folder', async () => {
    await using shop = await startShop({ port: 0 })
    const attempts = [
      '/../package.json',
      '/css/../../src/index.ts',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/%2e%2e%2fpackage.json',
      '/css/%00.css',
      '/%zz',
      '/css/',
      '/css',
    ]
    const answers = await Promise.all(attempts.map((path) => readRaw(shop.origin, path)))
    expect(answers.filter(({ status }) => status !== 400 && status !== 404)).toEqual([])
    expect(answers.filter(({ text }) => text.includes('@vasistas/example-shop'))).toEqual([])
  })

  it('answers a page that does not exist with a page that says so', async () => {
    await using shop = await startShop({ port: 0 })
    const french = await read(`${shop.origin}/fr/grenier`)
    expect(french.status).toBe(404)
    expect(french.text).toContain('Cette porte n’existe pas.')
    expect((await read(`${shop.origin}/css/nothing.css`)).status).toBe(404)
  })

  it('lets browsers keep its files and ask whether they changed', async () => {
    await using shop = await startShop({ port: 0 })
    const first = await fetch(`${shop.origin}/css/base.css`)
    const etag = first.headers.get('etag') ?? ''
    const second = await fetch(`${shop.origin}/css/base.css`, { headers: { 'if-none-match': etag } })
    expect(second.status).toBe(304)
    expect(first.headers.get('cache-control')).toContain('max-age')
  })

  it('shows the next page to a posted form and refuses other methods', async () => {
    await using shop = await startShop({ port: 0 })
    const posted = await fetch(`${shop.origin}/fr/thanks`, {
      method: 'POST',
      body: new URLSearchParams({ given: 'Odile' }),
    })
    expect(posted.status).toBe(200)
    expect(await posted.text()).not.toContain('Odile')
    expect((await fetch(`${shop.origin}/fr/`, { method: 'DELETE' })).status).toBe(405)
  })
})

interface Seen {
  readonly status: number
  readonly type: string | null
  readonly text: string
}

async function findPages(origin: string, paths: readonly string[], isWanted: (page: Seen) => boolean) {
  const pages = await Promise.all(paths.map(async (path) => ({ path, page: await read(origin + path) })))
  return pages.filter(({ page }) => isWanted(page)).map(({ path }) => path)
}

async function read(url: string): Promise<Seen> {
  const response = await fetch(url)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

/** A request whose path is sent as it stands: `fetch` would tidy it up. */
function readRaw(origin: string, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin)
    const asked = request({ hostname, port, path }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** Paths of our own origin that a page, sheet or script names. */
function listAddresses(text: string, base: URL): readonly string[] {
  const named = [
    ...text.matchAll(/\s(?:href|src|action)="([^"]+)"|url\('([^']+)'\)|from '(\.[^']+)'|import '(\.[^']+)'/g),
  ]
  return named
    .map(([, attribute, url, from, imported]) => attribute ?? url ?? from ?? imported ?? '')
    .filter((address) => !/^(?:#|data:|https?:|mailto:)/.test(address) && !address.includes('$'))
    .map((address) => new URL(address, base).pathname)
}
