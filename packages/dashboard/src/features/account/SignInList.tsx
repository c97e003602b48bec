import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { problemText } from '../../api/problemText.ts'
import { signInsQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useSignOut } from '../../api/useSignOut.ts'
import { useNow } from '../../format/useNow.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { LoadFailure } from '../../ui/LoadFailure.tsx'

/** Where the account is signed in; one of them, or all, can be ended from here. */
export function SignInList() {
  const language = useLanguage()
  const { t, format } = language
  const { api } = useServices()
  const queryClient = useQueryClient()
  const signOut = useSignOut()
  const now = useNow()
  const signIns = useQuery(signInsQuery(api))
  const end = useMutation({
    mutationFn: api.endSignIn,
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sign-ins'] }),
  })
  const endAll = useMutation({
    mutationFn: () => signOut({ everywhere: true }),
  })
  if (signIns.isPending) return <Skeleton height={80} role="status" aria-label={t('state.loading')} />
  if (signIns.isError) {
    return (
      <LoadFailure
        title={t('state.failed')}
        text={problemText(signIns.error, language)}
        retryLabel={t('action.retry')}
        onRetry={() => void signIns.refetch()}
      />
    )
  }
  return (
    <Stack gap="md">
      {signIns.data.map(({ id, browser, createdAt, seenAt, current }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <IconDeviceDesktop size={22} stroke={1.5} aria-hidden />
            <div>
              <Group gap="xs">
                <Text size="sm" fw={500}>
                  {browser || t('account.unknownBrowser')}
                </Text>
                {current && (
                  <Badge size="sm" variant="light" tt="none">
                    {t('account.thisOne')}
                  </Badge>
                )}
              </Group>
              <Text size="xs" c="dimmed">
                {t('account.signInTimes', { since: format.date(createdAt), seen: format.relative(seenAt, now) })}
              </Text>
            </div>
          </Group>
          {!current && (
            <Button
              size="xs"
              variant="default"
              loading={end.isPending && end.variables === id}
              onClick={() => end.mutate(id)}
            >
              {t('account.endSignIn')}
            </Button>
          )}
        </Group>
      ))}
      <Group justify="flex-end">
        <Button variant="light" color="red" loading={endAll.isPending} onClick={() => endAll.mutate()}>
          {t('account.signOutEverywhere')}
        </Button>
      </Group>
    </Stack>
  )
}
