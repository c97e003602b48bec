import { Group, Input, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core'
import { LANGUAGES } from '../../translations/languageChoice.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { SnippetOptions } from './snippet.ts'

interface NoticeOptionsProps {
  readonly options: SnippetOptions
  readonly onChange: (options: SnippetOptions) => void
}

/** Who asks visitors, and in which words; the snippet below follows. */
export function NoticeOptions({ options, onChange }: NoticeOptionsProps) {
  const { t } = useLanguage()
  const languages = [{ value: 'auto' as const, label: t('install.languageAuto') }, ...LANGUAGES]
  return (
    <Stack gap="sm">
      <Switch
        label={t('install.noticeSwitch')}
        description={t('install.noticeSwitchHint')}
        checked={options.hasNotice}
        onChange={({ currentTarget }) => onChange({ ...options, hasNotice: currentTarget.checked })}
      />
      {options.hasNotice && (
        <Group align="flex-end" gap="md">
          <TextInput
            flex={1}
            miw={220}
            type="url"
            label={t('install.privacyUrl')}
            placeholder="https://shop.example/privacy"
            value={options.privacyUrl}
            onChange={({ currentTarget }) => onChange({ ...options, privacyUrl: currentTarget.value.trim() })}
          />
          <Stack gap={4}>
            <Input.Label labelElement="div">{t('install.language')}</Input.Label>
            <SegmentedControl
              aria-label={t('install.language')}
              value={options.language}
              data={languages.map(({ value, label }) => ({ value, label }))}
              onChange={(language: SnippetOptions['language']) => onChange({ ...options, language })}
            />
          </Stack>
        </Group>
      )}
    </Stack>
  )
}
