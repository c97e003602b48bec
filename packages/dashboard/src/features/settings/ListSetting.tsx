import { TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { EntryCheck } from './entryChecks.ts'

interface ListSettingProps {
  readonly label: string
  readonly description: string
  readonly placeholder: string
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly accepts: EntryCheck
  /** Brings an entry into its one form before it is checked. */
  readonly normalize?: (entry: string) => string
}

/** A list of selectors, hosts or paths; what nobody would understand is not taken. */
export function ListSetting({
  label,
  description,
  placeholder,
  value,
  onChange,
  accepts,
  normalize,
}: ListSettingProps) {
  const { t } = useLanguage()
  const [wrong, setWrong] = useState<string>()
  return (
    <TagsInput
      label={label}
      description={description}
      placeholder={value.length === 0 ? placeholder : ''}
      // A selector may hold commas and spaces: only Enter ends an entry.
      splitChars={[]}
      acceptValueOnBlur
      value={[...value]}
      error={wrong === undefined ? undefined : t('settings.wrongEntry', { entry: wrong })}
      onChange={(written) => {
        const entries = written.map((entry) => (normalize ? normalize(entry.trim()) : entry.trim()))
        const refused = entries.find((entry) => !accepts(entry))
        setWrong(refused)
        if (refused === undefined) onChange([...new Set(entries)])
      }}
    />
  )
}
