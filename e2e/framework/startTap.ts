import { once } from 'node:events'
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Tap extends AsyncDisposable {
  /** Where a page finds the product, with somebody listening on the way. */
  readonly origin: string
  /** Whatever came by: method, address, headers (a `referer` tells of a page as well) and body, as bytes. */
  readonly requests: readonly TappedRequest[]
}

export interface TappedRequest {
  readonly url: string
  readonly bytes: Buffer
  readonly body: Buffer
}

/** A proxy in front of the product. A browser that is watched from outside does not tell the bytes of a Blob it sends. */
export async function startTap(origin: string): Promise<Tap> {
  const requests: TappedRequest[] = []
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const body = Buffer.concat(parts)
      const head = Buffer.from(`${method} ${url} ${JSON.stringify(headers)}`)
      requests.push({ url, body, bytes: Buffer.concat([head, body]) })
      const outgoing = forward(new URL(url, origin), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      outgoing.on('error', () => response.destroy())
      outgoing.end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
