import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { RecordingDetail } from '@vasistas/wire/api'
import { problemText } from '../../api/problemText.ts'
import type { RecordingFilters } from '../../api/recordingFilters.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

interface EraseDialogProps {
  readonly recording: RecordingDetail
  readonly filters: RecordingFilters
  readonly opened: boolean
  readonly onClose: () => void
}

/** Erasing destroys the recording's key: there is no way back, so it is asked once more. */
export function EraseDialog({ recording, filters, opened, onClose }: EraseDialogProps) {
  const language = useLanguage()
  const { t, format } = language
  const { api } = useServices()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const erase = useMutation({
    mutationFn: () => api.eraseRecording(recording.id),
    onSuccess: async () => {
      notifications.show({ message: t('erase.done') })
      await navigate({ to: '/recordings', search: filters })
      queryClient.removeQueries({ queryKey: ['recording', recording.id] })
      await queryClient.invalidateQueries({ queryKey: ['recordings'] })
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={t('erase.title')}>
      <Stack>
        <Text size="sm">
          {t('erase.text', { visitor: recording.visitor, when: format.dateTime(recording.startedAt) })}
        </Text>
        {erase.error && (
          <Alert role="alert" color="red" icon={<IconAlertCircle />}>
            {problemText(erase.error, language)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button color="red" loading={erase.isPending} onClick={() => erase.mutate()}>
            {t('erase.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
