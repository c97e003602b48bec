import { ActionBar, Alert, Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import type { Site, UpdateSiteRequest } from '@vasistas/wire/api'
import { problemText } from '../../api/problemText.ts'
import { sitesQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useIsPhone } from '../../ui/useIsPhone.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { changesOf, draftOf, risksOf, type SiteDraft } from './siteDraft.ts'

interface SaveBarProps {
  readonly site: Site
  readonly draft: SiteDraft
  readonly onDiscard: () => void
  readonly onSaved: (site: Site) => void
}

/** Appears when something was changed; asks back where a change records more, or deletes; guards what is not saved. */
export function SaveBar({ site, draft, onDiscard, onSaved }: SaveBarProps) {
  const { t } = useLanguage()
  const saved = draftOf(site)
  const changes = changesOf(saved, draft)
  const risks = risksOf(saved, draft)
  const [isAsking, asking] = useDisclosure(false)
  const isPhone = useIsPhone()
  const save = useSave(site, (updated) => {
    asking.close()
    onSaved(updated)
  })
  const isComplete = draft.name.trim() !== '' && draft.origins.length > 0
  const saveNow = () => changes && save.mutate(changes)

  return (
    <>
      <ActionBar
        opened={changes !== undefined}
        aria-label={t('settings.unsaved')}
        withBorder
        position={{ bottom: isPhone ? 70 : 24, left: 0, right: 0 }}
      >
        <Group gap="md" px="xs">
          <Text size="sm" fw={500}>
            {t('settings.unsaved')}
          </Text>
          <Group gap="xs">
            <Button variant="default" size="sm" onClick={onDiscard}>
              {t('settings.discard')}
            </Button>
            <Button
              size="sm"
              loading={save.isPending}
              disabled={!isComplete}
              onClick={risks.length > 0 ? asking.open : saveNow}
            >
              {t('action.save')}
            </Button>
          </Group>
        </Group>
      </ActionBar>
      <Modal opened={isAsking} onClose={asking.close} title={t('risk.title')}>
        <Stack>
          <List size="sm" spacing="xs">
            {risks.map((risk) => (
              <List.Item key={risk}>{t(`risk.${risk}`)}</List.Item>
            ))}
          </List>
          <SaveProblem error={save.error} />
          <Group justify="flex-end">
            <Button variant="default" data-autofocus onClick={asking.close}>
              {t('action.cancel')}
            </Button>
            <Button color="orange.8" loading={save.isPending} onClick={saveNow}>
              {t('risk.confirm')}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <Modal opened={save.isError && !isAsking} onClose={save.reset} title={t('settings.notSaved')}>
        <SaveProblem error={save.error} />
      </Modal>
      <LeaveGuard isDirty={changes !== undefined} />
    </>
  )
}

function SaveProblem({ error }: { readonly error: Error | null }) {
  const language = useLanguage()
  if (!error) return null
  return (
    <Alert role="alert" color="red">
      {problemText(error, language)}
    </Alert>
  )
}

function useSave(site: Site, onSaved: (site: Site) => void) {
  const { t } = useLanguage()
  const { api } = useServices()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (changes: UpdateSiteRequest) => api.updateSite(site.id, changes),
    onSuccess: (updated) => {
      queryClient.setQueryData(sitesQuery(api).queryKey, (sites) =>
        sites?.map((known) => (known.id === updated.id ? updated : known)),
      )
      notifications.show({ message: t('state.saved') })
      onSaved(updated)
    },
  })
}

/** Leaving with unsaved changes is asked about once. */
function LeaveGuard({ isDirty }: { readonly isDirty: boolean }) {
  const { t } = useLanguage()
  const blocker = useBlocker({ shouldBlockFn: () => isDirty, enableBeforeUnload: () => isDirty, withResolver: true })
  return (
    <Modal opened={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={t('settings.leaveTitle')}>
      <Stack>
        <Text size="sm">{t('settings.leaveText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={() => blocker.reset?.()}>
            {t('settings.stay')}
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {t('settings.leave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
