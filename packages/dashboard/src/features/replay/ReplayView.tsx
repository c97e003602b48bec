import { Button, Flex, Group, Paper } from '@mantine/core'
import { useDisclosure, useFullscreenDocument } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import type { RecordingDetail } from '@vasistas/wire/api'
import { milliseconds } from '@vasistas/wire/core'
import { useEffect, useRef, useState } from 'react'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { NotPlayable } from './NotPlayable.tsx'
import { PlaybackControls } from './PlaybackControls.tsx'
import { PlayerStage } from './PlayerStage.tsx'
import { RecordingNotices } from './RecordingNotices.tsx'
import { ReplayHeader } from './ReplayHeader.tsx'
import { ShortcutsDialog } from './ShortcutsDialog.tsx'
import { SidePanel } from './SidePanel.tsx'
import { usePlayer } from './usePlayer.ts'
import type { Replay } from './useReplay.ts'
import { useShortcuts } from './useShortcuts.ts'

interface ReplayViewProps {
  readonly recording: RecordingDetail
  readonly filters: RecordingFilters
  readonly replay: Replay
}

/** As high as the window where there is room beside the page; one below the other on a phone. */
const HEIGHT = { base: 'auto', lg: 'calc(100dvh - 2 * var(--mantine-spacing-xl))' }

/** The document goes full screen, not the stage alone: dialogs and tooltips are elsewhere in the document and must be seen. */
const WHOLE_SCREEN = { pos: 'fixed', inset: 0, h: '100dvh', radius: 0, bg: 'body' } as const

export function ReplayView({ recording, filters, replay }: ReplayViewProps) {
  const { t } = useLanguage()
  const { toggle, fullscreen } = useFullscreenDocument()
  const [isHelpOpen, help] = useDisclosure(false)
  const [stage, setStage] = useState<HTMLDivElement | null>(null)
  const startAt = useStartAt()
  const handle = usePlayer({ container: stage, manifest: replay.watch.data, startAt: startAt.read })
  const toggleFullScreen = () => void toggle()
  useShortcuts({ handle, toggleFullScreen, showHelp: help.open })
  useEffect(() => handle && startAt.follow(handle.latest, handle.subscribe), [handle, startAt])

  return (
    <Flex direction="column" gap="md" h={HEIGHT}>
      <ReplayHeader recording={recording} filters={filters} handle={handle} isLogged={replay.watch.isSuccess} />
      <RecordingNotices recording={recording} />
      {replay.hasMore && (
        <Group>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconRefresh size={15} />}
            onClick={() => void replay.loadMore()}
          >
            {t('replay.hasMore')}
          </Button>
        </Group>
      )}
      <Flex gap="md" flex={1} mih={0} direction={{ base: 'column', lg: 'row' }}>
        {recording.playable ? (
          <Paper
            withBorder={!fullscreen}
            flex={{ base: 'none', lg: 1 }}
            miw={0}
            display="flex"
            style={{ flexDirection: 'column', overflow: 'hidden', zIndex: fullscreen ? 150 : 'auto' }}
            {...(fullscreen ? WHOLE_SCREEN : { h: { base: 'min(72vw + 150px, 70dvh)', lg: 'auto' } })}
          >
            <PlayerStage recording={recording} handle={handle} stageRef={setStage} />
            {handle && (
              <PlaybackControls
                handle={handle}
                isFullScreen={fullscreen}
                onFullScreen={toggleFullScreen}
                onHelp={help.open}
              />
            )}
          </Paper>
        ) : (
          <NotPlayable recording={recording} />
        )}
        <SidePanel recording={recording} filters={filters} handle={handle} />
      </Flex>
      <ShortcutsDialog opened={isHelpOpen} onClose={help.close} />
    </Flex>
  )
}

/** The first player begins at the moment in the address (`?t=83`), one after it where the one before stood. */
function useStartAt() {
  const { t: seconds = 0 } = useSearch({ from: '/signed-in/recordings/$recordingId' })
  const at = useRef(milliseconds(seconds * 1000))
  const [startAt] = useState(() => ({
    read: () => at.current,
    follow: (latest: () => { positionMs: number }, subscribe: (listener: () => void) => () => void) =>
      subscribe(() => {
        at.current = milliseconds(latest().positionMs)
      }),
  }))
  return startAt
}
