import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { Installation, Site } from '@vasistas/wire/api'
import { agentOf, type SignedInAgent } from '../access/authenticate.ts'
import { can, type Action } from '../access/policies.ts'
import { appError } from '../errors/appError.ts'
import type { SiteChanges, SiteStore, StoredSite } from '../store/siteStore.ts'
import { checkOrigins, checkSettings, checkSiteName } from './checkSettings.ts'
import { describeChange } from './describeChange.ts'
import type { NoteAction } from './noteAction.ts'

const Name = Type.String({ minLength: 1, maxLength: 100 })
const Origins = Type.Array(Type.String({ maxLength: 300 }), { minItems: 1, maxItems: 20 })
const Params = Type.Object({ id: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) })
const strict = { additionalProperties: false }
const MOST_SITES = 500

export interface SiteChangeRequest {
  readonly name?: string | undefined
  readonly origins?: readonly string[] | undefined
  readonly settings?: Readonly<Record<string, unknown>> | undefined
}

export interface SitesRouteDependencies {
  readonly sites: SiteStore
  readonly note: NoteAction
  /** How many recordings each of these sites holds. */
  countRecordings(siteIds: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Where visitors' browsers reach this server. */
  publicUrlFor(request: { readonly protocol: string; readonly host: string }): string
}

/** Sites of the agent's account and their settings. Registered behind `guardRoutes`. */
export function registerSitesRoutes(instance: FastifyInstance, dependencies: SitesRouteDependencies): void {
  const { sites, note, countRecordings, publicUrlFor } = dependencies
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  async function getSite(id: number, agent: SignedInAgent, action: Action): Promise<StoredSite> {
    const site = await sites.find(id)
    if (!site || !can(agent, 'site:read', site.accountId)) throw appError('NOT_FOUND')
    if (!can(agent, action, site.accountId)) throw appError('FORBIDDEN')
    return site
  }

  async function present(found: readonly StoredSite[]): Promise<Site[]> {
    const counts = await countRecordings(found.map(({ id }) => id))
    return found.map((site) => presentSite(site, counts.get(site.id) ?? 0))
  }

  app.get('/api/sites', async (request) => ({ items: await present(await sites.list(agentOf(request).accountId)) }))

  app.post(
    '/api/sites',
    { schema: { body: Type.Object({ name: Name, origins: Origins }, strict) } },
    async (request, reply) => {
      const agent = agentOf(request)
      if (!can(agent, 'site:write', agent.accountId)) throw appError('FORBIDDEN')
      if ((await sites.list(agent.accountId)).length >= MOST_SITES) throw appError('FORBIDDEN', { max: MOST_SITES })
      const name = checkSiteName(request.body.name)
      const origins = checkOrigins(request.body.origins)
      const site = await sites.create({ accountId: agent.accountId, name, origins })
      await note(agent, 'site.created', name)
      return reply.code(201).send(presentSite(site, 0))
    },
  )

  app.get('/api/sites/:id', { schema: { params: Params } }, async (request) => {
    const [site] = await present([await getSite(request.params.id, agentOf(request), 'site:read')])
    return site
  })

  const changes = Type.Object(
    {
      name: Type.Optional(Name),
      origins: Type.Optional(Origins),
      settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    },
    strict,
  )
  app.patch('/api/sites/:id', { schema: { params: Params, body: changes } }, async (request) => {
    const agent = agentOf(request)
    const { id } = await getSite(request.params.id, agent, 'site:write')
    const change = checkChange(request.body)
    const updated = await sites.update(id, change)
    if (!updated) throw appError('NOT_FOUND')
    await note(agent, 'site.changed', describeChange(updated.name, change))
    const [site] = await present([updated])
    return site
  })

  app.get('/api/sites/:id/installation', { schema: { params: Params } }, async (request): Promise<Installation> => {
    const site = await getSite(request.params.id, agentOf(request), 'site:read')
    return {
      heardAt: site.heardAt || null,
      origin: site.heardOrigin || null,
      recorder: site.heardRecorder || null,
      publicUrl: publicUrlFor(request),
    }
  })
}

/** Every value checked. AppError INVALID_SETTING, INVALID_ORIGIN. */
export function checkChange({ name, origins, settings }: SiteChangeRequest): SiteChanges {
  return {
    ...(name !== undefined && { name: checkSiteName(name) }),
    ...(origins && { origins: checkOrigins(origins) }),
    ...(settings && { settings: checkSettings(settings) }),
  }
}

/** The only fields of a site that leave the server. */
export function presentSite(site: StoredSite, recordings: number): Site {
  const { id, key, name, origins, createdAt, settings } = site
  return { id, key, name, origins, createdAt, settings, recordings }
}
