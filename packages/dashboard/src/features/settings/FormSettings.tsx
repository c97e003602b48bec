import { Alert, Collapse, Stack, Switch } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import type { SettingsPart } from './settingsPart.types.ts'

/** What visitors type: off, unless the owner turns it on. */
export function FormSettings({ settings, onChange }: SettingsPart) {
  const { t } = useLanguage()
  const isStrict = settings.level === 'strict'
  return (
    <SettingsCard title={t('settings.forms')}>
      <Switch
        label={t('settings.recordFormInputs')}
        description={t('settings.recordFormInputsHint')}
        checked={settings.recordFormInputs}
        onChange={({ currentTarget }) => onChange({ recordFormInputs: currentTarget.checked })}
      />
      <Collapse expanded={settings.recordFormInputs}>
        <Stack gap="lg" pl="xl">
          <Alert color="orange" variant="light">
            {t('settings.formsSnippet')}
          </Alert>
          {isStrict && <Alert color="gray">{t('settings.strictMasksForms')}</Alert>}
          <Switch
            label={t('settings.recordEmails')}
            description={t('settings.recordEmailsHint')}
            checked={settings.recordEmails}
            onChange={({ currentTarget }) => onChange({ recordEmails: currentTarget.checked })}
          />
          <Switch
            label={t('settings.recordNumbers')}
            description={t('settings.recordNumbersHint')}
            checked={settings.recordNumbers}
            onChange={({ currentTarget }) => onChange({ recordNumbers: currentTarget.checked })}
          />
        </Stack>
      </Collapse>
      <Alert color="teal" variant="light" icon={<IconShieldLock />}>
        {t('settings.neverList')}
      </Alert>
    </SettingsCard>
  )
}
