import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@vasistas/wire/api'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

/** What it was done to; a recording that still exists can be opened. */
export function AuditTarget({ action, target }: Pick<AuditEntry, 'action' | 'target'>) {
  const { t } = useLanguage()
  if (action === 'recording.watched' || action === 'recording.exported') {
    return (
      <Anchor
        size="xs"
        ff="monospace"
        aria-label={t('activity.openRecording', { recording: target })}
        renderRoot={(props) => <Link to="/recordings/$recordingId" params={{ recordingId: target }} {...props} />}
      >
        {target}
      </Anchor>
    )
  }
  return (
    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {target}
    </Text>
  )
}
