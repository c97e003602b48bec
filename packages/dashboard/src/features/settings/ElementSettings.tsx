import { Switch } from '@mantine/core'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { isSelector } from './entryChecks.ts'
import { ListSetting } from './ListSetting.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import type { SettingsPart } from './settingsPart.types.ts'

const LISTS = [
  { name: 'block', placeholder: '.account-balance' },
  { name: 'mask', placeholder: '#customer-name' },
  { name: 'ignore', placeholder: '.game-canvas' },
  { name: 'allow', placeholder: '.price' },
] as const

/** Single elements, by CSS selector, for whoever cannot mark them in the page's own code. */
export function ElementSettings({ settings, onChange }: SettingsPart) {
  const { t } = useLanguage()
  return (
    <SettingsCard title={t('settings.elements')} text={t('settings.elementsText')}>
      {LISTS.map(({ name, placeholder }) => (
        <ListSetting
          key={name}
          label={t(`settings.${name}`)}
          description={t(`settings.${name}Hint`)}
          placeholder={placeholder}
          value={settings[name]}
          onChange={(selectors) => onChange({ [name]: selectors })}
          accepts={isSelector}
        />
      ))}
      <Switch
        label={t('settings.readForeignAllowMarks')}
        description={t('settings.readForeignAllowMarksHint')}
        checked={settings.readForeignAllowMarks}
        onChange={({ currentTarget }) => onChange({ readForeignAllowMarks: currentTarget.checked })}
      />
    </SettingsCard>
  )
}
