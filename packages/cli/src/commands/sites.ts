import { openAdmin } from '@vasistas/server'
import type { Site } from '@vasistas/wire/api'
import type { CommandContext } from '../command.types.ts'
import { formatTable } from '../output.ts'
import { parseSiteChange } from '../parseSiteChange.ts'

export interface CreateSiteOptions {
  readonly origin: readonly string[]
  readonly name?: string
  readonly account?: string
}

export async function createSite(options: CreateSiteOptions, { config, output }: CommandContext) {
  await using admin = await openAdmin(config)
  const { origin: origins, account } = options
  const name = options.name ?? URL.parse(origins[0] ?? '')?.host ?? ''
  const site = await admin.createSite({ name, origins, ...(account !== undefined && { account }) })
  output.result(site, site.key)
}

export async function setSite(key: string, assignments: readonly string[], { config, output }: CommandContext) {
  const change = parseSiteChange(assignments)
  await using admin = await openAdmin(config)
  const site = await admin.updateSite(key, change)
  output.result(site, describeSite(site))
}

export async function listSites({ config, output }: CommandContext) {
  await using admin = await openAdmin(config)
  const sites = await admin.listSites()
  const rows = sites.map((site) => [
    site.key,
    site.name,
    site.origins.join(' '),
    site.settings.recordingOn ? 'on' : 'off',
    String(site.recordings),
  ])
  output.result(sites, formatTable(['KEY', 'NAME', 'ORIGINS', 'RECORDING', 'RECORDINGS'], rows))
}

function describeSite({ key, name, origins, settings }: Site): string {
  const rows = Object.entries({ key, name, origins, ...settings }).map(([setting, value]) => [
    setting === 'level' ? 'privacyLevel' : setting,
    describeValue(value),
  ])
  return formatTable(['SETTING', 'VALUE'], rows)
}

function describeValue(value: string | number | boolean | readonly string[]): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'object' ? value.join(', ') : String(value)
}
