import type { Language, Page, RecordingSummary, Site, UpdateSiteRequest } from '@vasistas/wire/api'
import type { RecordingId, SiteKey } from '@vasistas/wire/core'
import { createPasswordHasher } from './access/passwordHash.ts'
import { createPasswordStrength } from './access/passwordStrength.ts'
import { refuseWeakPassword } from './api/accountsRoutes.ts'
import { checkOrigins, checkSiteName } from './api/checkSettings.ts'
import { describeChange } from './api/describeChange.ts'
import { decodeCursor, encodeCursor } from './api/listCursor.ts'
import { presentDetail, presentRecording } from './api/presentRecording.ts'
import { checkEmail } from './api/signInRoutes.ts'
import { checkChange, presentSite } from './api/sitesRoutes.ts'
import { createClock } from './clock.ts'
import type { Config } from './config/config.ts'
import { appError } from './errors/appError.ts'
import { createMemoryEventBus } from './events/memoryEventBus.ts'
import { createRandom } from './random.ts'
import { exportRecording, type ExportFormat } from './replay/exportRecording.ts'
import { loadManifest } from './replay/loadManifest.ts'
import { createBatchReader } from './replay/readBatches.ts'
import { createErasure } from './retention/eraseSessions.ts'
import { createAccountStore } from './store/accountStore.ts'
import { createAuditStore, type AuditAction } from './store/auditStore.ts'
import { createHealthStore } from './store/healthStore.ts'
import { openSharedStore } from './store/openStore.ts'
import { createRecordingStore, type RecordingRow } from './store/recordingStore.ts'
import type { StoredSite } from './store/siteStore.ts'

const ACTOR = 'command line'

export interface NewOwner {
  readonly email: string
  readonly name: string
  readonly password: string
  readonly language: Language
}

export interface NewSite {
  readonly name: string
  readonly origins: readonly string[]
  /** E-mail address of somebody in the account; may be left out while there is one account, or none. */
  readonly account?: string
}

export interface AdminListRequest {
  readonly site?: SiteKey
  readonly limit: number
  readonly cursor?: string
}

export type Admin = Awaited<ReturnType<typeof openAdmin>>

/**
 * What the operator may do from the shell, beside a running server too: the database lets one write at a time and the other
 * wait. Rejects with AppError where the API would; what is changed is in the audit log as done by the command line.
 */
export async function openAdmin(config: Config) {
  const clock = createClock()
  const random = createRandom()
  const { dataFolder, rootKeyFile } = config
  const store = await openSharedStore({ dataFolder, rootKeyFile, clock, random })
  const { meta, ids, sites } = store
  const accounts = createAccountStore(meta, ids)
  const audit = createAuditStore(meta)
  const recordings = createRecordingStore(meta, clock, ids)
  const reader = createBatchReader({ ...store, recordings, onDamaged: () => undefined })
  const { countRecordings } = createHealthStore(meta)
  // Nobody listens in this process; a running server finds what changed in the database.
  const erasure = createErasure(
    store,
    createMemoryEventBus(() => undefined),
    clock,
  )

  const note = (accountId: number, action: AuditAction, target: string) =>
    audit.append({ accountId, at: clock.now(), actor: ACTOR, action, target })

  async function getSite(key: SiteKey): Promise<StoredSite> {
    const site = await sites.findByKey(key)
    if (!site) throw appError('NOT_FOUND', { site: key })
    return site
  }

  async function getRecording(recording: RecordingId): Promise<{ row: RecordingRow; accountId: number }> {
    const row = await recordings.find(recording, undefined)
    const site = row && (await sites.find(row.site_id))
    if (!row || !site) throw appError('NOT_FOUND', { recording })
    return { row, accountId: site.accountId }
  }

  async function present(found: readonly StoredSite[]): Promise<Site[]> {
    const counts = await countRecordings(found.map(({ id }) => id))
    return found.map((site) => presentSite(site, counts.get(site.id) ?? 0))
  }

  async function chooseAccount(email: string | undefined): Promise<number> {
    if (email !== undefined) {
      const agent = await accounts.findByEmail(email)
      if (!agent) throw appError('NOT_FOUND', { account: email })
      return agent.accountId
    }
    const [only, another] = await accounts.listOwned()
    if (another !== undefined)
      throw appError('INVALID_REQUEST', { account: 'there are several: say whose the site is' })
    return only ?? (await accounts.ensureUnownedAccount(clock.now()))
  }

  return {
    async createAccount({ email, name, password, language }: NewOwner) {
      checkEmail(email)
      await using strength = createPasswordStrength()
      await refuseWeakPassword(strength, password, { email, name })
      const passwordHash = await createPasswordHasher().hash(password)
      const owner = await accounts.createOwner({ email, name, passwordHash, language }, clock.now())
      if (!owner) throw appError('EMAIL_TAKEN')
      await note(owner.accountId, 'account.created', owner.email)
      return { id: owner.id, email: owner.email, name: owner.name, role: owner.role, language: owner.language }
    },

    listSites: async (): Promise<Site[]> => present(await sites.list()),

    async createSite({ name, origins, account }: NewSite): Promise<Site> {
      const checked = { name: checkSiteName(name), origins: checkOrigins(origins) }
      const site = await sites.create({ accountId: await chooseAccount(account), ...checked })
      await note(site.accountId, 'site.created', site.name)
      return presentSite(site, 0)
    },

    async updateSite(key: SiteKey, request: UpdateSiteRequest): Promise<Site> {
      const { id, accountId } = await getSite(key)
      const change = checkChange({ ...request, settings: request.settings && { ...request.settings } })
      const updated = await sites.update(id, change)
      if (!updated) throw appError('NOT_FOUND', { site: key })
      await note(accountId, 'site.changed', describeChange(updated.name, change))
      const [site] = await present([updated])
      return site ?? presentSite(updated, 0)
    },

    async listRecordings({ site, limit, cursor }: AdminListRequest): Promise<Page<RecordingSummary>> {
      const chosen = site === undefined ? await sites.list() : [await getSite(site)]
      const after = cursor === undefined ? undefined : decodeCursor(cursor)
      if (cursor !== undefined && !after) throw appError('INVALID_REQUEST', { field: 'cursor' })
      const request = { sites: chosen.map(({ id }) => id), filter: {}, after, limit, agent: undefined }
      const { rows, next } = await recordings.list(request)
      const now = clock.now()
      return { items: rows.map((row) => presentRecording(row, now)), nextCursor: next ? encodeCursor(next) : null }
    },

    /** Noted before the first byte leaves. */
    async exportRecording(recording: RecordingId, format: ExportFormat): Promise<AsyncIterable<string>> {
      const { row, accountId } = await getRecording(recording)
      const session = { id: row.id, siteId: row.site_id }
      if (!(await reader.isReadable(session))) throw appError('NOT_FOUND', { recording })
      await note(accountId, 'recording.exported', recording)
      const detail = await presentDetail(recordings, row, clock.now())
      return exportRecording(reader, { session, detail, manifest: await loadManifest(recordings, sites, row) }, format)
    },

    async eraseRecording(recording: RecordingId): Promise<{ recording: RecordingId; erased: number; receipt: number }> {
      const { accountId } = await getRecording(recording)
      const receipt = await erasure.eraseRecording(recording)
      if (!receipt) throw appError('NOT_FOUND', { recording })
      await note(accountId, 'recording.erased', recording)
      return { recording, erased: receipt.erased, receipt: receipt.id }
    },

    [Symbol.asyncDispose]: () => store.close(),
  }
}
