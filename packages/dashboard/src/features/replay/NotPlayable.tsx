import { Center, EmptyState } from '@mantine/core'
import { IconMovieOff } from '@tabler/icons-react'
import type { RecordingDetail } from '@vasistas/wire/api'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { Surface } from '../../ui/Surface.tsx'

/** Why there is nothing to see, in plain words. */
export function NotPlayable({
  recording: { state, quarantinedBatches, poisonedBatches },
}: {
  readonly recording: RecordingDetail
}) {
  const { t } = useLanguage()
  const text =
    quarantinedBatches > 0
      ? t('replay.notPlayableQuarantined')
      : poisonedBatches > 0
        ? t('replay.notPlayablePoisoned')
        : state === 'live'
          ? t('replay.notPlayableYet')
          : t('replay.notPlayableNoSnapshot')
  return (
    <Surface flex={1} mih={320}>
      <Center h="100%">
        <EmptyState
          maw={520}
          variant="light"
          color="gray"
          icon={<IconMovieOff stroke={1.5} />}
          title={t('replay.notPlayableTitle')}
          description={text}
        />
      </Center>
    </Surface>
  )
}
