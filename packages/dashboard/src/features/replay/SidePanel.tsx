import { Box, Paper, ScrollArea, Skeleton, Stack, Tabs } from '@mantine/core'
import { IconInfoCircle, IconListDetails } from '@tabler/icons-react'
import type { RecordingDetail } from '@vasistas/wire/api'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { RecordFeed } from './RecordFeed.tsx'
import { RecordingDetails } from './RecordingDetails.tsx'
import type { PlayerHandle } from './usePlayer.ts'

interface SidePanelProps {
  readonly recording: RecordingDetail
  readonly filters: RecordingFilters
  readonly handle: PlayerHandle | undefined
}

/** What happened, and what is known of the visit. */
export function SidePanel({ recording, filters, handle }: SidePanelProps) {
  const { t } = useLanguage()
  const hasFeed = recording.playable
  return (
    <Paper withBorder w={{ base: '100%', lg: 350 }} h={{ base: 480, lg: 'auto' }} style={{ overflow: 'hidden' }}>
      <Tabs
        defaultValue={hasFeed ? 'feed' : 'details'}
        h="100%"
        display="flex"
        style={{ flexDirection: 'column' }}
        keepMounted={false}
      >
        <Tabs.List grow>
          {hasFeed && (
            <Tabs.Tab value="feed" leftSection={<IconListDetails size={16} />}>
              {t('feed.title')}
            </Tabs.Tab>
          )}
          <Tabs.Tab value="details" leftSection={<IconInfoCircle size={16} />}>
            {t('details.title')}
          </Tabs.Tab>
        </Tabs.List>
        <Box flex={1} mih={0}>
          <Tabs.Panel value="feed" h="100%">
            {handle ? <RecordFeed handle={handle} /> : <FeedSkeleton label={t('state.loading')} />}
          </Tabs.Panel>
          <Tabs.Panel value="details" h="100%">
            <ScrollArea h="100%" type="hover">
              <RecordingDetails recording={recording} filters={filters} handle={handle} />
            </ScrollArea>
          </Tabs.Panel>
        </Box>
      </Tabs>
    </Paper>
  )
}

function FeedSkeleton({ label }: { readonly label: string }) {
  return (
    <Stack p="md" gap="md" role="status" aria-label={label}>
      <Skeleton height={20} width="70%" />
      <Skeleton height={20} width="55%" />
      <Skeleton height={20} width="80%" />
      <Skeleton height={20} width="60%" />
    </Stack>
  )
}
