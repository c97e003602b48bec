import { Box, Button, Group, NavLink, ScrollArea, Text, ThemeIcon } from '@mantine/core'
import { IconArrowAutofitDown } from '@tabler/icons-react'
import type { Marker } from '@vasistas/player'
import { memo, useEffect, useRef, useState } from 'react'
import { clockTime } from '../../format/format.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { MARKER_LOOKS } from './markerLook.ts'
import { useMarkerWords } from './useMarkerWords.ts'
import { currentMarker } from './timeline.ts'
import { usePlayerState, type PlayerHandle } from './usePlayer.ts'

/** What happened, in order: it follows the replay until the reader scrolls, and leads to any moment. */
export function RecordFeed({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const markers = usePlayerState(handle, (state) => state.markers)
  const current = usePlayerState(handle, (state) => currentMarker(state.markers, state.positionMs))
  const viewport = useRef<HTMLDivElement>(null)
  const [isFollowing, setIsFollowing] = useState(true)

  useEffect(() => {
    if (isFollowing) keepInView(viewport.current, current)
  }, [current, isFollowing, markers])

  if (markers.length === 0) {
    return (
      <Text c="dimmed" size="sm" p="lg" ta="center">
        {t('feed.empty')}
      </Text>
    )
  }
  const stopFollowing = () => setIsFollowing(false)
  return (
    <Box pos="relative" h="100%">
      <ScrollArea h="100%" viewportRef={viewport} onWheel={stopFollowing} onTouchMove={stopFollowing} type="hover">
        <Box component="ol" m={0} p={6} style={{ listStyle: 'none' }}>
          {markers.map((marker, index) => (
            <FeedItem
              // Two things may happen in the same millisecond: only the place tells them apart, and the list only grows.
              key={`${marker.at}-${index}`}
              marker={marker}
              isCurrent={index === current}
              isPast={index <= current}
              onSeek={(at) => {
                setIsFollowing(true)
                void handle.player.seek(at)
              }}
            />
          ))}
        </Box>
      </ScrollArea>
      {!isFollowing && (
        <Group pos="absolute" bottom={12} left={0} right={0} justify="center" style={{ pointerEvents: 'none' }}>
          <Button
            size="xs"
            radius="xl"
            leftSection={<IconArrowAutofitDown size={16} />}
            style={{ pointerEvents: 'auto', boxShadow: 'var(--mantine-shadow-md)' }}
            onClick={() => setIsFollowing(true)}
          >
            {t('feed.follow')}
          </Button>
        </Group>
      )}
    </Box>
  )
}

interface FeedItemProps {
  readonly marker: Marker
  readonly isCurrent: boolean
  readonly isPast: boolean
  readonly onSeek: (at: Marker['at']) => void
}

const FeedItem = memo(
  function FeedItem({ marker: { at, type, label }, isCurrent, isPast, onSeek }: FeedItemProps) {
    const { icon: Icon, color } = MARKER_LOOKS[type]
    const { name, label: told } = useMarkerWords({ type, label })
    return (
      <Box component="li" style={{ contentVisibility: 'auto', containIntrinsicSize: 'auto 48px' }}>
        <NavLink
          component="button"
          type="button"
          py={6}
          px="xs"
          active={isCurrent}
          aria-current={isCurrent ? 'step' : undefined}
          opacity={isPast ? 1 : 0.62}
          style={{ borderRadius: 'var(--mantine-radius-md)' }}
          leftSection={
            <ThemeIcon variant="light" color={color} size={28} radius="xl" aria-hidden>
              <Icon size={15} stroke={1.75} />
            </ThemeIcon>
          }
          label={
            <Text size="sm" fw={isCurrent ? 600 : 500} c="var(--mantine-color-text)">
              {name}
            </Text>
          }
          description={told ?? undefined}
          noWrap
          rightSection={
            <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {clockTime(at)}
            </Text>
          }
          disableRightSectionRotation
          onClick={() => onSeek(at)}
        />
      </Box>
    )
  },
  (before, after) =>
    before.marker === after.marker && before.isCurrent === after.isCurrent && before.isPast === after.isPast,
)

/** Scrolls the feed, and only the feed: `scrollIntoView` would move the page too. */
function keepInView(viewport: HTMLElement | null, index: number): void {
  const item = viewport?.querySelector('ol')?.children[Math.max(0, index)]
  if (!viewport || !(item instanceof HTMLElement)) return
  const top = item.offsetTop - viewport.clientHeight / 2 + item.offsetHeight / 2
  viewport.scrollTo({ top: Math.max(0, top), behavior: 'smooth' })
}
