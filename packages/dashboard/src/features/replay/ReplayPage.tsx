import { Center, EmptyState, Flex, Skeleton } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconEraser } from '@tabler/icons-react'
import { useParams, useSearch } from '@tanstack/react-router'
import { problemText } from '../../api/problemText.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { LoadFailure } from '../../ui/LoadFailure.tsx'
import { BackToList } from './BackToList.tsx'
import { ReplayView } from './ReplayView.tsx'
import { useReplay } from './useReplay.ts'

/** Watch one recording. */
export function ReplayPage() {
  const language = useLanguage()
  const { t } = language
  const { recordingId } = useParams({ from: '/signed-in/recordings/$recordingId' })
  const { t: _, ...filters } = useSearch({ from: '/signed-in/recordings/$recordingId' })
  const replay = useReplay(recordingId)
  const { detail, watch, isErased } = replay
  useDocumentTitle(`${t('replay.title', { visitor: detail.data?.visitor ?? '' })} · Vasistas`)

  if (isErased) {
    return (
      <Center mih="70vh">
        <EmptyState
          role="status"
          variant="light"
          color="gray"
          icon={<IconEraser />}
          title={t('replay.erasedTitle')}
          description={t('replay.erasedText')}
        >
          <EmptyState.Actions>
            <BackToList filters={filters} />
          </EmptyState.Actions>
        </EmptyState>
      </Center>
    )
  }
  const failed = detail.isError ? detail : watch.isError ? watch : undefined
  if (failed) {
    return (
      <Center mih="70vh">
        <LoadFailure
          title={t('replay.notOpened')}
          text={problemText(failed.error, language)}
          retryLabel={t('action.retry')}
          onRetry={() => void failed.refetch()}
        />
      </Center>
    )
  }
  if (!detail.data) return <ReplaySkeleton label={t('state.loading')} />
  return <ReplayView key={recordingId} recording={detail.data} filters={filters} replay={replay} />
}

function ReplaySkeleton({ label }: { readonly label: string }) {
  return (
    <Flex direction="column" gap="md" role="status" aria-label={label}>
      <Skeleton height={32} width={280} />
      <Flex gap="md" direction={{ base: 'column', lg: 'row' }}>
        <Skeleton flex={1} height="70vh" radius="lg" />
        <Skeleton w={{ base: '100%', lg: 350 }} height="70vh" radius="lg" />
      </Flex>
    </Flex>
  )
}
