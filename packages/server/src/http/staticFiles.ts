import { existsSync } from 'node:fs'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
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

/** The loader and recorder for every site, the dashboard for us, and its index page for every address of the dashboard. */
export async function registerStaticFiles(
  app: HttpServer,
  { dashboardFolder, embedFolder }: StaticFolders,
): Promise<void> {
  if (existsSync(embedFolder)) {
    await app.register(fastifyStatic, {
      root: embedFolder,
      prefix: '/v/',
      index: false,
      cacheControl: false,
      decorateReply: false,
      setHeaders: (reply) => void openToSites(reply).header('cache-control', FOREVER),
    })
  }
  await app.register(fastifyStatic, {
    root: existsSync(dashboardFolder) ? dashboardFolder : embedFolder,
    prefix: '/',
    wildcard: false,
    index: false,
    cacheControl: false,
    serve: existsSync(dashboardFolder),
    setHeaders: (reply, path) => void reply.header('cache-control', cacheControlOf(path)),
  })
  app.get('/v.js', { config: { rateLimit: false }, schema: { hide: true } }, (_request, reply) => {
    return openToSites(reply).sendFile('v.js', embedFolder, { cacheControl: false })
  })
  app.setNotFoundHandler((request, reply) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !NO_PAGE.test(request.url)
    if (!isPage || /\.[a-z\d]{2,5}$/i.test(request.url.split('?')[0] ?? '')) throw appError('NOT_FOUND')
    return reply.sendFile('index.html', dashboardFolder, { cacheControl: false })
  })
}

/** Files of the dashboard carry a hash in their name, but for its page and icons; the loader's address never changes. */
function cacheControlOf(path: string): string {
  if (path.endsWith('/v.js')) return FIVE_MINUTES
  return path.includes('/assets/') ? FOREVER : 'no-cache'
}

/** Any page may load the scripts; a module import needs CORS. */
function openToSites(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
}
