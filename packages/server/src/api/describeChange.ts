import type { SiteChanges } from '../store/siteStore.ts'

/** For the audit log: which settings changed, with the value where it is a switch, a number or a word of ours. */
export function describeChange(siteName: string, { name, origins, settings }: SiteChanges): string {
  const changed = [
    ...(name === undefined ? [] : ['name']),
    ...(origins ? ['origins'] : []),
    ...Object.entries(settings ?? {}).map(([setting, value]) =>
      typeof value === 'object' ? setting : `${setting}=${value}`,
    ),
  ]
  return `${siteName}: ${changed.join(', ') || 'nothing'}`
}
