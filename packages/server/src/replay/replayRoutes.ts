import { Readable } from 'node:stream'
import { Type, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { RecordingDetail } from '@vasistas/wire/api'
import { encodeReplayBatch } from '@vasistas/wire/recording'
import { agentOf, type SignedInAgent } from '../access/authenticate.ts'
import { can, type Action } from '../access/policies.ts'
import type { Clock } from '../clock.ts'
import { appError } from '../errors/appError.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { RecordingRow, RecordingStore, SequenceRange } from '../store/recordingStore.ts'
import type { SiteStore } from '../store/siteStore.ts'
import { exportRecording } from './exportRecording.ts'
import { loadManifest } from './loadManifest.ts'
import type { BatchReader } from './readBatches.ts'

/** A watch that was said holds for a working day and a night. */
const WATCH_HOLDS_MS = 12 * 3600_000
/** Exports that run at once: each has a thread and a batch in memory. */
const MAX_EXPORTS = 2
const BUSY_SECONDS = 10
/** Long enough for one replay and the next; an agent's browser must not keep for a year what is erased here tomorrow. */
const ASSET_CACHE = 'private, max-age=3600'
/** Assets are strangers' files: whatever one holds, as a document of its own it can do nothing. */
const ASSET_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

const Params = Type.Object({ id: Type.String({ maxLength: 64 }) })
const Sequence = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const BatchesQuery = Type.Object({ stream: Sequence, from: Sequence, to: Sequence }, { additionalProperties: false })
const ExportQuery = Type.Object(
  { format: Type.Optional(Type.Union([Type.Literal('rrweb'), Type.Literal('json')])) },
  { additionalProperties: false },
)

export interface ReplayRouteDependencies {
  readonly recordings: RecordingStore
  readonly sites: SiteStore
  readonly assets: AssetStore
  readonly reader: BatchReader
  readonly clock: Clock
  /** Notes an export before its first byte leaves. */
  noteExport(row: RecordingRow, agent: SignedInAgent): Promise<void>
  describe(row: RecordingRow): Promise<RecordingDetail>
}

/** Bytes going back out: what there is, the batches, an export, and the images that pages showed. */
export function registerReplayRoutes(instance: FastifyInstance, dependencies: ReplayRouteDependencies): void {
  const { recordings, sites, assets, reader, clock, noteExport, describe } = dependencies
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  let exports = 0

  async function getReadable(id: string, agent: SignedInAgent, action: Action): Promise<RecordingRow> {
    const row = await recordings.find(id, agent.accountId, agent.id)
    if (!row || !(await reader.isReadable(sessionOf(row)))) throw appError('NOT_FOUND')
    if (!can(agent, action, agent.accountId)) throw appError('FORBIDDEN')
    return row
  }

  /** What a visitor saw is shown to whoever said before that he looks. */
  async function getWatched(id: string, agent: SignedInAgent): Promise<RecordingRow> {
    const row = await getReadable(id, agent, 'recording:watch')
    if (await recordings.hasWatched(row.id, agent.id, clock.now() - WATCH_HOLDS_MS)) return row
    throw appError('WATCH_NOT_LOGGED')
  }

  app.get('/api/recordings/:id/manifest', { schema: { params: Params } }, async (request, reply) => {
    const row = await getReadable(request.params.id, agentOf(request), 'recording:watch')
    void reply.header('cache-control', 'no-store')
    return loadManifest(recordings, sites, row)
  })

  const batchesSchema = { params: Params, querystring: BatchesQuery }
  app.get('/api/recordings/:id/batches', { schema: batchesSchema }, async (request, reply) => {
    const agent = agentOf(request)
    const row = await getWatched(request.params.id, agent)
    const { stream, from, to } = request.query
    return sendStream(reply, 'application/octet-stream', encodeBatches(reader, row, stream, { from, to }))
  })

  app.get(
    '/api/recordings/:id/export',
    { schema: { params: Params, querystring: ExportQuery } },
    async (request, reply) => {
      const agent = agentOf(request)
      const row = await getReadable(request.params.id, agent, 'recording:export')
      if (exports >= MAX_EXPORTS) throw appError('BUSY', undefined, { retryAfterSeconds: BUSY_SECONDS })
      // Whoever went away meanwhile closes nothing any more, and would hold the place for ever.
      if (reply.raw.closed) return reply.hijack()
      exports++
      reply.raw.once('close', () => exports--)
      await noteExport(row, agent)
      const { format = 'rrweb' } = request.query
      const source = {
        session: sessionOf(row),
        manifest: await loadManifest(recordings, sites, row),
        detail: await describe(row),
      }
      void reply.header('content-disposition', `attachment; filename="vasistas-${row.recording}.${format}.json"`)
      return sendStream(reply, 'application/json; charset=utf-8', exportRecording(reader, source, format))
    },
  )

  // A wildcard, because the router bounds the length of named parts far below that of an address.
  app.get('/api/recordings/:id/assets/*', { schema: { params: Params } }, async (request, reply) => {
    const row = await getWatched(request.params.id, agentOf(request))
    const asset = await assets.open(row.id, assetUrlOf(request.raw.url ?? ''))
    if (!asset) throw appError('NOT_FOUND')
    return reply
      .header('cache-control', ASSET_CACHE)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', ASSET_POLICY)
      .header('content-disposition', 'inline')
      .header('cross-origin-resource-policy', 'same-origin')
      .type(asset.contentType)
      .send(asset.bytes)
  })
}

/** What `encodeURIComponent` made of the address; empty, which no recording shows, when it is broken. */
function assetUrlOf(path: string): string {
  const encoded = /\/assets\/([^?#]*)/.exec(path)?.[1] ?? ''
  try {
    return decodeURIComponent(encoded)
  } catch {
    return ''
  }
}

const sessionOf = (row: RecordingRow) => ({ id: row.id, siteId: row.site_id })

async function* encodeBatches(
  reader: BatchReader,
  row: RecordingRow,
  stream: number,
  range: SequenceRange,
): AsyncGenerator<Uint8Array> {
  for await (const batch of reader.read(sessionOf(row), stream, range)) yield encodeReplayBatch(batch)
}

/** One piece at a time: the next is read when the network took the last. */
function sendStream(reply: FastifyReply, type: string, pieces: AsyncIterable<Uint8Array | string>): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .type(type)
    .send(Readable.from(pieces, { objectMode: false, highWaterMark: 64 * 1024 }))
}
