import { Group, Paper, Stack, Text } from '@mantine/core'
import { IconClick, IconClock, IconFiles } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RecordingSummary } from '@vasistas/wire/api'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useNow } from '../../format/useNow.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { CountryLabel } from '../../visitor/CountryLabel.tsx'
import { DeviceIcons } from '../../visitor/DeviceLabel.tsx'
import { VisitorLabel } from '../../visitor/VisitorLabel.tsx'
import { RecordingSignals } from './RecordingSignals.tsx'
import { StartedAt } from './StartedAt.tsx'

interface RecordingCardsProps {
  readonly recordings: readonly RecordingSummary[]
  readonly filters: RecordingFilters
}

/** The list where a table would not fit. */
export function RecordingCards({ recordings, filters }: RecordingCardsProps) {
  const now = useNow()
  return (
    <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {recordings.map((recording) => (
        <li key={recording.id}>
          <RecordingCard {...{ recording, filters, now }} />
        </li>
      ))}
    </Stack>
  )
}

interface RecordingCardProps {
  readonly recording: RecordingSummary
  readonly filters: RecordingFilters
  readonly now: number
}

function RecordingCard({ recording, filters, now }: RecordingCardProps) {
  const { t, format } = useLanguage()
  return (
    <Paper
      withBorder
      p="md"
      display="block"
      c="inherit"
      td="none"
      renderRoot={(props) => (
        <Link to="/recordings/$recordingId" params={{ recordingId: recording.id }} search={filters} {...props} />
      )}
    >
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={6} miw={0}>
          <VisitorLabel visitor={recording.visitor} isStrong={!recording.watched} />
          <Text size="sm" truncate>
            {recording.entryPath}
          </Text>
        </Stack>
        <StartedAt recording={recording} now={now} />
      </Group>
      <Group mt="sm" gap="md" c="dimmed">
        <Fact icon={IconClock} text={format.duration(recording.durationMs)} />
        <Fact icon={IconFiles} text={t('recordings.pages', { count: recording.pages })} />
        <Fact icon={IconClick} text={t('recordings.clickCount', { count: recording.clicks })} />
      </Group>
      <Group mt="sm" justify="space-between">
        <Group gap="md">
          {recording.country && <CountryLabel country={recording.country} />}
          <DeviceIcons {...recording} />
        </Group>
        <RecordingSignals recording={recording} />
      </Group>
    </Paper>
  )
}

function Fact({ icon: Icon, text }: { readonly icon: typeof IconClock; readonly text: string }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Icon size={15} stroke={1.75} aria-hidden />
      <Text size="xs">{text}</Text>
    </Group>
  )
}
