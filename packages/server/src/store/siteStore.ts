import { DEFAULT_PRIVACY, type SiteKey } from '@vasistas/wire/core'
import type { SiteSettings } from '@vasistas/wire/api'
import type { Selectable } from 'kysely'

import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import type { SiteTable } from './schema.ts'

export interface StoredSite {
  readonly id: number
  readonly accountId: number
  readonly key: SiteKey
  readonly name: string
  readonly origins: readonly string[]
  readonly settings: SiteSettings
  readonly createdAt: number
  /** When a page of the site last asked to record, from where, with which recorder; 0 and empty: never. */
  readonly heardAt: number
  readonly heardOrigin: string
  readonly heardRecorder: string
}

/** A site that chose nothing: the careful end of every scale. */
const DEFAULT_SETTINGS: SiteSettings = {
  ...DEFAULT_PRIVACY,
  recordingOn: true,
  retentionDays: 30,
  sampleRate: 1,
  keepAssets: true,
}

export interface SiteChanges {
  readonly name?: string
  readonly origins?: readonly string[]
  readonly settings?: Partial<SiteSettings>
}

export interface SiteStore {
  /** All sites, or those of one account, oldest first. Changes by another process show within a second. */
  list(accountId?: number): Promise<readonly StoredSite[]>
  find(id: number): Promise<StoredSite | undefined>
  findByKey(key: string): Promise<StoredSite | undefined>
  /** Whether any site lists this origin. */
  listsOrigin(origin: string): Promise<boolean>
  create(site: {
    readonly accountId: number
    readonly name: string
    readonly origins: readonly string[]
  }): Promise<StoredSite>
  /** Settings that are not named stay. The caller has checked every value. */
  update(id: number, changes: SiteChanges): Promise<StoredSite | undefined>
  noteHeard(id: number, at: number, origin: string, recorder: string): Promise<void>
}

const FRESH_MS = 1000

export function createSiteStore(meta: MetaStore, clock: Clock, random: Random, ids: IdSource): SiteStore {
  let known:
    { readonly sites: readonly StoredSite[]; readonly origins: ReadonlySet<string>; readonly since: number } | undefined
  let loading: Promise<readonly StoredSite[]> | undefined

  async function all(): Promise<readonly StoredSite[]> {
    if (known && clock.mono() - known.since < FRESH_MS) return known.sites
    loading ??= load().finally(() => (loading = undefined))
    return loading
  }

  async function load(): Promise<readonly StoredSite[]> {
    const since = clock.mono()
    const rows = await meta.read.selectFrom('site').selectAll().where('deleted_at', '=', 0).orderBy('id').execute()
    const sites = rows.map(presentSite)
    known = { sites, origins: new Set(sites.flatMap(({ origins }) => origins)), since }
    return sites
  }

  function forget(): void {
    known = undefined
    loading = undefined
  }

  async function findFresh(id: number): Promise<StoredSite | undefined> {
    forget()
    return (await all()).find((site) => site.id === id)
  }

  return {
    async list(accountId) {
      const sites = await all()
      return accountId === undefined ? sites : sites.filter((site) => site.accountId === accountId)
    },
    find: async (id) => (await all()).find((site) => site.id === id),
    findByKey: async (key) => (await all()).find((site) => site.key === key),
    async listsOrigin(origin) {
      await all()
      return known?.origins.has(origin) ?? false
    },

    async create({ accountId, name, origins }) {
      const id = ids.next()
      await meta.write((transaction) =>
        transaction
          .insertInto('site')
          .values({
            id,
            account_id: accountId,
            site_key: random.id(),
            name,
            origins: JSON.stringify(origins),
            created_at: clock.now(),
          })
          .execute(),
      )
      const site = await findFresh(id)
      if (!site) throw new Error('a site that was just made is missing')
      return site
    },

    async update(id, { name, origins, settings }) {
      await meta.write(async (transaction) => {
        const row = await transaction
          .selectFrom('site')
          .select(['settings', 'settings_revision'])
          .where('id', '=', id)
          .where('deleted_at', '=', 0)
          .executeTakeFirst()
        if (!row) return
        await transaction
          .updateTable('site')
          .set({
            settings_revision: row.settings_revision + 1,
            ...(name !== undefined && { name }),
            ...(origins !== undefined && { origins: JSON.stringify(origins) }),
            ...(settings && { settings: JSON.stringify({ ...parseSettings(row.settings), ...settings }) }),
          })
          .where('id', '=', id)
          .execute()
      })
      return findFresh(id)
    },

    async noteHeard(id, at, origin, recorder) {
      await meta.write((transaction) =>
        transaction
          .updateTable('site')
          .set({ heard_at: at, heard_origin: origin, heard_recorder: recorder })
          .where('id', '=', id)
          .execute(),
      )
    },
  }
}

function presentSite(row: Selectable<SiteTable>): StoredSite {
  return {
    id: row.id,
    accountId: row.account_id,
    key: row.site_key,
    name: row.name,
    origins: JSON.parse(row.origins) as string[],
    settings: parseSettings(row.settings),
    createdAt: row.created_at,
    heardAt: row.heard_at,
    heardOrigin: row.heard_origin,
    heardRecorder: row.heard_recorder,
  }
}

/** Written by `update` only; a setting that a row does not name has its default. */
function parseSettings(text: string): SiteSettings {
  const stored = new Map<string, unknown>(Object.entries(JSON.parse(text) as Partial<SiteSettings>))
  const entries = Object.entries<unknown>({ ...DEFAULT_SETTINGS }).map(([name, byDefault]) => [
    name,
    stored.get(name) ?? byDefault,
  ])
  return Object.fromEntries(entries) as unknown as SiteSettings
}
