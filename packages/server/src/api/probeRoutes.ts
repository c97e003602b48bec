import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from '../config/config.ts'
import { appError } from '../errors/appError.ts'

export interface ProbeRouteDependencies {
  /** Resolves when the server can do its work, rejects with the reason. */
  checkReady(): Promise<void>
  readonly metrics: { text(): Promise<string>; readonly contentType: string }
  readonly metricsToken: string | undefined
  /** Whether a request that comes from this machine is meant for it, and was not handed on by a proxy of ours. */
  isOwn(request: FastifyRequest): boolean
  openApi(): unknown
}

/** For machines: alive, ready, metrics, the API's description. None of them tells anything about visitors. */
export function registerProbeRoutes(app: FastifyInstance, dependencies: ProbeRouteDependencies): void {
  const { checkReady, metrics, metricsToken, isOwn, openApi } = dependencies
  app.get('/healthz', () => ({ status: 'ok' }))

  app.get('/readyz', async (_request, reply) => {
    try {
      await checkReady()
      return { status: 'ready' }
    } catch (error) {
      return reply.code(503).send({ status: 'not ready', reason: error instanceof Error ? error.name : 'unknown' })
    }
  })

  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, metricsToken, isOwn)) throw appError('NOT_FOUND')
    return reply.type(metrics.contentType).send(await metrics.text())
  })

  app.get('/openapi.json', () => openApi())
}

/** By token, or from this machine itself; a proxy in front makes everybody look local, so a token is asked for then. */
function mayReadMetrics(
  request: FastifyRequest,
  token: string | undefined,
  isOwn: ProbeRouteDependencies['isOwn'],
): boolean {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token !== undefined) return given !== undefined && isSame(given, token)
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  return !isForwarded && isOwn(request) && isLoopback((request.socket.remoteAddress ?? '').replace(/^::ffff:/, ''))
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}
