import { Alert, List } from '@mantine/core'
import { IconPuzzle } from '@tabler/icons-react'
import type { RecordingDetail } from '@vasistas/wire/api'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

/** What is missing in a recording that plays, and why. */
export function RecordingNotices({ recording }: { readonly recording: RecordingDetail }) {
  const { t } = useLanguage()
  const { playable, hasGaps, quarantinedBatches, poisonedBatches } = recording
  const notices = [
    hasGaps && t('notice.gaps'),
    quarantinedBatches > 0 && t('notice.quarantined', { count: quarantinedBatches }),
    poisonedBatches > 0 && t('notice.poisoned', { count: poisonedBatches }),
  ].filter((notice) => notice !== false)
  if (!playable || notices.length === 0) return null
  return (
    <Alert color="orange" variant="light" icon={<IconPuzzle />} title={t('notice.title')} py="xs">
      {notices.length === 1 ? (
        notices[0]
      ) : (
        <List size="sm" spacing={2}>
          {notices.map((notice) => (
            <List.Item key={notice}>{notice}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
