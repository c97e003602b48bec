import type { Kysely } from 'kysely'
import type { Database } from './schema.ts'

/** A session that holds something, with what the list shows of its visitor. */
export type RecordingRow = Awaited<ReturnType<ReturnType<typeof selectRecordings>['executeTakeFirstOrThrow']>>

/** `watched` counts the watches of one agent; of anybody when none is given. */
export function selectRecordings(read: Kysely<Database>, agent: number | undefined) {
  return read
    .selectFrom('session')
    .innerJoin('visitor', 'visitor.id', 'session.visitor_id')
    .selectAll('session')
    .select(['visitor.visitor_hash', 'visitor.recordings as visitor_recordings'])
    .select(({ exists, selectFrom, ref }) =>
      agent === undefined
        ? ref('session.is_watched').as('watched')
        : exists(
            selectFrom('watch')
              .select('watch.id')
              .whereRef('watch.session_id', '=', 'session.id')
              .where('watch.agent_id', '=', agent),
          )
            .$castTo<number>()
            .as('watched'),
    )
    .where('session.batches', '>', 0)
    .where('session.erased_at', '=', 0)
}
