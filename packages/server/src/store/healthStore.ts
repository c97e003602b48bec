import { sql } from 'kysely'
import type { MetaStore } from './metaStore.ts'

export interface ReasonCount {
  readonly reason: string
  readonly count: number
}

/** What the health page tells about stored batches. */
export interface StoreHealth {
  readonly poisoned: readonly ReasonCount[]
  readonly quarantined: readonly ReasonCount[]
  readonly indexBacklog: number
  readonly storedBytes: number
}

export function createHealthStore({ read }: MetaStore) {
  const countBy = (table: 'poisoned_batch' | 'quarantined_batch') =>
    read
      .selectFrom(table)
      .select(['reason', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('reason')
      .orderBy('count', 'desc')
      .limit(50)
      .execute()
  return {
    async read(): Promise<StoreHealth> {
      const [poisoned, quarantined, backlog, stored] = await Promise.all([
        countBy('poisoned_batch'),
        countBy('quarantined_batch'),
        read
          .selectFrom('batch')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('state', '=', 0)
          .executeTakeFirstOrThrow(),
        read
          .selectFrom('segment')
          .select(({ fn }) =>
            fn.coalesce(fn.sum<number>(sql<number>`live_bytes + dead_bytes`), sql<number>`0`).as('bytes'),
          )
          .executeTakeFirstOrThrow(),
      ])
      return { poisoned, quarantined, indexBacklog: backlog.count, storedBytes: stored.bytes }
    },

    /** How many recordings each of these sites holds. */
    async countRecordings(siteIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
      if (siteIds.length === 0) return new Map()
      const rows = await read
        .selectFrom('session')
        .select(['site_id', ({ fn }) => fn.countAll<number>().as('count')])
        .where('site_id', 'in', siteIds)
        .where('batches', '>', 0)
        .groupBy('site_id')
        .execute()
      return new Map(rows.map(({ site_id, count }) => [site_id, count]))
    },

    /** Whether the database answers. */
    async ping(): Promise<void> {
      await read.selectFrom('schema_rev').select('rev').limit(1).execute()
    },
  }
}
