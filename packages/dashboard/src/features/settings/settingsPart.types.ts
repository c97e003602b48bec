import type { SiteSettings } from '@vasistas/wire/api'

/** How a part of the form sees the settings. */
export interface SettingsPart {
  readonly settings: SiteSettings
  readonly onChange: (change: Partial<SiteSettings>) => void
}
