import { SegmentedControl } from '@mantine/core'
import type { Language } from '@vasistas/wire/api'
import { useChooseLanguage } from '../api/useChooseLanguage.ts'
import { LANGUAGES } from './languageChoice.ts'
import { useLanguage } from './LanguageProvider.tsx'

export function LanguageSwitch({ size = 'xs' }: { readonly size?: 'xs' | 'sm' }) {
  const { t, language } = useLanguage()
  const choose = useChooseLanguage()
  return (
    <SegmentedControl
      size={size}
      aria-label={t('language.title')}
      value={language}
      data={LANGUAGES.map(({ value, label }) => ({ value, label }))}
      onChange={(value: Language) => void choose(value)}
    />
  )
}
