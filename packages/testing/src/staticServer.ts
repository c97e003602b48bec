import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StaticServer extends AsyncDisposable {
  readonly origin: string
  close(): Promise<void>
}

export type Respond = (request: IncomingMessage, response: ServerResponse) => void

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
}

/** Pages by path, as text or as a handler; everything else is 404. On a free loopback port. */
export async function startStaticServer(
  pages: Readonly<Record<string, string | Buffer | Respond>>,
): Promise<StaticServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const page = pages[path]
    if (page === undefined) {
      response.writeHead(404).end()
    } else if (typeof page === 'function') {
      page(request, response)
    } else {
      const extension = path.split('.').pop() ?? ''
      response.writeHead(200, { 'content-type': TYPES[extension] ?? 'text/html; charset=utf-8' }).end(page)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return { origin: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close }
}
