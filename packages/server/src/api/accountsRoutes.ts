import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Agent, SignIn } from '@vasistas/wire/api'
import { agentOf, type SignInCookies } from '../access/authenticate.ts'
import type { PasswordHasher } from '../access/passwordHash.ts'
import type { PasswordStrength } from '../access/passwordStrength.ts'
import type { PasswordOwner } from '../access/passwordVerdict.ts'
import type { SignIns } from '../access/signIns.ts'
import type { Clock } from '../clock.ts'
import { appError } from '../errors/appError.ts'
import type { AccountStore, StoredAgent } from '../store/accountStore.ts'
import type { NoteAction } from './noteAction.ts'

const Language = Type.Union([Type.Literal('en'), Type.Literal('fr')])
const Password = Type.String({ maxLength: 1024 })
const Name = Type.String({ maxLength: 100 })
const strict = { additionalProperties: false }

export interface AccountsRouteDependencies {
  readonly accounts: AccountStore
  readonly signIns: SignIns
  readonly cookies: SignInCookies
  readonly note: NoteAction
  readonly passwords: PasswordHasher
  readonly strength: PasswordStrength
  readonly clock: Clock
}

/** What a signed-in agent does with the own account. Registered behind `guardRoutes`. */
export function registerAccountsRoutes(instance: FastifyInstance, dependencies: AccountsRouteDependencies): void {
  const { accounts, signIns, cookies, note, passwords, strength, clock } = dependencies
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const guessing = { config: { rateLimit: { max: 20, timeWindow: 60_000 } } }

  app.post(
    '/api/sign-out',
    { schema: { body: Type.Object({ everywhere: Type.Optional(Type.Boolean()) }, strict) } },
    async (request, reply) => {
      const agent = agentOf(request)
      if (request.body.everywhere) {
        await signIns.endAll(agent.id)
        await note(agent, 'sign-out.everywhere', agent.email)
      } else {
        await signIns.end(agent.id, agent.signInId)
      }
      cookies.clear(reply)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/password',
    { ...guessing, schema: { body: Type.Object({ current: Password, next: Password }, strict) } },
    async (request, reply) => {
      const agent = agentOf(request)
      const { current, next } = request.body
      const stored = await accounts.find(agent.id)
      // Throttled like a sign-in: who sits down at an open dashboard must not guess on.
      const tried = { email: agent.email, password: current, address: request.ip }
      if (!(await signIns.isPassword(tried, stored))) throw appError('PASSWORD_WRONG')
      await refuseWeakPassword(strength, next, agent)
      const browser = await browserOf(signIns, agent)
      await accounts.setPassword(agent.id, await passwords.hash(next), clock.now())
      const token = await signIns.begin(agent.id, browser, undefined)
      cookies.set(reply, token)
      await note(agent, 'password.changed', agent.email)
      return reply.code(204).send()
    },
  )

  app.patch(
    '/api/account',
    {
      schema: {
        body: Type.Object({ name: Type.Optional(Name), language: Type.Optional(Language) }, strict),
      },
    },
    async (request) => {
      const { id } = agentOf(request)
      await accounts.update(id, request.body)
      const agent = await accounts.find(id)
      if (!agent) throw appError('NOT_FOUND')
      return presentAgent(agent)
    },
  )

  app.get('/api/sign-ins', async (request) => {
    const agent = agentOf(request)
    const items = (await signIns.list(agent.id)).map(({ id, createdAt, seenAt, browser }): SignIn => ({
      id: String(id),
      createdAt,
      seenAt,
      browser,
      current: id === agent.signInId,
    }))
    return { items }
  })

  app.delete(
    '/api/sign-ins/:id',
    { schema: { params: Type.Object({ id: Type.String({ pattern: '^\\d{1,16}$' }) }) } },
    async (request, reply) => {
      if (!(await signIns.end(agentOf(request).id, Number(request.params.id)))) throw appError('NOT_FOUND')
      return reply.code(204).send()
    },
  )
}

/** AppError PASSWORD_TOO_WEAK with the reasons' codes. */
export async function refuseWeakPassword(
  strength: PasswordStrength,
  password: string,
  owner: PasswordOwner,
): Promise<void> {
  const { accepted, weaknesses } = await strength.estimate(password, owner)
  if (!accepted) throw appError('PASSWORD_TOO_WEAK', { weaknesses: weaknesses.join(',') })
}

/** The only fields of an agent that leave the server. */
export function presentAgent({ id, email, name, role, language }: StoredAgent): Agent {
  return { id, email, name, role, language }
}

async function browserOf(signIns: SignIns, agent: { readonly id: number; readonly signInId: number }): Promise<string> {
  return (await signIns.list(agent.id)).find(({ id }) => id === agent.signInId)?.browser ?? ''
}
