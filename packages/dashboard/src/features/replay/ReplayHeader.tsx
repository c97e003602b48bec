import { ActionIcon, Badge, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconChevronDown, IconChevronUp, IconEye } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RecordingDetail } from '@vasistas/wire/api'
import type { RecordingId } from '@vasistas/wire/core'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { CountryLabel } from '../../visitor/CountryLabel.tsx'
import { DeviceIcons } from '../../visitor/DeviceLabel.tsx'
import { VisitorLabel } from '../../visitor/VisitorLabel.tsx'
import { ReplayActions } from './ReplayActions.tsx'
import { useNeighbours } from './useNeighbours.ts'
import type { PlayerHandle } from './usePlayer.ts'

interface ReplayHeaderProps {
  readonly recording: RecordingDetail
  readonly filters: RecordingFilters
  readonly handle: PlayerHandle | undefined
  /** That the recording is watched was written down. */
  readonly isLogged: boolean
}

export function ReplayHeader({ recording, filters, handle, isLogged }: ReplayHeaderProps) {
  const { t, format } = useLanguage()
  const { newer, older } = useNeighbours(recording, filters)
  return (
    <Group justify="space-between" gap="sm">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Tooltip label={t('replay.toList')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('replay.toList')}
            renderRoot={(props) => <Link to="/recordings" search={filters} {...props} />}
          >
            <IconArrowLeft size={20} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
        <Stack gap={0} miw={0}>
          <Group gap="sm">
            <Title order={1} size="h4" aria-label={t('replay.title', { visitor: recording.visitor })}>
              <VisitorLabel visitor={recording.visitor} isStrong />
            </Title>
            {recording.state === 'live' && (
              <Badge variant="dot" color="teal" tt="none">
                {t('recordings.live')}
              </Badge>
            )}
          </Group>
          <Group gap="sm">
            <Text size="sm" c="dimmed">
              {format.dateTime(recording.startedAt)} · {format.duration(recording.durationMs)}
            </Text>
            {recording.country && <CountryLabel country={recording.country} />}
            <DeviceIcons {...recording} />
          </Group>
        </Stack>
      </Group>
      <Group gap={6}>
        {isLogged && (
          <Tooltip label={t('replay.loggedHint')} multiline maw={280}>
            <Badge
              variant="light"
              color="gray"
              size="lg"
              tt="none"
              fw={500}
              tabIndex={0}
              leftSection={<IconEye size={14} aria-hidden />}
            >
              {t('replay.logged')}
            </Badge>
          </Tooltip>
        )}
        <NeighbourLink label={t('replay.newer')} id={newer} filters={filters} icon={IconChevronUp} />
        <NeighbourLink label={t('replay.older')} id={older} filters={filters} icon={IconChevronDown} />
        <ReplayActions recording={recording} filters={filters} handle={handle} />
      </Group>
    </Group>
  )
}

interface NeighbourLinkProps {
  readonly label: string
  readonly id: RecordingId | undefined
  readonly filters: RecordingFilters
  readonly icon: typeof IconChevronUp
}

function NeighbourLink({ label, id, filters, icon: Icon }: NeighbourLinkProps) {
  const picture = <Icon size={18} stroke={1.75} />
  if (!id) {
    return (
      <ActionIcon variant="default" size="lg" aria-label={label} disabled>
        {picture}
      </ActionIcon>
    )
  }
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        renderRoot={(props) => (
          <Link to="/recordings/$recordingId" params={{ recordingId: id }} search={filters} {...props} />
        )}
      >
        {picture}
      </ActionIcon>
    </Tooltip>
  )
}
