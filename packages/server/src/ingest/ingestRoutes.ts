import { LIMITS, type SiteKey, type VisitorId } from '@vasistas/wire/core'
import type { Problem } from '@vasistas/wire/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { ERROR_CATALOGUE } from '../errors/errorCatalogue.ts'
import type { IngestHealth } from '../observability/ingestHealth.ts'
import type { SiteStore } from '../store/siteStore.ts'
import type { Admission, Caller } from './admitSession.ts'
import { BODY_TIMES, batchBodyLimit, BodyError, collectBody, type BodyRefusal, type BodyTimes } from './collectBody.ts'
import type { BatchOutcome, BatchRefusal } from './ingestBatch.ts'
import type { BodyBudget, IngestLimits } from './ingestLimits.ts'
import { fieldsOf, parseStartRequest, type ParsedStart } from './parseStartRequest.ts'

export interface IngestRouteDependencies {
  admitSession(request: ParsedStart, caller: Caller): Promise<Admission>
  ingestBatch(body: Uint8Array, origin: string): Promise<BatchOutcome>
  /** How many recordings of this visitor were erased. The secret id is the proof that they are his. */
  eraseVisitor(siteId: number, visitor: VisitorId): Promise<number>
  readonly sites: Pick<SiteStore, 'listsOrigin' | 'findByKey'>
  readonly limits: Pick<IngestLimits, 'request' | 'openBody'>
  readonly health: IngestHealth
  readonly bodyTimes?: BodyTimes
}

type Refusal =
  | BatchRefusal
  | BodyRefusal
  | 'START_MALFORMED'
  | 'ERASE_MALFORMED'
  | 'ORIGIN_NOT_ALLOWED'
  | 'SITE_UNKNOWN'
  | 'INGEST_FAILED'

const DEFAULT_WAIT_MS = 5000

/** HTTP only: headers to arguments, outcomes to statuses. Bodies are text/plain so that browsers ask no leave first (CORS). */
export function registerIngestRoutes(app: FastifyInstance, dependencies: IngestRouteDependencies): void {
  const { admitSession, ingestBatch, eraseVisitor, sites, limits, health, bodyTimes = BODY_TIMES } = dependencies
  const held = new WeakMap<FastifyRequest, BodyBudget>()

  function refuse(reply: FastifyReply, refusal: Refusal, retryAfterMs?: number) {
    const { status, title } = ERROR_CATALOGUE[refusal]
    if (status === 429 || status === 503) {
      void reply.header('retry-after', Math.max(1, Math.ceil((retryAfterMs ?? DEFAULT_WAIT_MS) / 1000)))
    }
    // A body that was not read to its end would be taken for the next request.
    if (isBodyRefusal(refusal)) void reply.header('connection', 'close')
    void reply.code(status).type('application/problem+json')
    return reply.send({ code: refusal, status, title } satisfies Problem)
  }

  async function allowOrigin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const origin = originOf(request)
    void reply.header('vary', 'origin').header('cache-control', 'no-store')
    // A recorder must be able to read why it was refused, also with a token that says nothing any more.
    if (origin !== '' && (await sites.listsOrigin(origin))) shareWith(reply, origin)
  }

  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (request, payload, parsed) => {
      const budget = limits.openBody(request.ip)
      held.set(request, budget)
      const declared = Number(request.headers['content-length'])
      collectBody(payload, Number.isFinite(declared) ? declared : undefined, limitOf(request), budget, bodyTimes).then(
        (body) => parsed(null, body),
        (error: unknown) => parsed(error as Error),
      )
    })

    scope.addHook('onRequest', async (request, reply) => {
      // Also when nobody waits for the answer any more: a whole body is committed all the same.
      reply.raw.once('close', () => held.get(request)?.release())
      await allowOrigin(request, reply)
      const waitMs = limits.request(request.ip)
      if (waitMs === 0) return
      health.refused('RATE_LIMITED')
      void reply.header('connection', 'close')
      await refuse(reply, 'RATE_LIMITED', waitMs)
    })
    scope.addHook('onResponse', (request, _reply, finished) => {
      held.get(request)?.release()
      finished()
    })
    scope.setErrorHandler(async (error, request, reply) => {
      held.get(request)?.release()
      const refusal = error instanceof BodyError ? error.refusal : 'INGEST_FAILED'
      health.refused(refusal)
      if (refusal === 'INGEST_FAILED') request.log.error({ err: error }, 'ingest failed')
      return refuse(reply, refusal)
    })

    scope.post('/v1/start', async (request, reply) => {
      const start = parseStartRequest(textOf(request.body))
      if (!start.ok) {
        health.refused('START_MALFORMED')
        return refuse(reply, 'START_MALFORMED')
      }
      const { response, isOriginListed } = await admitSession(start.value, callerOf(request))
      if (!isOriginListed) unshare(reply)
      return reply.send(response)
    })

    scope.post('/v1/b', async (request, reply) => {
      const outcome = await ingestBatch(bytesOf(request.body), originOf(request))
      if (outcome.status === 'refused') return refuse(reply, outcome.reason, outcome.retryAfterMs)
      return reply.send(outcome.token === undefined ? {} : { token: outcome.token })
    })

    scope.post('/v1/erase', async (request, reply) => {
      const erase = parseErase(textOf(request.body))
      if (!erase) {
        health.refused('ERASE_MALFORMED')
        return refuse(reply, 'ERASE_MALFORMED')
      }
      const site = await sites.findByKey(erase.site)
      if (!site) return refuse(reply, 'SITE_UNKNOWN')
      if (!site.origins.includes(originOf(request))) {
        unshare(reply)
        return refuse(reply, 'ORIGIN_NOT_ALLOWED')
      }
      return reply.send({ erased: await eraseVisitor(site.id, erase.visitor) })
    })
    done()
  })
}

function shareWith(reply: FastifyReply, origin: string): void {
  void reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', 'retry-after')
}

function unshare(reply: FastifyReply): void {
  void reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers')
}

const limitOf = (request: FastifyRequest) =>
  request.routeOptions.url === '/v1/b' ? batchBodyLimit : () => LIMITS.startBytes

const BODY_REFUSALS: ReadonlySet<string> = new Set<BodyRefusal>([
  'BODY_ABORTED',
  'BODY_TOO_LARGE',
  'BODY_TOO_SLOW',
  'SERVER_FULL',
])
const isBodyRefusal = (refusal: Refusal): boolean => BODY_REFUSALS.has(refusal)

const originOf = (request: FastifyRequest): string => (request.headers.origin ?? '').toLowerCase()

const callerOf = (request: FastifyRequest): Caller => ({
  origin: originOf(request),
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
})

const bytesOf = (body: unknown): Uint8Array => (body instanceof Uint8Array ? body : new Uint8Array())
const textOf = (body: unknown): string => new TextDecoder().decode(bytesOf(body))

function parseErase(text: string): { readonly site: SiteKey; readonly visitor: VisitorId } | undefined {
  const fields = fieldsOf(text)
  const [site, visitor] = [fields?.get('site'), fields?.get('visitor')]
  if (fields?.size !== 3 || fields.get('v') !== 1) return undefined
  return typeof site === 'string' && typeof visitor === 'string' && /^[\w-]{22}$/.test(visitor)
    ? { site, visitor }
    : undefined
}
