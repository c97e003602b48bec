import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { appError } from '../errors/appError.ts'
import type { HttpServer } from './createHttpServer.ts'

const FIVE_MINUTES = 'public, max-age=300'
const FOREVER = 'public, max-age=31536000, immutable'
/** Addresses that never mean a page of the dashboard. */
const NO_PAGE = /^\/(?:api|v|v1|v\.js|metrics|healthz|readyz|openapi\.json)(?:[/?]|$)/

export interface StaticFolders {
  readonly dashboardFolder: string
  readonly embedFolder: string
}

/**
 * The loader and recorder for every site, the dashboard for us, and its index page for every address of the dashboard. A
 * folder that is not built yet answers 404.
 */
export async function registerStaticFiles(
  app: HttpServer,
  { dashboardFolder, embedFolder }: StaticFolders,
): Promise<void> {
  const common = { index: false as const, cacheControl: false, preCompressed: true }
  if (existsSync(embedFolder)) {
    await app.register(fastifyStatic, {
      ...common,
      root: embedFolder,
      prefix: '/v/',
      decorateReply: false,
      setHeaders: (reply) => void openToSites(reply).header('cache-control', FOREVER),
    })
  }
  const hasDashboard = existsSync(dashboardFolder)
  await app.register(fastifyStatic, {
    ...common,
    root: hasDashboard ? dashboardFolder : import.meta.dirname,
    prefix: '/',
    wildcard: false,
    globIgnore: ['**/*.{br,gz}'],
    serve: hasDashboard,
    setHeaders: (reply, path) => void reply.header('cache-control', cacheControlOf(path)),
  })
  app.get('/v.js', { config: { rateLimit: false }, schema: { hide: true } }, (_request, reply) => {
    return openToSites(reply).sendFile('v.js', embedFolder, { cacheControl: false })
  })
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    if (!hasDashboard || !meansPage(request)) throw appError('NOT_FOUND')
    return reply.sendFile('index.html', dashboardFolder, { cacheControl: false })
  })
}

function meansPage({ method, url }: FastifyRequest): boolean {
  if ((method !== 'GET' && method !== 'HEAD') || NO_PAGE.test(url)) return false
  return !/\.[a-z\d]{2,5}$/i.test(url.split('?', 1)[0] ?? '')
}

/** Files of the dashboard carry a hash in their name, but for its page and icons; the loader's address never changes. */
function cacheControlOf(path: string): string {
  if (/\/v\.js(?:\.br|\.gz)?$/.test(path)) return FIVE_MINUTES
  return path.includes('/assets/') ? FOREVER : 'no-cache'
}

/** Any page may load the scripts; a module import needs CORS. */
function openToSites(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
}
