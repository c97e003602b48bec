import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Page, RecordingSummary } from '@vasistas/wire/api'
import { agentOf, type SignedInAgent } from '../access/authenticate.ts'
import { can, type Action } from '../access/policies.ts'
import type { Clock } from '../clock.ts'
import { appError } from '../errors/appError.ts'
import type { Erasure } from '../retention/eraseSessions.ts'
import type { AuditStore } from '../store/auditStore.ts'
import type { RecordingRow, RecordingStore } from '../store/recordingStore.ts'
import type { SiteStore } from '../store/siteStore.ts'
import { decodeCursor, encodeCursor } from './listCursor.ts'
import { presentDetail, presentRecording } from './presentRecording.ts'

const DEFAULT_LIMIT = 30
const Moment = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const ListQuery = Type.Object(
  {
    site: Type.Optional(Moment),
    cursor: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
    device: Type.Optional(Type.Union([Type.Literal('desktop'), Type.Literal('mobile'), Type.Literal('tablet')])),
    minDurationMs: Type.Optional(Moment),
    minPages: Type.Optional(Moment),
    withErrors: Type.Optional(Type.Boolean()),
    withRage: Type.Optional(Type.Boolean()),
    unwatched: Type.Optional(Type.Boolean()),
    visitor: Type.Optional(Type.String({ maxLength: 20 })),
    path: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    from: Type.Optional(Moment),
    to: Type.Optional(Moment),
  },
  { additionalProperties: false },
)
const RecordingParams = Type.Object({ id: Type.String({ maxLength: 64 }) })

export interface RecordingsRouteDependencies {
  readonly recordings: RecordingStore
  readonly sites: SiteStore
  readonly audit: AuditStore
  readonly clock: Clock
  readonly erasure: Pick<Erasure, 'eraseRecording'>
}

/** The list, one recording, who watched it, and its end. What belongs to another account does not exist. */
export function registerRecordingsRoutes(instance: FastifyInstance, dependencies: RecordingsRouteDependencies): void {
  const { recordings, sites, audit, clock, erasure } = dependencies
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  async function getRecording(id: string, agent: SignedInAgent, action: Action): Promise<RecordingRow> {
    const row = await recordings.find(id, agent.accountId, agent.id)
    if (!row) throw appError('NOT_FOUND')
    if (!can(agent, action, agent.accountId)) throw appError('FORBIDDEN')
    return row
  }

  app.get('/api/recordings', { schema: { querystring: ListQuery } }, async (request) => {
    const agent = agentOf(request)
    const { site, cursor, limit = DEFAULT_LIMIT, ...filter } = request.query
    const after = cursor === undefined ? undefined : decodeCursor(cursor)
    if (cursor !== undefined && !after) throw appError('INVALID_REQUEST', { field: 'cursor' })
    const own = (await sites.list(agent.accountId)).map(({ id }) => id)
    const chosen = site === undefined ? own : own.filter((id) => id === site)
    const { rows, next } = await recordings.list({ sites: chosen, filter, after, limit, agent: agent.id })
    const now = clock.now()
    const items = rows.map((row) => presentRecording(row, now))
    return { items, nextCursor: next ? encodeCursor(next) : null } satisfies Page<RecordingSummary>
  })

  app.get('/api/recordings/:id', { schema: { params: RecordingParams } }, async (request) => {
    const row = await getRecording(request.params.id, agentOf(request), 'recording:watch')
    return presentDetail(recordings, row, clock.now())
  })

  app.post('/api/recordings/:id/watches', { schema: { params: RecordingParams } }, async (request, reply) => {
    const agent = agentOf(request)
    const row = await getRecording(request.params.id, agent, 'recording:watch')
    const at = clock.now()
    // First the log: a watch that nobody could see afterwards must not open the batches.
    await audit.append({
      accountId: agent.accountId,
      at,
      actor: agent.email,
      action: 'recording.watched',
      target: row.recording,
    })
    await recordings.addWatch(row.id, agent.id, at)
    return reply.code(201).send({ at, agent: agent.name || agent.email })
  })

  app.delete('/api/recordings/:id', { schema: { params: RecordingParams } }, async (request) => {
    const agent = agentOf(request)
    const row = await getRecording(request.params.id, agent, 'recording:erase')
    const receipt = await erasure.eraseRecording(row.recording)
    if (!receipt) throw appError('NOT_FOUND')
    await audit.append({
      accountId: agent.accountId,
      at: receipt.at,
      actor: agent.email,
      action: 'recording.erased',
      target: row.recording,
    })
    return { erased: receipt.erased }
  })
}
