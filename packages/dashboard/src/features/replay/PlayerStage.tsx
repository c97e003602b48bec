import { Box, Center, EmptyState, Flex, Group, Loader, Paper, Text, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconLink, IconPlayerTrackNext } from '@tabler/icons-react'
import type { PlayerState } from '@vasistas/player'
import type { RecordingDetail } from '@vasistas/wire/api'
import type { Ref } from 'react'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'
import { usePlayerState, type PlayerHandle } from './usePlayer.ts'

interface PlayerStageProps {
  readonly recording: RecordingDetail
  readonly handle: PlayerHandle | undefined
  readonly stageRef: Ref<HTMLDivElement>
}

const GROUND = 'light-dark(var(--mantine-color-gray-2), var(--mantine-color-dark-9))'

/** The visitor's window: its address above, the page below, scaled to fit. */
export function PlayerStage({ recording, handle, stageRef }: PlayerStageProps) {
  const { t } = useLanguage()
  return (
    <Flex direction="column" flex={1} mih={0} style={{ overflow: 'hidden' }}>
      {handle ? <AddressBar handle={handle} recording={recording} /> : <Box h={40} />}
      <Box pos="relative" flex={1} mih={0} bg={GROUND}>
        <Box
          ref={stageRef}
          pos="absolute"
          inset={0}
          role="img"
          aria-label={t('replay.stage', { visitor: recording.visitor })}
          style={{ overflow: 'hidden' }}
        />
        {handle ? <StageState handle={handle} /> : <Waiting />}
      </Box>
    </Flex>
  )
}

function AddressBar({
  handle,
  recording: { viewport },
}: {
  readonly handle: PlayerHandle
  readonly recording: RecordingDetail
}) {
  const { t } = useLanguage()
  const url = usePlayerState(handle, (state) => state.url)
  return (
    <Group h={40} px="sm" gap="sm" wrap="nowrap">
      <Paper
        flex={1}
        miw={0}
        h={28}
        px="sm"
        radius="xl"
        bg="light-dark(var(--mantine-color-gray-1), var(--mantine-color-dark-5))"
      >
        <Group gap={6} wrap="nowrap" h="100%">
          <IconLink size={14} stroke={1.75} aria-hidden style={{ flexShrink: 0, opacity: 0.6 }} />
          <Text size="xs" truncate title={url} aria-label={t('replay.address', { url })}>
            {url}
          </Text>
        </Group>
      </Paper>
      <Tooltip label={t('replay.viewport')}>
        <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {viewport.width} × {viewport.height}
        </Text>
      </Tooltip>
    </Group>
  )
}

function Waiting() {
  const { t } = useLanguage()
  return (
    <Center pos="absolute" inset={0} style={{ pointerEvents: 'none' }}>
      <Loader type="dots" role="status" aria-label={t('state.loading')} />
    </Center>
  )
}

const FAILURES: Readonly<Record<NonNullable<PlayerState['failure']>, MessageKey>> = {
  NETWORK: 'replay.failedNetwork',
  NOT_PLAYABLE: 'replay.failedNotPlayable',
  SIGNED_OUT: 'replay.failedSignedOut',
}

function StageState({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const status = usePlayerState(handle, (state) => state.status)
  const failure = usePlayerState(handle, (state) => state.failure)
  const isSkipping = usePlayerState(handle, (state) => state.isSkipping)
  if (status === 'failed') {
    return (
      <Center pos="absolute" inset={0} bg={GROUND}>
        <EmptyState
          role="alert"
          color="orange"
          variant="light"
          icon={<IconAlertTriangle />}
          title={t('replay.failed')}
          description={t(FAILURES[failure ?? 'NETWORK'])}
        />
      </Center>
    )
  }
  if (status === 'loading' || status === 'buffering') return <Waiting />
  if (!isSkipping) return null
  return (
    <Center pos="absolute" bottom={16} left={0} right={0} style={{ pointerEvents: 'none' }}>
      <Paper shadow="md" radius="xl" px="md" py={6} role="status">
        <Group gap={6}>
          <IconPlayerTrackNext size={15} aria-hidden />
          <Text size="xs" fw={600}>
            {t('replay.skipping')}
          </Text>
        </Group>
      </Paper>
    </Center>
  )
}
