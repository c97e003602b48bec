import { Group, Input, NumberInput, Slider, Switch, Text } from '@mantine/core'
import { useId } from '@mantine/hooks'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import type { SettingsPart } from './settingsPart.types.ts'

const LONGEST_DAYS = 365

/** Whether, how many, and for how long. */
export function RecordingSettings({ settings, onChange }: SettingsPart) {
  const { t, format } = useLanguage()
  const sampleId = useId()
  return (
    <SettingsCard title={t('settings.recording')}>
      <Switch
        label={t('settings.recordingOn')}
        description={t('settings.recordingOnHint')}
        checked={settings.recordingOn}
        onChange={({ currentTarget }) => onChange({ recordingOn: currentTarget.checked })}
      />
      <NumberInput
        label={t('settings.retentionDays')}
        description={t('settings.retentionDaysHint')}
        min={1}
        max={LONGEST_DAYS}
        allowDecimal={false}
        clampBehavior="blur"
        maw={420}
        suffix={` ${t('settings.days')}`}
        value={settings.retentionDays}
        onChange={(days) => {
          if (typeof days === 'number' && days >= 1 && days <= LONGEST_DAYS) onChange({ retentionDays: days })
        }}
      />
      <Input.Wrapper
        labelElement="div"
        label={t('settings.sampleRate')}
        description={t('settings.sampleRateHint')}
        labelProps={{ id: sampleId }}
      >
        <Group wrap="nowrap" mt="xs" maw={420}>
          <Slider
            flex={1}
            min={0}
            max={100}
            step={5}
            label={null}
            thumbLabel={t('settings.sampleRate')}
            thumbValueText={(percent) => format.percent(percent / 100)}
            value={Math.round(settings.sampleRate * 100)}
            onChange={(percent) => onChange({ sampleRate: percent / 100 })}
          />
          <Text size="sm" w={52} ta="right" fw={600}>
            {format.percent(settings.sampleRate)}
          </Text>
        </Group>
      </Input.Wrapper>
      <Switch
        label={t('settings.keepAssets')}
        description={t('settings.keepAssetsHint')}
        checked={settings.keepAssets}
        onChange={({ currentTarget }) => onChange({ keepAssets: currentTarget.checked })}
      />
    </SettingsCard>
  )
}
