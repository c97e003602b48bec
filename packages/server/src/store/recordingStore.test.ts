import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Insertable } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClock } from '../clock.ts'
import { createRandom } from '../random.ts'
import type { RecordingFilter } from './listRecordings.ts'
import { migrate } from './migrate.ts'
import { createIdSource } from './newId.ts'
import { createRecordingStore } from './recordingStore.ts'
import type { Database } from './schema.ts'
import { openSqliteMetaStore } from './sqliteMetaStore.ts'
import { visitorLabel } from './visitorLabel.ts'

const hashOf = (visitor: number): Uint8Array => createHash('sha256').update(`visitor ${visitor}`).digest()

type SessionValues = Partial<Insertable<Database['session']>>

/** A database with sites 1 and 2 of account 1, and site 3 of account 2. */
async function openRecordings() {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-recordings-'))
  const meta = await openSqliteMetaStore<Database>({ file: join(folder, 'meta.db') })
  onTestFinished(async () => {
    await meta.close()
    await rm(folder, { recursive: true })
  })
  await migrate(meta, 1)
  const clock = createClock()
  const store = createRecordingStore(meta, clock, createIdSource(clock, createRandom()))
  await meta.write(async (transaction) => {
    await transaction
      .insertInto('account')
      .values([1, 2].map((id) => ({ id, name: '', created_at: 1 })))
      .execute()
    await transaction
      .insertInto('site')
      .values(
        [1, 2, 3].map((id) => ({
          id,
          account_id: id === 3 ? 2 : 1,
          site_key: `key ${id}`,
          name: '',
          origins: '[]',
          created_at: 1,
        })),
      )
      .execute()
    for (const site of [1, 2, 3])
      for (const visitor of [1, 2])
        await transaction
          .insertInto('visitor')
          .values({
            id: site * 10 + visitor,
            site_id: site,
            visitor_hash: hashOf(visitor),
            first_at: 1,
            last_at: 1,
            recordings: 7,
          })
          .execute()
  })
  return {
    meta,
    store,
    async add(...sessions: SessionValues[]): Promise<void> {
      await meta.write(async (transaction) => {
        for (const [index, values] of sessions.entries()) {
          const id = values.id ?? 1000 + index
          await transaction
            .insertInto('session')
            .values({
              id,
              recording: `recording ${id}`,
              site_id: 1,
              visitor_id: 11,
              start_nonce: hashOf(id),
              started_at: id,
              last_received_at: id,
              expires_at: 10 ** 13,
              retention_days: 30,
              batches: 1,
              ...values,
            })
            .execute()
        }
      })
    },
    async ids(filter: RecordingFilter, sites = [1, 2], agent?: number): Promise<number[]> {
      const { rows } = await store.list({ sites, filter, after: undefined, limit: 100, agent })
      return rows.map(({ id }) => id)
    },
  }
}

