import { createServer as createPlainServer, type Server } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import fastifyRateLimit from '@fastify/rate-limit'
import fastifySwagger from '@fastify/swagger'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify'
import { appError } from '../errors/appError.ts'
import { isReachedByHttps, type Config } from '../config/config.ts'
import type { Logger } from '../observability/logger.ts'
import { readCertificate, watchCertificate } from './openTls.ts'
import { problemResponse } from './problemResponse.ts'

/** What routes are registered on. */
export type HttpServer = FastifyInstance

export interface HttpServerOptions {
  readonly config: Config
  readonly logger: Logger
  readonly version: string
  readonly clockMs: () => number
  /** For finding a failed request in the log. */
  readonly newRequestId: () => string
  /** Who counts as one caller: a stranger commands many addresses of one IPv6 network. */
  readonly networkOf: (address: string) => string
}

/** Bytes of a JSON body of the dashboard's API; ingest has limits of its own. */
const BODY_BYTES = 64 * 1024
const HEADERS_MS = 5000
/** Whole requests; longer than a batch may take (ingest/collectBody.ts), so that a slow one is answered, not cut off. */
const REQUEST_MS = 35_000
/** Node looks for late requests this often. */
const LATE_CHECK_MS = 2000
const KEEP_ALIVE_MS = 65_000
const MOST_CONNECTIONS = 10_000
/** Requests of one address a minute, over all of the API: far above what a dashboard asks for. */
const REQUESTS_PER_MINUTE = 3000
const DESCRIPTION =
  'The API of a Vasistas server. Sign in with POST /api/sign-in; the cookie says who asks. Whatever changes something carries x-vasistas-csrf from GET /api/state. Errors: docs/ERRORS.md.'
const YEAR_SECONDS = 365 * 24 * 3600

/** The edge: security headers, limits, one error body, logs without addresses. Routes are registered by app.ts. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { config, logger, version, clockMs, newRequestId, networkOf } = options
  const app = fastify({
    serverFactory: (handler) => createNodeServer(config, handler),
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy > 0 && ((_address: string, hop: number) => hop < config.trustProxy),
    bodyLimit: BODY_BYTES,
    routerOptions: { maxParamLength: 4096 },
    genReqId: newRequestId,
    exposeHeadRoutes: false,
    frameworkErrors: answerBeforeRouting,
  })
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.decorateRequest('agent', null)
  answerErrors(app, logger)
  logRequests(app, logger, clockMs)

  await app.register(fastifyCookie)
  await app.register(fastifyHelmet, helmetOptions(config))
  app.addHook('onSend', async (_request, reply) => {
    reply.header(
      'permissions-policy',
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    )
  })
  await app.register(fastifyRateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: ({ ip }) => networkOf(ip),
    // Recorders have limits of their own, by site, address and bytes (ingest/ingestLimits.ts).
    allowList: (request) => request.url.startsWith('/v1/') || request.url.startsWith('/v/'),
    errorResponseBuilder: (_request, { ttl }) =>
      appError('TOO_MANY_REQUESTS', undefined, { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  })
  await app.register(fastifySwagger, {
    openapi: {
      info: { title: 'Vasistas', description: DESCRIPTION, version },
    },
  })
  watchTls(app, config, logger)
  return app
}

type Handler = Parameters<typeof createPlainServer>[1] & {}

/** ConfigError when the certificate cannot be used. */
function createNodeServer({ tls }: Config, handler: Handler): Server {
  const limits = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: LATE_CHECK_MS,
    maxHeaderSize: 16 * 1024,
  }
  const server = tls
    ? createTlsServer({ ...readCertificate(tls), ...limits }, handler)
    : createPlainServer(limits, handler)
  server.maxConnections = MOST_CONNECTIONS
  return server as Server
}

function watchTls(app: HttpServer, { tls }: Config, logger: Logger): void {
  if (!tls) return
  const watching = watchCertificate(app.server as unknown as TlsServer, tls, (outcome, error) => {
    if (outcome === 'renewed') logger.info({ action: 'certificate renewed' }, 'a new certificate is served')
    else
      logger.error(
        { err: error, action: 'certificate refused' },
        'the new certificate cannot be used; the old one stays',
      )
  })
  app.addHook('onClose', () => watching.stop())
}

function helmetOptions(config: Config) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Mantine puts its variables and sizes into style elements and attributes; replayed pages bring their own sheets.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    hsts: isReachedByHttps(config) ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  } as const
}

function answerErrors(app: HttpServer, logger: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const { problem, retryAfterSeconds, isFault } = problemResponse(error, {
      id: request.id,
      bodyLimit: request.routeOptions.bodyLimit,
    })
    if (isFault) {
      const { id, method, routeOptions } = request
      logger.error({ err: error, requestId: id, method, route: routeOptions.url ?? '' }, 'a request failed')
    }
    if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
    return reply.code(problem.status).type('application/problem+json').send(problem)
  })
}

/** An address that is none reaches no route and no hook: the answer says that, and carries its headers itself. */
function answerBeforeRouting(error: unknown, request: { readonly id: string }, reply: FastifyReply): void {
  const { problem } = problemResponse(error, { id: request.id, bodyLimit: BODY_BYTES })
  void reply
    .code(problem.status)
    .headers({ 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' })
    .type('application/problem+json')
    .send(JSON.stringify(problem))
}

function logRequests(app: HttpServer, logger: Logger, clockMs: () => number): void {
  const started = new WeakMap<object, number>()
  app.addHook('onRequest', async (request) => void started.set(request, clockMs()))
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(clockMs() - (started.get(request) ?? clockMs()))
    const level = reply.statusCode >= 500 ? 'warn' : 'debug'
    logger[level](
      { method: request.method, route: request.routeOptions.url ?? '', status: reply.statusCode, ms },
      'request',
    )
  })
}
