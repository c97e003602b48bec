import type { RecordingId } from '@vasistas/wire/core'
import type { Clock } from '../clock.ts'
import { createRecordingLister } from './listRecordings.ts'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { Placement } from './segmentLog.ts'
import { selectRecordings, type RecordingRow } from './selectRecordings.ts'

/** Rows of one session that the dashboard shows; more say nothing to a reader. */
const MAX_PAGE_VIEWS = 1000
const MAX_WATCHES = 200

export interface StoredBatch {
  readonly stream: number
  readonly sequence: number
  /** The envelope's flag byte. */
  readonly flags: number
  readonly placement: Placement
}

export interface SequenceRange {
  readonly from: number
  readonly to: number
}

export type RecordingStore = ReturnType<typeof createRecordingStore>
export type { RecordingRow }

/** What the dashboard and the command line read of recordings, and who watched them. */
export function createRecordingStore(meta: MetaStore, clock: Clock, ids: IdSource) {
  const { read } = meta
  return {
    list: createRecordingLister(read, clock),

    /** Nothing when it does not exist, was erased, or belongs to another account. Account undefined: any. */
    async find(recording: RecordingId, account: number | undefined, agent?: number): Promise<RecordingRow | undefined> {
      let query = selectRecordings(read, agent)
        .innerJoin('site', 'site.id', 'session.site_id')
        .where('session.recording', '=', recording)
        .where('site.deleted_at', '=', 0)
      if (account !== undefined) query = query.where('site.account_id', '=', account)
      return await query.executeTakeFirst()
    },

    pageViews: (session: number) =>
      read
        .selectFrom('page_view')
        .select(['at', 'path'])
        .where('session_id', '=', session)
        .orderBy('at')
        .orderBy('sequence')
        .orderBy('idx')
        .limit(MAX_PAGE_VIEWS)
        .execute(),

    /** Newest first. */
    watches: (session: number) =>
      read
        .selectFrom('watch')
        .innerJoin('agent', 'agent.id', 'watch.agent_id')
        .select(['watch.at', 'agent.name', 'agent.email'])
        .where('watch.session_id', '=', session)
        .orderBy('watch.at', 'desc')
        .limit(MAX_WATCHES)
        .execute(),

    streams: (session: number) =>
      read.selectFrom('stream').select(['stream', 'ordinal', 'skew_ms']).where('session_id', '=', session).execute(),

    /** Every batch of a session, whatever became of it, in order of stream and sequence. */
    batches: (session: number) =>
      read
        .selectFrom('batch')
        .select(['stream', 'sequence', 'first_at', 'last_at', 'payload_bytes', 'has_snapshot', 'state'])
        .where('session_id', '=', session)
        .orderBy('stream')
        .orderBy('sequence')
        .execute(),

    /** Batches that may be shown, in order, at most `limit`: opened and inspected, neither poisoned nor quarantined. */
    async readable(session: number, stream: number, range: SequenceRange, limit: number): Promise<StoredBatch[]> {
      const rows = await read
        .selectFrom('batch')
        .select(['stream', 'sequence', 'segment_id', 'frame_offset', 'frame_bytes', 'flags'])
        .where('session_id', '=', session)
        .where('stream', '=', stream)
        .where('sequence', '>=', range.from)
        .where('sequence', '<=', range.to)
        .where('state', '=', 1)
        .orderBy('sequence')
        .limit(limit)
        .execute()
      return rows.map(({ stream: of, sequence, flags, ...row }) => ({
        stream: of,
        sequence,
        flags,
        placement: { segmentId: row.segment_id, offset: row.frame_offset, length: row.frame_bytes },
      }))
    },

    async addWatch(session: number, agent: number, at: number): Promise<void> {
      const watch = { id: ids.next(), session_id: session, agent_id: agent, at }
      await meta.write(async (transaction) => {
        await transaction.insertInto('watch').values(watch).execute()
        await transaction.updateTable('session').set({ is_watched: 1 }).where('id', '=', session).execute()
      })
    },

    async hasWatched(session: number, agent: number, since: number): Promise<boolean> {
      const row = await read
        .selectFrom('watch')
        .select('id')
        .where('agent_id', '=', agent)
        .where('session_id', '=', session)
        .where('at', '>=', since)
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },
  }
}
