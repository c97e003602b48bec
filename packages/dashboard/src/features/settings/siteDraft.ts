import type { Site, SiteSettings, UpdateSiteRequest } from '@vasistas/wire/api'

/** A site's settings while they are edited. */
export interface SiteDraft {
  readonly name: string
  readonly origins: readonly string[]
  readonly settings: SiteSettings
}

export function draftOf({ name, origins, settings }: Site): SiteDraft {
  return { name, origins, settings }
}

/** What is to be sent: only what was changed. Nothing when nothing was. */
export function changesOf(saved: SiteDraft, draft: SiteDraft): UpdateSiteRequest | undefined {
  const settings = Object.fromEntries(
    Object.entries(draft.settings).filter(
      ([name, value]) => !isSame(value, saved.settings[name as keyof SiteSettings]),
    ),
  ) as Partial<SiteSettings>
  const changes: UpdateSiteRequest = {
    ...(draft.name !== saved.name && { name: draft.name }),
    ...(!isSame(draft.origins, saved.origins) && { origins: draft.origins }),
    ...(Object.keys(settings).length > 0 && { settings }),
  }
  return Object.keys(changes).length > 0 ? changes : undefined
}

function isSame(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other
  return one.length === other.length && one.every((entry, index) => entry === other[index])
}

export type Risk =
  | 'level'
  | 'recordFormInputs'
  | 'recordEmails'
  | 'recordNumbers'
  | 'allow'
  | 'readForeignAllowMarks'
  | 'lessProtected'
  | 'longerRetention'
  | 'shorterRetention'

/** Changes that record more of people, keep it longer, or delete: they are explained before they are saved. */
export function risksOf({ settings: before }: SiteDraft, { settings: after }: SiteDraft): readonly Risk[] {
  const turnedOn = (name: 'recordFormInputs' | 'recordEmails' | 'recordNumbers' | 'readForeignAllowMarks') =>
    after[name] && !before[name]
  const risks: readonly (readonly [boolean, Risk])[] = [
    [before.level === 'strict' && after.level === 'balanced', 'level'],
    [turnedOn('recordFormInputs'), 'recordFormInputs'],
    [turnedOn('recordEmails'), 'recordEmails'],
    [turnedOn('recordNumbers'), 'recordNumbers'],
    [after.allow.some((selector) => !before.allow.includes(selector)), 'allow'],
    [turnedOn('readForeignAllowMarks'), 'readForeignAllowMarks'],
    [PROTECTING.some((name) => before[name].some((entry) => !after[name].includes(entry))), 'lessProtected'],
    [after.retentionDays > before.retentionDays, 'longerRetention'],
    [after.retentionDays < before.retentionDays, 'shorterRetention'],
  ]
  return risks.flatMap(([isRisky, risk]) => (isRisky ? [risk] : []))
}

/** Lists of which each entry keeps something out of recordings. */
const PROTECTING = ['block', 'mask', 'ignore', 'excludedPages'] as const
