import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appError } from '../errors/appError.ts'
import type { StoredAgent } from '../store/accountStore.ts'
import type { OwnAddress } from './ownAddress.ts'
import type { SignIns } from './signIns.ts'

export interface SignedInAgent extends StoredAgent {
  readonly signInId: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; null before `guardRoutes` has looked. Routes ask `agentOf(request)`. */
    agent: SignedInAgent | null
  }
}

export const CSRF_HEADER = 'x-vasistas-csrf'
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

export interface GuardDependencies {
  readonly signIns: SignIns
  readonly cookies: SignInCookies
  readonly ownAddress: OwnAddress
}

/** Every route that is registered on `api` afterwards needs a sign-in, and what changes something needs the CSRF token too. */
export function guardRoutes(api: FastifyInstance, { signIns, cookies, ownAddress }: GuardDependencies): void {
  api.addHook('onRequest', async (request, reply) => {
    if (!ownAddress.isOwnHost(request)) throw appError('HOST_UNKNOWN')
    const token = cookies.read(request)
    const found = await signIns.find(token)
    if (!found || token === undefined) throw appError('SIGN_IN_REQUIRED')
    reply.header('cache-control', 'no-store')
    request.agent = { ...found.agent, signInId: found.signIn.id }
    if (READING.has(request.method)) return
    if (!ownAddress.isOwnOrigin(request) || !signIns.isCsrfToken(token, request.headers[CSRF_HEADER])) {
      throw appError('CSRF_REFUSED')
    }
  })
}

/** For routes behind `guardRoutes`. */
export function agentOf(request: FastifyRequest): SignedInAgent {
  if (!request.agent) throw appError('SIGN_IN_REQUIRED')
  return request.agent
}

export type SignInCookies = ReturnType<typeof createSignInCookies>

/**
 * The cookie holds 256 random bits and nothing else. Under TLS it carries the `__Host-` prefix: no other host and no plain
 * page can set it (RFC 6265bis §4.1.3.2).
 */
export function createSignInCookies(isSecure: boolean) {
  const name = isSecure ? '__Host-vasistas_session' : 'vasistas_session'
  const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure } as const
  const ABSOLUTE_SECONDS = 30 * 24 * 3600
  return {
    name,
    read: (request: Pick<FastifyRequest, 'cookies'>): string | undefined => request.cookies[name],
    set: (reply: FastifyReply, token: string) =>
      void reply.setCookie(name, token, { ...options, maxAge: ABSOLUTE_SECONDS }),
    clear: (reply: FastifyReply) => void reply.clearCookie(name, options),
  }
}
