import { Box, Slider, Tooltip } from '@mantine/core'
import { useThrottledCallback } from '@mantine/hooks'
import { milliseconds } from '@vasistas/wire/core'
import { memo, useState } from 'react'
import { clockTime } from '../../format/format.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { MARKER_LOOKS } from './markerLook.ts'
import { percent, timelineTicks } from './timeline.ts'
import { usePlayerState, type PlayerHandle } from './usePlayer.ts'

/** Milliseconds between two seeks while the thumb is dragged. */
const SCRUB_INTERVAL_MS = 120
const SHORT_MS = 120_000
const TRACK_HEIGHT = 8
const PADDING = 4
/** The slider keeps room for its thumb: its ends are this far from ours, its track this far from the top. */
const INSET = PADDING + TRACK_HEIGHT
const TRACK_TOP = 18 + TRACK_HEIGHT / 2

/** Where the replay stands, what happened when, and where nothing did. */
export function TimelineBar({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const positionMs = usePlayerState(handle, (state) => state.positionMs)
  const durationMs = usePlayerState(handle, (state) => state.durationMs)
  const [dragged, setDragged] = useState<number>()
  const scrub = useThrottledCallback((to: number) => void handle.player.seek(milliseconds(to)), SCRUB_INTERVAL_MS)
  return (
    <Box pos="relative" px={PADDING} pt={18} pb={4}>
      <TimelineGround handle={handle} />
      <Slider
        size={TRACK_HEIGHT}
        min={0}
        max={Math.max(1, durationMs)}
        step={durationMs > SHORT_MS ? 1000 : 250}
        value={Math.min(dragged ?? positionMs, durationMs)}
        label={(value) => clockTime(milliseconds(value))}
        thumbLabel={t('replay.position')}
        thumbValueText={(value) =>
          t('replay.positionText', { at: clockTime(milliseconds(value)), of: clockTime(durationMs) })
        }
        thumbSize={16}
        styles={{
          track: { '--slider-track-bg': 'transparent' },
          root: { zIndex: 1 },
          thumb: { transitionProperty: 'none' },
          bar: { transitionProperty: 'none' },
        }}
        onChange={(value) => {
          setDragged(value)
          scrub(value)
        }}
        onChangeEnd={(value) => {
          setDragged(undefined)
          void handle.player.seek(milliseconds(value))
        }}
      />
    </Box>
  )
}

/** Everything that does not move with the position, so that it is drawn once and not sixty times a second. */
const TimelineGround = memo(function TimelineGround({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const durationMs = usePlayerState(handle, (state) => state.durationMs)
  const loadedMs = usePlayerState(handle, (state) => state.loadedMs)
  const markers = usePlayerState(handle, (state) => state.markers)
  const idleRanges = usePlayerState(handle, (state) => state.idleRanges)
  return (
    <Box
      pos="absolute"
      left={INSET}
      right={INSET}
      top={0}
      h={TRACK_TOP + TRACK_HEIGHT}
      style={{ pointerEvents: 'none' }}
      aria-hidden
    >
      <Box
        pos="absolute"
        left={-TRACK_HEIGHT}
        right={-TRACK_HEIGHT}
        top={TRACK_TOP}
        px={TRACK_HEIGHT}
        h={TRACK_HEIGHT}
        bg="light-dark(var(--mantine-color-gray-2), var(--mantine-color-dark-5))"
        style={{ borderRadius: TRACK_HEIGHT, overflow: 'hidden' }}
      >
        <Box
          ml={-TRACK_HEIGHT}
          h="100%"
          w={`calc(${percent(loadedMs, durationMs)}% + ${TRACK_HEIGHT}px)`}
          bg="light-dark(var(--mantine-color-gray-3), var(--mantine-color-dark-4))"
        />
      </Box>
      {idleRanges.map(({ from, to }) => (
        <Box
          key={from}
          pos="absolute"
          left={`${percent(from, durationMs)}%`}
          w={`${percent(milliseconds(to - from), durationMs)}%`}
          top={TRACK_TOP}
          h={TRACK_HEIGHT}
          style={{
            background:
              'repeating-linear-gradient(135deg, transparent 0 3px, light-dark(rgba(0,0,0,0.14), rgba(255,255,255,0.16)) 3px 5px)',
          }}
        />
      ))}
      {timelineTicks(markers, durationMs).map(({ left, type, count }) => {
        const { color, name } = MARKER_LOOKS[type]
        const isSmall = type === 'click' || type === 'input' || type === 'visibility'
        return (
          <Tooltip key={left} label={count > 1 ? t('replay.ticks', { name: t(name), count }) : t(name)}>
            <Box
              pos="absolute"
              left={`calc(${left}% - 1.5px)`}
              top={isSmall ? 12 : 5}
              h={isSmall ? 6 : 13}
              w={3}
              bg={`var(--mantine-color-${color}-6)`}
              style={{ borderRadius: 2, pointerEvents: 'auto' }}
            />
          </Tooltip>
        )
      })}
    </Box>
  )
})
