import { Badge, Group, Tooltip } from '@mantine/core'
import { IconBug, IconMoodAngry, IconPuzzle } from '@tabler/icons-react'
import type { RecordingSummary } from '@vasistas/wire/api'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

/** What makes a recording worth watching first, and what may be missing in it. */
export function RecordingSignals({ recording }: { readonly recording: RecordingSummary }) {
  const { t } = useLanguage()
  const { errors, rageClicks, hasGaps, playable } = recording
  return (
    <Group gap={6} wrap="nowrap">
      {errors > 0 && (
        <Tooltip label={t('signals.errors', { count: errors })}>
          <Badge
            variant="light"
            color="red"
            leftSection={<IconBug size={12} />}
            aria-label={t('signals.errors', { count: errors })}
          >
            {errors}
          </Badge>
        </Tooltip>
      )}
      {rageClicks > 0 && (
        <Tooltip label={t('signals.rage', { count: rageClicks })}>
          <Badge
            variant="light"
            color="orange"
            leftSection={<IconMoodAngry size={12} />}
            aria-label={t('signals.rage', { count: rageClicks })}
          >
            {rageClicks}
          </Badge>
        </Tooltip>
      )}
      {(hasGaps || !playable) && (
        <Tooltip label={t(playable ? 'signals.gaps' : 'signals.notPlayable')} multiline maw={260}>
          <Badge
            variant="light"
            color="gray"
            style={{ flexShrink: 0 }}
            leftSection={<IconPuzzle size={12} />}
            aria-label={t(playable ? 'signals.gaps' : 'signals.notPlayable')}
          >
            {t(playable ? 'signals.gapsShort' : 'signals.notPlayableShort')}
          </Badge>
        </Tooltip>
      )}
    </Group>
  )
}
