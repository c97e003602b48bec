import { ActionIcon, Group, Menu, SegmentedControl, Switch, Text, Tooltip, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconKeyboard,
  IconMaximize,
  IconMinimize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconReload,
  IconRewindBackward5,
  IconRewindForward5,
  type TablerIcon,
} from '@tabler/icons-react'
import { clockTime } from '../../format/format.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { useIsPhone } from '../../ui/useIsPhone.ts'
import type { MessageKey } from '../../translations/translator.ts'
import { SPEEDS } from './shortcuts.ts'
import { TimelineBar } from './TimelineBar.tsx'
import { usePlayerState, type PlayerHandle } from './usePlayer.ts'
import { perform } from './useShortcuts.ts'

interface PlaybackControlsProps {
  readonly handle: PlayerHandle
  readonly isFullScreen: boolean
  readonly onFullScreen: () => void
  readonly onHelp: () => void
}

export function PlaybackControls({ handle, isFullScreen, onFullScreen, onHelp }: PlaybackControlsProps) {
  const { t } = useLanguage()
  const isPhone = useIsPhone()
  // Beside the feed there is room for all speeds only on a wide screen.
  const isNarrow = useMediaQuery('(max-width: 100em)', undefined, { getInitialValueInEffect: false })
  return (
    <Group component="section" aria-label={t('replay.controls')} gap={0} px="sm" pb="xs" display="block">
      <TimelineBar handle={handle} />
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Group gap={4} wrap="nowrap">
          <PlayButton handle={handle} />
          <Control
            label="replay.previousMarker"
            icon={IconPlayerSkipBack}
            onClick={() => perform({ type: 'marker', direction: -1 }, handle)}
          />
          {!isPhone && (
            <>
              <Control
                label="replay.backward"
                icon={IconRewindBackward5}
                onClick={() => perform({ type: 'skip', ms: -5000 }, handle)}
              />
              <Control
                label="replay.forward"
                icon={IconRewindForward5}
                onClick={() => perform({ type: 'skip', ms: 5000 }, handle)}
              />
            </>
          )}
          <Control
            label="replay.nextMarker"
            icon={IconPlayerSkipForward}
            onClick={() => perform({ type: 'marker', direction: 1 }, handle)}
          />
          <Position handle={handle} />
        </Group>
        <Group gap="xs" wrap="nowrap">
          {!isPhone && <SkipSwitch handle={handle} />}
          <Speed handle={handle} isNarrow={isNarrow} />
          {!isPhone && <Control label="replay.shortcuts" icon={IconKeyboard} onClick={onHelp} />}
          <Control
            label={isFullScreen ? 'replay.leaveFullScreen' : 'replay.fullScreen'}
            icon={isFullScreen ? IconMinimize : IconMaximize}
            onClick={onFullScreen}
          />
        </Group>
      </Group>
      {isPhone && (
        <Group mt="xs">
          <SkipSwitch handle={handle} />
        </Group>
      )}
    </Group>
  )
}

interface ControlProps {
  readonly label: MessageKey
  readonly icon: TablerIcon
  readonly onClick: () => void
}

function Control({ label, icon: Icon, onClick }: ControlProps) {
  const { t } = useLanguage()
  return (
    <Tooltip label={t(label)}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t(label)} onClick={onClick}>
        <Icon size={18} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  )
}

function PlayButton({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const status = usePlayerState(handle, (state) => state.status)
  const isPlaying = status === 'playing' || status === 'buffering'
  const label = t(isPlaying ? 'replay.pause' : status === 'ended' ? 'replay.again' : 'replay.play')
  const Icon = isPlaying ? IconPlayerPauseFilled : status === 'ended' ? IconReload : IconPlayerPlayFilled
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={40}
        radius="xl"
        aria-label={label}
        disabled={status === 'failed'}
        onClick={() => perform({ type: 'toggle' }, handle)}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  )
}

function Position({ handle }: { readonly handle: PlayerHandle }) {
  // A whole second is all that is read here: once a second is often enough.
  const seconds = usePlayerState(handle, (state) => Math.floor(state.positionMs / 1000))
  const durationMs = usePlayerState(handle, (state) => state.durationMs)
  return (
    <Text size="sm" ml="xs" style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {clockTime(seconds * 1000)}{' '}
      <Text span size="sm" c="dimmed">
        / {clockTime(durationMs)}
      </Text>
    </Text>
  )
}

function SkipSwitch({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const skipInactivity = usePlayerState(handle, (state) => state.skipInactivity)
  return (
    <Switch
      size="sm"
      styles={{ body: { alignItems: 'center' }, label: { whiteSpace: 'nowrap' } }}
      label={t('replay.skipInactivity')}
      checked={skipInactivity}
      onChange={({ currentTarget }) => handle.player.setSkipInactivity(currentTarget.checked)}
    />
  )
}

function Speed({ handle, isNarrow }: { readonly handle: PlayerHandle; readonly isNarrow: boolean }) {
  const { t, format } = useLanguage()
  const speed = usePlayerState(handle, (state) => state.speed)
  const label = (value: number) => `${format.number(value)}×`
  if (isNarrow) {
    return (
      <Menu position="top-end">
        <Menu.Target>
          <Button size="compact-sm" variant="default" aria-label={t('replay.speedIs', { speed: label(speed) })}>
            {label(speed)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {SPEEDS.map((value) => (
            <Menu.Item key={value} onClick={() => handle.player.setSpeed(value)}>
              {label(value)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    )
  }
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('replay.speed')}
      value={String(speed)}
      data={SPEEDS.map((value) => ({ value: String(value), label: label(value) }))}
      onChange={(value) => handle.player.setSpeed(Number(value))}
    />
  )
}
