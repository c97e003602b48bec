import { Button, Group, Input, SegmentedControl, Select, Stack, TextInput } from '@mantine/core'
import { now } from '../../clock.ts'
import { daysAgo, type RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { COUNTRIES } from '../../visitor/countries.ts'
import { withFilter } from './withFilter.ts'

interface FilterFormProps {
  readonly filters: RecordingFilters
  readonly onChange: (filters: RecordingFilters) => void
}

const DEVICES = ['desktop', 'mobile', 'tablet'] as const
/** Seconds. */
const DURATIONS = [10, 30, 60, 300, 900]
const PAGES = [2, 3, 5, 10]
const DAYS = [1, 7, 30]

export function FilterForm({ filters, onChange }: FilterFormProps) {
  const { t, format } = useLanguage()
  const countries = COUNTRIES.map((code) => ({ value: code, label: format.country(code) })).toSorted((one, other) =>
    one.label.localeCompare(other.label),
  )
  return (
    <Stack gap="sm">
      <Stack gap={4}>
        <Input.Label labelElement="div">{t('filters.device')}</Input.Label>
        <SegmentedControl
          size="xs"
          aria-label={t('filters.device')}
          value={filters.device ?? 'any'}
          data={[
            { value: 'any', label: t('filters.any') },
            ...DEVICES.map((device) => ({ value: device, label: t(`device.${device}`) })),
          ]}
          onChange={(value) =>
            onChange(
              withFilter(
                filters,
                'device',
                DEVICES.find((device) => device === value),
              ),
            )
          }
        />
      </Stack>
      <Select
        label={t('filters.country')}
        placeholder={t('filters.any')}
        data={countries}
        searchable
        clearable
        nothingFoundMessage={t('filters.noCountry')}
        comboboxProps={{ withinPortal: false }}
        value={filters.country ?? null}
        onChange={(value) => onChange(withFilter(filters, 'country', value ?? undefined))}
      />
      <Group grow gap="sm">
        <Select
          label={t('filters.longer')}
          placeholder={t('filters.any')}
          clearable
          comboboxProps={{ withinPortal: false }}
          data={DURATIONS.map((seconds) => ({ value: String(seconds), label: `> ${format.duration(seconds * 1000)}` }))}
          value={filters.longer ? String(filters.longer) : null}
          onChange={(value) => onChange(withFilter(filters, 'longer', Number(value) || undefined))}
        />
        <Select
          label={t('filters.pages')}
          placeholder={t('filters.any')}
          clearable
          comboboxProps={{ withinPortal: false }}
          data={PAGES.map((count) => ({ value: String(count), label: t('filters.labelPages', { count }) }))}
          value={filters.pages ? String(filters.pages) : null}
          onChange={(value) => onChange(withFilter(filters, 'pages', Number(value) || undefined))}
        />
      </Group>
      <DateFilter filters={filters} onChange={onChange} />
    </Stack>
  )
}

function DateFilter({ filters, onChange }: FilterFormProps) {
  const { t } = useLanguage()
  const setDay = (name: 'from' | 'to', value: string) => onChange(withFilter(filters, name, value || undefined))
  return (
    <Stack gap={6}>
      <Group gap={6}>
        {DAYS.map((days) => (
          <Button
            key={days}
            size="compact-xs"
            variant={filters.from === daysAgo(days, now()) && !filters.to ? 'filled' : 'default'}
            onClick={() => onChange(withFilter(withFilter(filters, 'to', undefined), 'from', daysAgo(days, now())))}
          >
            {t('filters.lastDays', { days })}
          </Button>
        ))}
      </Group>
      <Group grow gap="sm">
        <TextInput
          type="date"
          label={t('filters.from')}
          value={filters.from ?? ''}
          onChange={({ currentTarget }) => setDay('from', currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('filters.to')}
          value={filters.to ?? ''}
          onChange={({ currentTarget }) => setDay('to', currentTarget.value)}
        />
      </Group>
    </Stack>
  )
}
