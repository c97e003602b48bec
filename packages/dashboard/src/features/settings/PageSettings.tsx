import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { isPagePattern, isQueryName } from './entryChecks.ts'
import { ListSetting } from './ListSetting.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import type { SettingsPart } from './settingsPart.types.ts'

/** Pages that are never recorded, and what addresses may tell. */
export function PageSettings({ settings, onChange }: SettingsPart) {
  const { t } = useLanguage()
  return (
    <SettingsCard title={t('settings.pages')}>
      <ListSetting
        label={t('settings.excludedPages')}
        description={t('settings.excludedPagesHint')}
        placeholder="/checkout/*"
        value={settings.excludedPages}
        onChange={(excludedPages) => onChange({ excludedPages })}
        accepts={isPagePattern}
        normalize={(page) => (/^[/*]/.test(page) ? page.replace(/^\*/, '/*') : `/${page}`)}
      />
      <ListSetting
        label={t('settings.allowedQueryNames')}
        description={t('settings.allowedQueryNamesHint')}
        placeholder="utm_source"
        value={settings.allowedQueryNames}
        onChange={(allowedQueryNames) => onChange({ allowedQueryNames })}
        accepts={isQueryName}
      />
    </SettingsCard>
  )
}