describe('createRecordingStore', () => {
  it('pages through several sites, newest first, each recording once', async () => {
    const { store, add } = await openRecordings()
    const sessions = Array.from({ length: 57 }, (_, index) => ({
      id: 1000 + index,
      site_id: 1 + (index % 2),
      visitor_id: index % 2 ? 21 : 11,
      // Three at a time begin in the same millisecond.
      started_at: 5000 + Math.floor(index / 3),
    }))
    await add(...sessions)
    const seen: number[] = []
    for (let after, pages = 0; pages === 0 || after; pages++) {
      const page = await store.list({ sites: [1, 2], filter: {}, after, limit: 10, agent: undefined })
      expect(page.rows.length).toBeLessThanOrEqual(10)
      seen.push(...page.rows.map(({ id }) => id))
      after = page.next
    }
    expect(seen).toEqual(sessions.toSorted((a, b) => b.started_at - a.started_at || b.id - a.id).map(({ id }) => id))
  })

  it('stays where it was when a newer recording arrives between two pages', async () => {
    const { store, add } = await openRecordings()
    await add({ id: 1 }, { id: 2 }, { id: 3 })
    const first = await store.list({ sites: [1], filter: {}, after: undefined, limit: 2, agent: undefined })
    await add({ id: 4 })
    const second = await store.list({ sites: [1], filter: {}, after: first.next, limit: 2, agent: undefined })
    expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([3, 2, 1])
    expect(second.next).toBeUndefined()
  })

  it('shows no session without a batch and no site that was not asked for', async () => {
    const { add, ids } = await openRecordings()
    await add({ id: 1 }, { id: 2, batches: 0 }, { id: 3, site_id: 3, visitor_id: 31 })
    expect(await ids({})).toEqual([1])
  })

  it.each<[string, SessionValues, RecordingFilter]>([
    ['country', { country: 'FR' }, { country: 'FR' }],
    ['device', { device: 'mobile' }, { device: 'mobile' }],
    ['duration', { duration_ms: 5000 }, { minDurationMs: 5000 }],
    ['pages', { pages: 3 }, { minPages: 2 }],
    ['errors', { errors: 1 }, { withErrors: true }],
    ['rage clicks', { rage_clicks: 1 }, { withRage: true }],
    ['earliest start', { started_at: 9000 }, { from: 9000 }],
    ['latest start', { started_at: 10 }, { to: 10 }],
    ['visitor', { visitor_id: 12 }, { visitor: visitorLabel(hashOf(2)) }],
  ])('filters by %s', async (_, values, filter) => {
    const { add, ids } = await openRecordings()
    await add({ id: 1000 }, { id: 1001, ...values }, { id: 1002 })
    expect(await ids(filter)).toEqual([1001])
  })

  it('finds a part of a path, letter by letter', async () => {
    const { meta, add, ids } = await openRecordings()
    await add({ id: 1 }, { id: 2 }, { id: 3 })
    const views = [
      [1, '/shop/100%25'],
      [2, '/shop/100_25'],
      [3, '/blog'],
    ] as const
    await meta.write((transaction) =>
      transaction
        .insertInto('page_view')
        .values(
          views.map(([session_id, path]) => ({ session_id, stream: 1, sequence: 0, idx: 0, site_id: 1, at: 1, path })),
        )
        .execute(),
    )
    expect(await ids({ path: '/shop' })).toEqual([2, 1])
    expect(await ids({ path: '0%2' })).toEqual([1])
    expect(await ids({ path: '0_2' })).toEqual([2])
    expect(await ids({ path: '\\' })).toEqual([])
  })

  it('knows what each agent has watched', async () => {
    const { store, add, ids } = await openRecordings()
    await add({ id: 1 }, { id: 2 })
    await store.addWatch(1, 77, 500)
    expect(await ids({ unwatched: true }, [1], 77)).toEqual([2])
    expect(await ids({ unwatched: true }, [1], 78)).toEqual([2, 1])
    expect(await ids({ unwatched: true }, [1])).toEqual([2])
    expect((await store.find('recording 1', 1, 77))?.watched).toBe(1)
    expect((await store.find('recording 1', 1, 78))?.watched).toBe(0)
    expect(await store.hasWatched(1, 77, 500)).toBe(true)
    expect(await store.hasWatched(1, 77, 501)).toBe(false)
    expect(await store.hasWatched(1, 78, 0)).toBe(false)
  })

  it('finds a recording for its own account only', async () => {
    const { store, add } = await openRecordings()
    await add({ id: 1 })
    expect(await store.find('recording 1', 1)).toMatchObject({ id: 1, visitor_recordings: 7 })
    expect(await store.find('recording 1', 2)).toBeUndefined()
    expect(await store.find('recording 1', undefined)).toMatchObject({ id: 1 })
    expect(await store.find('recording 2', 1)).toBeUndefined()
  })

  it('goes through windows that match nothing and comes back with every match', async () => {
    const { meta, store } = await openRecordings()
    const rows = 45_000
    await meta.write(async (transaction) => {
      for (let from = 0; from < rows; from += 1500) {
        await transaction
          .insertInto('session')
          .values(
            Array.from({ length: 1500 }, (_, index) => ({
              id: from + index + 1,
              recording: `r${from + index}`,
              site_id: 1,
              visitor_id: 11,
              start_nonce: hashOf(from + index),
              started_at: from + index,
              last_received_at: 1,
              expires_at: 10 ** 13,
              retention_days: 30,
              batches: 1,
              country: (from + index) % 15_000 === 7 ? 'FR' : 'DE',
            })),
          )
          .execute()
      }
    })
    const found: number[] = []
    for (let after, page = 0; page === 0 || after; page++) {
      const list = await store.list({ sites: [1, 2], filter: { country: 'FR' }, after, limit: 2, agent: undefined })
      found.push(...list.rows.map(({ started_at }) => started_at))
      after = list.next
    }
    expect(found).toEqual([30_007, 15_007, 7])
  })
})
