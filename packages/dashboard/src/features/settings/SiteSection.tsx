import { TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { parseOrigin } from '../../site/parseOrigin.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { SettingsCard } from './SettingsCard.tsx'
import type { SiteDraft } from './siteDraft.ts'

interface SiteSectionProps {
  readonly draft: SiteDraft
  readonly onChange: (change: Partial<Pick<SiteDraft, 'name' | 'origins'>>) => void
}

export function SiteSection({ draft, onChange }: SiteSectionProps) {
  const { t } = useLanguage()
  const [wrong, setWrong] = useState<string>()
  return (
    <SettingsCard title={t('settings.site')}>
      <TextInput
        label={t('site.name')}
        description={t('site.nameHint')}
        maxLength={100}
        value={draft.name}
        error={draft.name.trim() ? undefined : t('site.nameMissing')}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <TagsInput
        label={t('site.origins')}
        description={t('site.originsHint')}
        splitChars={[',', ' ']}
        acceptValueOnBlur
        value={[...draft.origins]}
        error={wrong ?? (draft.origins.length === 0 ? t('site.originMissing') : undefined)}
        onChange={(written) => {
          const origins = written.map((text) => parseOrigin(text))
          const refused = written.find((_, index) => origins[index] === undefined)
          setWrong(refused === undefined ? undefined : t('site.originWrong', { origin: refused }))
          if (refused === undefined)
            onChange({ origins: [...new Set(origins.filter((origin) => origin !== undefined))] })
        }}
      />
    </SettingsCard>
  )
}
