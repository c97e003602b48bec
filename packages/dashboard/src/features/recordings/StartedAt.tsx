import { Group, Indicator, Stack, Text, Tooltip } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { RecordingSummary } from '@vasistas/wire/api'
import type { TimeStamp } from '@vasistas/wire/core'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

interface StartedAtProps {
  readonly recording: Pick<RecordingSummary, 'startedAt' | 'state' | 'watched'>
  readonly now: TimeStamp
}

/** When it began, whether it goes on, whether somebody has watched it. */
export function StartedAt({ recording: { startedAt, state, watched }, now }: StartedAtProps) {
  const { t, format } = useLanguage()
  return (
    <Stack gap={2} align="flex-end">
      <Tooltip label={format.dateTime(startedAt)}>
        <Text size="sm" style={{ whiteSpace: 'nowrap' }}>
          {format.relative(startedAt, now)}
        </Text>
      </Tooltip>
      {state === 'live' ? (
        <Group gap={8} wrap="nowrap">
          <Indicator inline processing size={7} color="teal.6" position="middle-center">
            <span />
          </Indicator>
          <Text size="xs" fw={600} c="teal">
            {t('recordings.live')}
          </Text>
        </Group>
      ) : watched ? (
        <Group gap={4} wrap="nowrap" c="dimmed">
          <IconEye size={13} aria-hidden />
          <Text size="xs">{t('recordings.watched')}</Text>
        </Group>
      ) : (
        <Text size="xs" fw={600} c="teal">
          {t('recordings.unwatched')}
        </Text>
      )}
    </Stack>
  )
}
