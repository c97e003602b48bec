import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import bowser from 'bowser'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppState } from '@vasistas/wire/api'
import type { SignInCookies } from '../access/authenticate.ts'
import type { OwnAddress } from '../access/ownAddress.ts'
import type { PasswordHasher } from '../access/passwordHash.ts'
import type { PasswordStrength } from '../access/passwordStrength.ts'
import type { SetupLinks } from '../access/setupLinks.ts'
import type { SignIns } from '../access/signIns.ts'
import { AppError, appError } from '../errors/appError.ts'
import type { AccountStore } from '../store/accountStore.ts'
import type { NoteAction } from './noteAction.ts'
import { presentAgent, refuseWeakPassword } from './accountsRoutes.ts'

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,63}$/
const Text = (maxLength: number) => Type.String({ maxLength })
const Language = Type.Union([Type.Literal('en'), Type.Literal('fr')])
const strict = { additionalProperties: false }
/** Tries of one address a minute; sign-ins are throttled by account besides (access/signIns.ts). */
const GUESSES_PER_MINUTE = 20

export interface SignInRouteDependencies {
  readonly accounts: AccountStore
  readonly signIns: SignIns
  readonly cookies: SignInCookies
  readonly note: NoteAction
  readonly passwords: PasswordHasher
  readonly strength: PasswordStrength
  readonly setupLinks: SetupLinks
  readonly ownAddress: OwnAddress
  readonly version: string
}

/** The few routes that need no sign-in: state, set-up, sign-in, and how strong a password is. */
export function registerSignInRoutes(instance: FastifyInstance, dependencies: SignInRouteDependencies): void {
  const { accounts, signIns, cookies, note, passwords, strength, setupLinks, ownAddress, version } = dependencies
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const guessing = { config: { rateLimit: { max: GUESSES_PER_MINUTE, timeWindow: 60_000 } } }

  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    if (!ownAddress.isOwnHost(request)) throw appError('HOST_UNKNOWN')
    // A stranger's page must not sign its visitor in as somebody else either.
    if (request.method !== 'GET' && !ownAddress.isOwnOrigin(request)) throw appError('CSRF_REFUSED')
  })

  app.get('/api/state', async (request): Promise<AppState> => {
    const token = cookies.read(request)
    const found = await signIns.find(token)
    return {
      version,
      needsSetup: !found && !(await accounts.hasAgents()),
      agent: found ? presentAgent(found.agent) : null,
      csrfToken: found && token !== undefined ? signIns.csrfTokenOf(token) : null,
    }
  })

  const setup = { token: Text(100), email: Text(254), name: Text(100), password: Text(1024), language: Language }
  app.post('/api/setup', { ...guessing, schema: { body: Type.Object(setup, strict) } }, async (request, reply) => {
    const { token, email, name, password, language } = request.body
    // Before the costly part: who has no link gets nothing worked out.
    if (!(await setupLinks.isOpen(token))) throw appError('SETUP_LINK_INVALID')
    checkEmail(email)
    await refuseWeakPassword(strength, password, { email, name })
    const agent = await setupLinks.claim(token, { email, name, passwordHash: await passwords.hash(password), language })
    await note(agent, 'account.created', email)
    cookies.set(reply, await signIns.begin(agent.id, browserName(request), cookies.read(request)))
    return reply.code(201).send(presentAgent(agent))
  })

  const credentials = Type.Object({ email: Text(254), password: Text(1024) }, strict)
  app.post('/api/sign-in', { ...guessing, schema: { body: credentials } }, async (request, reply) => {
    const { email, password } = request.body
    const attempt = {
      email,
      password,
      address: request.ip,
      browser: browserName(request),
      replaces: cookies.read(request),
    }
    const { token, agent } = await signIns.signIn(attempt).catch((error: unknown) => {
      if (isSignInFailed(error)) noteFailureAfter(request, reply, email)
      throw error
    })
    cookies.set(reply, token)
    await note(agent, 'sign-in', agent.email)
    return reply.send(presentAgent(agent))
  })

  /**
   * Only for addresses that exist: the log of an account holds what concerns it. After the answer, whose time would otherwise
   * tell which addresses those are.
   */
  function noteFailureAfter(request: FastifyRequest, reply: FastifyReply, email: string): void {
    reply.raw.once('close', () => {
      noteFailure(email).catch((error: unknown) => request.log.error({ err: error }, 'a failed sign-in was not noted'))
    })
  }

  async function noteFailure(email: string): Promise<void> {
    const agent = await accounts.findByEmail(email)
    if (agent) await note(agent, 'sign-in.failed', agent.email)
  }

  const estimated = Type.Object({ email: Text(254), name: Text(100), password: Text(1024) }, strict)
  const asking = { config: { rateLimit: { max: 120, timeWindow: 60_000 } } }
  app.post('/api/password-strength', { ...asking, schema: { body: estimated } }, async (request) => {
    // A hundred megabytes of dictionaries: for the first account and for who has one, not for every stranger.
    const mayAsk = (await signIns.find(cookies.read(request))) ?? !(await accounts.hasAgents())
    if (!mayAsk) throw appError('SIGN_IN_REQUIRED')
    const { password, ...owner } = request.body
    return strength.estimate(password, owner)
  })
}

const isSignInFailed = (error: unknown): boolean => error instanceof AppError && error.code === 'SIGN_IN_FAILED'

/** AppError EMAIL_INVALID. */
export function checkEmail(email: string): void {
  if (!EMAIL.test(email)) throw appError('EMAIL_INVALID')
}

/** `Firefox on Linux`: enough to recognise one's own sign-in in a list. */
function browserName(request: FastifyRequest): string {
  const userAgent = request.headers['user-agent']
  if (!userAgent) return ''
  const parsed = bowser.getParser(userAgent.slice(0, 500))
  return [parsed.getBrowserName(), parsed.getOSName()].filter(Boolean).join(' · ')
}
