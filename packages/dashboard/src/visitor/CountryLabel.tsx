import { Badge, Group, Text } from '@mantine/core'
import { flagOf } from '../format/format.ts'
import { useCanDrawFlags } from './useCanDrawFlags.ts'
import { useLanguage } from '../translations/LanguageProvider.tsx'

interface CountryLabelProps {
  readonly country: string
  /** In a list, where words for what is not known would only be noise. */
  readonly isBrief?: boolean
}

export function CountryLabel({ country, isBrief = false }: CountryLabelProps) {
  const { t, format } = useLanguage()
  if (!country) {
    return (
      <Text component="span" size="sm" c="dimmed">
        {isBrief ? <span aria-label={t('country.unknown')}>–</span> : t('country.unknown')}
      </Text>
    )
  }
  return (
    <Group gap={8} wrap="nowrap" component="span">
      <Flag country={country} />
      <Text component="span" size="sm" truncate>
        {format.country(country)}
      </Text>
    </Group>
  )
}

/** Where the system has no flags (Windows, many servers), the two letters of the country stand for one. */
function Flag({ country }: { readonly country: string }) {
  const canDrawFlags = useCanDrawFlags()
  if (canDrawFlags) return <span aria-hidden>{flagOf(country)}</span>
  return (
    <Badge
      component="span"
      size="xs"
      radius="sm"
      variant="default"
      px={4}
      style={{ flexShrink: 0, overflow: 'visible' }}
      aria-hidden
    >
      {country}
    </Badge>
  )
}
