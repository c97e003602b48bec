import { Button, Chip, Group, Indicator, Pill, Popover, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import type { FilterName, RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'
import { FilterForm } from './FilterForm.tsx'
import { useFilterLabels } from './useFilterLabels.ts'
import { withFilter } from './withFilter.ts'

interface RecordingFilterBarProps {
  readonly filters: RecordingFilters
  readonly onChange: (filters: RecordingFilters) => void
}

const QUICK: readonly { readonly name: 'unwatched' | 'errors' | 'rage'; readonly label: MessageKey }[] = [
  { name: 'unwatched', label: 'filters.unwatched' },
  { name: 'errors', label: 'filters.errors' },
  { name: 'rage', label: 'filters.rage' },
]
const TYPING_PAUSE_MS = 350

/** The questions asked most are one click away, the others in a form; what is set can be read and taken away. */
export function RecordingFilterBar({ filters, onChange }: RecordingFilterBarProps) {
  const { t } = useLanguage()
  const labels = useFilterLabels(filters)
  const formCount = labels.filter(({ name }) => name !== 'path').length
  return (
    <Stack gap="sm" role="search" aria-label={t('filters.title')}>
      <Group gap="sm">
        <Group gap="sm" wrap="nowrap" flex={1} miw={280}>
          <PathInput filters={filters} onChange={onChange} />
          <Popover width={340} position="bottom-end" trapFocus withinPortal shadow="md">
            <Popover.Target>
              <Indicator disabled={formCount === 0} label={formCount} size={18}>
                <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={16} />}>
                  {t('filters.more')}
                </Button>
              </Indicator>
            </Popover.Target>
            <Popover.Dropdown aria-label={t('filters.more')}>
              <FilterForm filters={filters} onChange={onChange} />
            </Popover.Dropdown>
          </Popover>
        </Group>
        <Group gap={6}>
          {QUICK.map(({ name, label }) => (
            <Chip
              key={name}
              size="sm"
              checked={filters[name] ?? false}
              onChange={(isOn) => onChange(withFilter(filters, name, isOn || undefined))}
            >
              {t(label)}
            </Chip>
          ))}
        </Group>
      </Group>
      {labels.length > 0 && (
        <Group gap={6}>
          {labels.map(({ name, label }: { name: FilterName; label: string }) => (
            <Pill
              key={name}
              size="md"
              withRemoveButton
              removeButtonProps={{ 'aria-label': t('filters.remove', { filter: label }), tabIndex: 0 }}
              onRemove={() => onChange(withFilter(filters, name, undefined))}
            >
              {label}
            </Pill>
          ))}
        </Group>
      )}
    </Stack>
  )
}

function PathInput({ filters, onChange }: RecordingFilterBarProps) {
  const { t } = useLanguage()
  const current = filters.path ?? ''
  const [text, setText] = useState(current)
  const [applied, setApplied] = useState(current)
  // The filter was changed elsewhere (taken away, or by going back), not by typing here.
  if (current !== applied) {
    setApplied(current)
    setText(current)
  }
  const apply = useDebouncedCallback((written: string) => {
    const path = written.trim()
    setApplied(path)
    onChange(withFilter(filters, 'path', path || undefined))
  }, TYPING_PAUSE_MS)
  return (
    <TextInput
      type="search"
      flex={1}
      miw={0}
      aria-label={t('filters.path')}
      placeholder={t('filters.pathPlaceholder')}
      leftSection={<IconSearch size={16} stroke={1.75} />}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value)
        apply(value)
      }}
    />
  )
}
