import { Anchor, DataList, Divider, Group, Stack, Text, Timeline, Title, UnstyledButton } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RecordingDetail } from '@vasistas/wire/api'
import { milliseconds } from '@vasistas/wire/core'
import type { ReactNode } from 'react'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { clockTime } from '../../format/format.ts'
import { useNow } from '../../format/useNow.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { CountryLabel } from '../../visitor/CountryLabel.tsx'
import { DeviceText } from '../../visitor/DeviceLabel.tsx'
import { VisitorLabel } from '../../visitor/VisitorLabel.tsx'
import type { PlayerHandle } from './usePlayer.ts'

interface RecordingDetailsProps {
  readonly recording: RecordingDetail
  readonly filters: RecordingFilters
  readonly handle: PlayerHandle | undefined
}

export function RecordingDetails({ recording, filters, handle }: RecordingDetailsProps) {
  const { t } = useLanguage()
  return (
    <Stack p="md" gap="lg">
      <Visit recording={recording} filters={filters} />
      <Divider />
      <Section title={t('details.pageViews', { count: recording.pageViews.length })}>
        <PageViews recording={recording} handle={handle} />
      </Section>
      <Divider />
      <Section title={t('details.watches')}>
        <Watches recording={recording} />
      </Section>
    </Stack>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap="sm" component="section">
      <Title order={2} size="h6">
        {title}
      </Title>
      {children}
    </Stack>
  )
}

function Visit({ recording, filters }: Pick<RecordingDetailsProps, 'recording' | 'filters'>) {
  const { t, format } = useLanguage()
  const { visitor, visitorRecordings, viewport } = recording
  const { site } = filters
  return (
    <DataList size="sm" labelWidth={112} gap={9}>
      <Item label={t('recordings.visitor')}>
        <VisitorLabel visitor={visitor} />
        {visitorRecordings > 1 && (
          <Anchor
            size="xs"
            renderRoot={(props) => (
              <Link to="/recordings" search={{ ...(site !== undefined && { site }), visitor }} {...props} />
            )}
          >
            {t('recordings.ofVisitor', { count: visitorRecordings })}
          </Anchor>
        )}
      </Item>
      <Item label={t('recordings.country')}>
        <CountryLabel country={recording.country} />
      </Item>
      <Item label={t('recordings.device')}>
        <DeviceText {...recording} />
      </Item>
      <Item label={t('details.viewport')}>
        {viewport.width} × {viewport.height}
      </Item>
      <Item label={t('details.started')}>{format.dateTime(recording.startedAt)}</Item>
      <Item label={t('recordings.duration')}>
        {format.duration(recording.durationMs)} ·{' '}
        {t('recordings.active', { active: format.duration(recording.activeMs) })}
      </Item>
      {recording.referrer && <Item label={t('details.referrer')}>{recording.referrer}</Item>}
      <Item label={t('details.did')}>
        {t('details.counts', { clicks: recording.clicks, inputs: recording.inputs })}
      </Item>
      <Item label={t('details.signals')}>
        {t('details.signalCounts', { errors: recording.errors, rage: recording.rageClicks })}
      </Item>
      <Item label={t('details.size')}>
        {format.bytes(recording.bytes)} · {t('details.batches', { count: recording.batches })}
      </Item>
      <Item label={t('details.recorder')}>{recording.recorder}</Item>
      <Item label={t('details.expires')}>{format.date(recording.expiresAt)}</Item>
    </DataList>
  )
}

function Item({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <DataList.Item>
      <DataList.ItemLabel>{label}</DataList.ItemLabel>
      <DataList.ItemValue>{children}</DataList.ItemValue>
    </DataList.Item>
  )
}

function PageViews({ recording, handle }: Pick<RecordingDetailsProps, 'recording' | 'handle'>) {
  return (
    <Timeline bulletSize={12} lineWidth={2} active={recording.pageViews.length}>
      {recording.pageViews.map(({ at, path }, index) => {
        const moment = milliseconds(Math.max(0, at - recording.startedAt))
        return (
          <Timeline.Item key={`${at}${path}`} mt={index > 0 ? 10 : 0}>
            <UnstyledButton w="100%" disabled={!handle} onClick={() => void handle?.player.seek(moment)}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text size="sm" truncate title={path}>
                  {path}
                </Text>
                <Text size="xs" c="dimmed">
                  {clockTime(moment)}
                </Text>
              </Group>
            </UnstyledButton>
          </Timeline.Item>
        )
      })}
    </Timeline>
  )
}

function Watches({ recording: { watches } }: Pick<RecordingDetailsProps, 'recording'>) {
  const { t, format } = useLanguage()
  const now = useNow()
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('replay.loggedHint')}
      </Text>
      {watches.map(({ at, agent }) => (
        <Group key={`${at}${agent}`} justify="space-between" wrap="nowrap" gap="xs">
          <Group gap={8} wrap="nowrap" miw={0}>
            <IconEye size={15} aria-hidden />
            <Text size="sm" truncate>
              {agent}
            </Text>
          </Group>
          <Text size="xs" c="dimmed" title={format.dateTime(at)}>
            {format.relative(at, now)}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}
