import { Group, Skeleton, Stack } from '@mantine/core'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { Surface } from '../../ui/Surface.tsx'

const ROWS = [0, 1, 2, 3, 4, 5, 6, 7]

/** The list's shape while it is on its way. */
export function RecordingsSkeleton() {
  const { t } = useLanguage()
  return (
    <Surface role="status" aria-label={t('state.loading')}>
      <Stack gap="lg">
        {ROWS.map((row) => (
          <Group key={row} wrap="nowrap" gap="xl">
            <Skeleton height={14} width="14%" />
            <Skeleton height={14} width="12%" />
            <Skeleton height={14} width="34%" />
            <Skeleton height={14} width="10%" />
            <Skeleton height={14} width="18%" />
          </Group>
        ))}
      </Stack>
    </Surface>
  )
}
