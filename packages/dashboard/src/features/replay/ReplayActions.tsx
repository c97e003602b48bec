import { ActionIcon, Button, Menu } from '@mantine/core'
import { useClipboard, useDisclosure } from '@mantine/hooks'
import { IconCheck, IconDots, IconDownload, IconLink, IconTrash } from '@tabler/icons-react'
import type { RecordingDetail } from '@vasistas/wire/api'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { clockTime } from '../../format/format.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { useIsPhone } from '../../ui/useIsPhone.ts'
import { EraseDialog } from './EraseDialog.tsx'
import { momentLink } from './momentLink.ts'
import type { PlayerHandle } from './usePlayer.ts'

interface ReplayActionsProps {
  readonly recording: RecordingDetail
  readonly filters: RecordingFilters
  readonly handle: PlayerHandle | undefined
}

export function ReplayActions({ recording, filters, handle }: ReplayActionsProps) {
  const { t } = useLanguage()
  const { api } = useServices()
  const [isErasing, erasing] = useDisclosure(false)
  return (
    <>
      {handle && <CopyMoment handle={handle} />}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('replay.moreActions')}>
            <IconDots size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component="a" href={api.exportUrl(recording.id)} download leftSection={<IconDownload size={16} />}>
            {t('replay.export')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={erasing.open}>
            {t('replay.erase')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EraseDialog recording={recording} filters={filters} opened={isErasing} onClose={erasing.close} />
    </>
  )
}

/** A link that opens the recording at the moment shown now. */
function CopyMoment({ handle }: { readonly handle: PlayerHandle }) {
  const { t } = useLanguage()
  const { copy, copied } = useClipboard({ timeout: 2000 })
  const isPhone = useIsPhone()
  const copyLink = () => copy(momentLink(location.href, handle.latest().positionMs))
  const icon = copied ? <IconCheck size={16} color="var(--mantine-color-teal-6)" /> : <IconLink size={16} />
  if (isPhone) {
    return (
      <ActionIcon variant="default" size="lg" aria-label={t('replay.copyLink')} onClick={copyLink}>
        {icon}
      </ActionIcon>
    )
  }
  return (
    <Button variant="default" leftSection={icon} onClick={copyLink} aria-live="polite">
      {copied ? t('replay.linkCopied', { at: clockTime(handle.latest().positionMs) }) : t('replay.copyLink')}
    </Button>
  )
}
