import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { LiveEvent } from '@vasistas/wire/api'
import { WebSocketServer, type WebSocket } from 'ws'
import { createLiveQueue, type LiveQueue } from './liveQueue.ts'

const PATH = '/api/live'
/** Milliseconds: a list that changes more often than this is harder to read, not fresher. */
const SEND_INTERVAL_MS = 250
const PING_INTERVAL_MS = 30_000
/** Bytes that the operating system has not taken yet: such a reader is asleep and waits. */
const MAX_BUFFERED_BYTES = 64 * 1024
const FAREWELL_MS = 500
/** Open tabs of one person. */
const MAX_SOCKETS_PER_AGENT = 10

interface LiveReader {
  readonly agentId: number
  readonly accountId: number
}

export interface LiveSocketDependencies {
  readonly server: Server
  /** Whether the page that connects is our own dashboard (WebSockets know no same-origin rule). */
  readonly isOwnOrigin: (request: IncomingMessage) => boolean
  /** Who a request's cookie belongs to; asked again at every ping, so that a sign-out ends the socket. */
  readonly findReader: (request: IncomingMessage) => Promise<LiveReader | undefined>
  /** Every hint with the account that may hear it; `stop` ends the subscription. */
  readonly subscribe: (listener: (accountId: number, event: LiveEvent) => void) => { stop(): void }
}

interface Connection {
  readonly socket: WebSocket
  readonly request: IncomingMessage
  readonly reader: LiveReader
  readonly queue: LiveQueue
  isAlive: boolean
}

/** `WS /api/live`: hints from the server's events to signed-in dashboards. `stop` closes every socket. */
export function startLiveSocket({ server, isOwnOrigin, findReader, subscribe }: LiveSocketDependencies): {
  stop(): void
} {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false })
  const connections = new Set<Connection>()

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    if (!isOwnOrigin(request)) return refuse(stream, 403)
    const reader = await findReader(request)
    if (!reader) return refuse(stream, 401)
    const open = [...connections].filter((connection) => connection.reader.agentId === reader.agentId)
    if (open.length >= MAX_SOCKETS_PER_AGENT) return refuse(stream, 429)
    sockets.handleUpgrade(request, stream, head, (socket) => connect(socket, request, reader))
  }

  function connect(socket: WebSocket, request: IncomingMessage, reader: LiveReader): void {
    const connection: Connection = { socket, request, reader, queue: createLiveQueue(), isAlive: true }
    connections.add(connection)
    socket.on('close', () => connections.delete(connection))
    socket.on('error', () => socket.terminate())
    socket.on('pong', () => (connection.isAlive = true))
    // The browser has nothing to say here; whoever talks is not our dashboard.
    socket.on('message', () => socket.close(1003))
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy())
    // A stranger writes this target; some that HTTP lets through are no address (`//`).
    if (URL.parse(request.url ?? '', 'http://localhost')?.pathname !== PATH) return refuse(stream, 404)
    upgrade(request, stream, head).catch(() => refuse(stream, 503))
  }

  function send({ socket, queue }: Connection): void {
    if (socket.readyState !== socket.OPEN || socket.bufferedAmount > MAX_BUFFERED_BYTES) return
    for (const event of queue.takeAll()) socket.send(JSON.stringify(event))
  }

  async function check(connection: Connection): Promise<void> {
    const { socket, request, reader } = connection
    if (!connection.isAlive) return socket.terminate()
    connection.isAlive = false
    socket.ping()
    if ((await findReader(request))?.agentId !== reader.agentId) socket.close(4401, 'signed out')
  }

  server.on('upgrade', onUpgrade)
  const subscription = subscribe((accountId, event) => {
    for (const connection of connections) {
      if (connection.reader.accountId !== accountId) continue
      if (!connection.queue.add(event)) connection.socket.terminate()
    }
  })
  const sending = setInterval(() => connections.forEach(send), SEND_INTERVAL_MS)
  const pinging = setInterval(() => {
    for (const connection of connections) check(connection).catch(() => connection.socket.terminate())
  }, PING_INTERVAL_MS)

  return {
    stop() {
      server.off('upgrade', onUpgrade)
      subscription.stop()
      clearInterval(sending)
      clearInterval(pinging)
      for (const { socket } of connections) socket.close(1001)
      // Whoever does not answer the farewell does not hold up the end of the process.
      setTimeout(() => connections.forEach(({ socket }) => socket.terminate()), FAREWELL_MS).unref()
      sockets.close()
    },
  }
}

const REASONS = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

function refuse(stream: Duplex, status: keyof typeof REASONS): void {
  stream.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
