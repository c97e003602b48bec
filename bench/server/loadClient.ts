import { connect } from 'node:net'

/** One kept-alive connection that sends a request, waits for its answer, and sends the next: no client library in the way. */
export interface LoadClient {
  /** Status of the answer. */
  post(path: string, body: Uint8Array): Promise<number>
  close(): void
}

export async function openLoadClient(port: number, origin: string): Promise<LoadClient> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let answered: PromiseWithResolvers<number> | undefined
  let received = ''
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1')
    const headEnd = received.indexOf('\r\n\r\n')
    if (headEnd < 0) return
    const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0)
    if (received.length < headEnd + 4 + length) return
    const status = Number(received.slice(9, 12))
    received = ''
    answered?.resolve(status)
  })
  socket.on('error', (error) => answered?.reject(error))
  socket.on('close', () => answered?.reject(new Error('the server closed the connection')))
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  return {
    post(path, body) {
      answered = Promise.withResolvers<number>()
      socket.cork()
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\norigin: ${origin}\r\ncontent-type: text/plain\r\nuser-agent: Chrome/140\r\ncontent-length: ${body.byteLength}\r\n\r\n`,
      )
      socket.write(body)
      socket.uncork()
      return answered.promise
    },
    close: () => socket.destroy(),
  }
}
