import { Anchor, Box, Group, Progress, Stack, Table, Text, Tooltip } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { RecordingSummary } from '@vasistas/wire/api'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useNow } from '../../format/useNow.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { CountryLabel } from '../../visitor/CountryLabel.tsx'
import { DeviceIcons } from '../../visitor/DeviceLabel.tsx'
import { VisitorLabel } from '../../visitor/VisitorLabel.tsx'
import { RecordingSignals } from './RecordingSignals.tsx'
import { StartedAt } from './StartedAt.tsx'

interface RecordingTableProps {
  readonly recordings: readonly RecordingSummary[]
  readonly filters: RecordingFilters
  readonly onFilter: (filters: RecordingFilters) => void
}

export function RecordingTable({ recordings, filters, onFilter }: RecordingTableProps) {
  const { t } = useLanguage()
  const now = useNow()
  return (
    <Surface p={0} style={{ overflow: 'hidden' }}>
      <Table highlightOnHover tabularNums horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('recordings.visitor')}</Table.Th>
            <Table.Th>{t('recordings.country')}</Table.Th>
            <Table.Th>{t('recordings.device')}</Table.Th>
            <Table.Th>{t('recordings.path')}</Table.Th>
            <Table.Th>{t('recordings.duration')}</Table.Th>
            <Table.Th ta="right">{t('recordings.clicks')}</Table.Th>
            <Table.Th>{t('recordings.signals')}</Table.Th>
            <Table.Th ta="right">{t('recordings.when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {recordings.map((recording) => (
            <RecordingRow key={recording.id} {...{ recording, filters, onFilter, now }} />
          ))}
        </Table.Tbody>
      </Table>
    </Surface>
  )
}

interface RecordingRowProps extends Pick<RecordingTableProps, 'filters' | 'onFilter'> {
  readonly recording: RecordingSummary
  readonly now: number
}

function RecordingRow({ recording, filters, onFilter, now }: RecordingRowProps) {
  const { t, format } = useLanguage()
  const navigate = useNavigate()
  const { id, visitor, visitorRecordings, watched } = recording
  const params = { recordingId: id }
  return (
    // The link in the first cell is for the keyboard; the rest of the row is a larger target for the mouse.
    <Table.Tr
      style={{ cursor: 'pointer' }}
      onClick={(event) => {
        if (!(event.target as Element).closest('a, button'))
          void navigate({ to: '/recordings/$recordingId', params, search: filters })
      }}
    >
      <Table.Td>
        <Stack gap={2}>
          <Anchor
            c="inherit"
            underline="hover"
            aria-label={t('recordings.watch', { visitor, when: format.dateTime(recording.startedAt) })}
            renderRoot={(props) => <Link to="/recordings/$recordingId" params={params} search={filters} {...props} />}
          >
            <VisitorLabel visitor={visitor} isStrong={!watched} />
          </Anchor>
          {visitorRecordings > 1 && (
            <Anchor
              component="button"
              type="button"
              size="xs"
              c="dimmed"
              ta="left"
              pl={18}
              onClick={() => onFilter({ ...filters, visitor })}
            >
              {t('recordings.ofVisitor', { count: visitorRecordings })}
            </Anchor>
          )}
        </Stack>
      </Table.Td>
      <Table.Td miw={150}>
        <CountryLabel country={recording.country} isBrief />
      </Table.Td>
      <Table.Td>
        <DeviceIcons {...recording} />
      </Table.Td>
      <Table.Td maw={240}>
        <Text size="sm" truncate title={recording.entryPath}>
          {recording.entryPath}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {t('recordings.pages', { count: recording.pages })}
          {recording.referrer && ` · ${t('recordings.from', { referrer: hostOf(recording.referrer) })}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <ActiveDuration {...recording} />
      </Table.Td>
      <Table.Td ta="right">{format.number(recording.clicks)}</Table.Td>
      <Table.Td>
        <RecordingSignals recording={recording} />
      </Table.Td>
      <Table.Td ta="right">
        <StartedAt recording={recording} now={now} />
      </Table.Td>
    </Table.Tr>
  )
}

/** How long, and how much of it something happened. */
function ActiveDuration({ durationMs, activeMs }: Pick<RecordingSummary, 'durationMs' | 'activeMs'>) {
  const { t, format } = useLanguage()
  const share = durationMs > 0 ? Math.min(1, activeMs / durationMs) : 0
  return (
    <Tooltip label={t('recordings.active', { active: format.duration(activeMs) })}>
      <Box w={92}>
        <Group gap={4}>
          <Text size="sm">{format.duration(durationMs)}</Text>
        </Group>
        <Progress
          size={3}
          mt={5}
          value={share * 100}
          aria-label={t('recordings.active', { active: format.duration(activeMs) })}
        />
      </Box>
    </Tooltip>
  )
}

function hostOf(referrer: string): string {
  return URL.canParse(referrer) ? new URL(referrer).host : referrer
}
