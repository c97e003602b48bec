import { Radio, Stack } from '@mantine/core'
import type { PrivacySiteLevel } from '@vasistas/wire/core'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { isHost } from './entryChecks.ts'
import { ListSetting } from './ListSetting.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import type { SettingsPart } from './settingsPart.types.ts'

/** What of a page's own words and pictures is recorded. */
export function TextSettings({ settings, onChange }: SettingsPart) {
  const { t } = useLanguage()
  return (
    <SettingsCard title={t('settings.content')}>
      <Radio.Group
        label={t('settings.level')}
        value={settings.level}
        onChange={(level: PrivacySiteLevel) => onChange({ level })}
      >
        <Stack gap="sm" mt="xs">
          <Radio value="balanced" label={t('settings.balanced')} description={t('settings.balancedHint')} />
          <Radio value="strict" label={t('settings.strict')} description={t('settings.strictHint')} />
        </Stack>
      </Radio.Group>
      <ListSetting
        label={t('settings.imageHosts')}
        description={t('settings.imageHostsHint')}
        placeholder="cdn.example.com"
        value={settings.imageHosts}
        onChange={(imageHosts) => onChange({ imageHosts })}
        accepts={isHost}
        normalize={(host) =>
          host
            .toLowerCase()
            .replace(/^https?:\/\//, '')
            .replace(/\/.*$/, '')
        }
      />
    </SettingsCard>
  )
}
