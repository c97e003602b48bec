import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chooseLanguage } from './language.ts'
import { readAsset } from './readAsset.ts'
import { CATALOGUE_PATH, renderCatalogue, renderPage } from './renderPage.ts'

export interface ShopOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Loopback unless told otherwise. */
  readonly host?: string
  /** Address of `v.js`; without it or without a key the shop is a page like any other. */
  readonly scriptUrl?: string | undefined
  readonly siteKey?: string | undefined
}

export interface Shop extends AsyncDisposable {
  /** `http://127.0.0.1:4310`, no slash at the end. */
  readonly origin: string
  close(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** Serves the shop and puts the snippet into each of its pages. Nothing is stored: a posted form shows the next page. */
export async function startShop(options: ShopOptions): Promise<Shop> {
  const snippet = writeSnippet(options)
  const server = createServer((request, response) => send(request, response, answer(request, snippet)))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host ?? '127.0.0.1', resolve)
  })
  const { address, port, family } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const host = family === 'IPv6' ? `[${address}]` : address
  return { origin: `http://${host}:${port}`, close, [Symbol.asyncDispose]: close }
}

/** Exactly what the install page tells a site's owner to copy. */
function writeSnippet({ scriptUrl, siteKey }: ShopOptions): string {
  if (scriptUrl === undefined || siteKey === undefined) return ''
  return `<script async src="${scriptUrl}" data-site="${siteKey}"></script>
    <script>window.vasistas = window.vasistas || function () { (vasistas.q = vasistas.q || []).push(arguments) }</script>`
}

function answer(request: IncomingMessage, snippet: string): Answer {
  const path = readPath(request.url)
  if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) return plain(405, 'Method not allowed')
  if (path === undefined) return plain(400, 'Bad request')
  if (path === '/') return redirect(`/${chooseLanguage(request.headers['accept-language'])}/`)
  if (path === CATALOGUE_PATH) return answerWith(200, 'text/javascript; charset=utf-8', renderCatalogue())
  const page = renderPage(path, snippet, request.headers['accept-language'])
  if (page) return answerWith(page.status, 'text/html; charset=utf-8', page.html)
  const asset = readAsset(path)
  if (!asset) return plain(404, 'Not found')
  if (request.headers['if-none-match'] === asset.etag) return { status: 304, headers: { etag: asset.etag }, body: '' }
  const headers = { 'content-type': asset.type, 'cache-control': 'public, max-age=300', etag: asset.etag }
  return { status: 200, headers, body: asset.body }
}

function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  // A posted form is read to its end and forgotten.
  request.resume()
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function readPath(url: string | undefined): string | undefined {
  try {
    return decodeURIComponent(new URL(url ?? '/', 'http://shop').pathname)
  } catch {
    return undefined // `%zz` is nobody's page
  }
}

function answerWith(status: number, type: string, body: string): Answer {
  return { status, headers: { 'content-type': type, 'cache-control': 'no-cache' }, body }
}

const plain = (status: number, text: string) => answerWith(status, 'text/plain; charset=utf-8', text)
const redirect = (location: string): Answer => ({
  status: 302,
  headers: { location, vary: 'accept-language' },
  body: '',
})
