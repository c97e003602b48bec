import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Health } from '@vasistas/wire/api'
import { agentOf } from '../access/authenticate.ts'
import { can } from '../access/policies.ts'
import { appError } from '../errors/appError.ts'
import type { AuditStore } from '../store/auditStore.ts'

const PAGE = 50

export interface OperationRouteDependencies {
  readonly audit: AuditStore
  readHealth(): Promise<Health>
}

/** Who did what, and how the server does. Registered behind `guardRoutes`. */
export function registerOperationRoutes(
  instance: FastifyInstance,
  { audit, readHealth }: OperationRouteDependencies,
): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const Cursor = Type.Object(
    { cursor: Type.Optional(Type.String({ pattern: '^\\d{1,16}$' })) },
    { additionalProperties: false },
  )

  app.get('/api/audit', { schema: { querystring: Cursor } }, async (request) => {
    const agent = agentOf(request)
    if (!can(agent, 'audit:read', agent.accountId)) throw appError('FORBIDDEN')
    return audit.list(agent.accountId, PAGE, request.query.cursor)
  })

  app.get('/api/health', async (request) => {
    const agent = agentOf(request)
    if (!can(agent, 'health:read', agent.accountId)) throw appError('FORBIDDEN')
    return readHealth()
  })
}
