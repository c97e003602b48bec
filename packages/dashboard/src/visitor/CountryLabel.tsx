import { Group, Text } from '@mantine/core'
import { flagOf } from '../format/format.ts'
import { useLanguage } from '../translations/LanguageProvider.tsx'

export function CountryLabel({ country }: { readonly country: string }) {
  const { t, format } = useLanguage()
  if (!country) {
    return (
      <Text component="span" size="sm" c="dimmed">
        {t('country.unknown')}
      </Text>
    )
  }
  return (
    <Group gap={8} wrap="nowrap" component="span">
      <span aria-hidden>{flagOf(country)}</span>
      <Text component="span" size="sm" truncate>
        {format.country(country)}
      </Text>
    </Group>
  )
}
