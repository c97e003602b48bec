import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertCircle, IconClock } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { isThrottled, problemText } from '../../api/problemText.ts'
import { stateQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { AccessLayout } from './AccessLayout.tsx'

export function SignInPage() {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const { data: state } = useQuery(stateQuery(api))
  const signIn = useSignIn()
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (email) => (email.trim() ? null : t('signIn.emailMissing')),
      password: (password) => (password ? null : t('signIn.passwordMissing')),
    },
  })

  if (state?.needsSetup) {
    return (
      <AccessLayout title={t('signIn.noAccountTitle')} description={t('signIn.noAccountText')}>
        <Text size="sm">{t('signIn.noAccountHelp')}</Text>
      </AccessLayout>
    )
  }
  return (
    <AccessLayout title={t('signIn.title')} description={t('signIn.text')}>
      <form noValidate onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack>
          {signIn.error && (
            <Alert
              role="alert"
              color={isThrottled(signIn.error) ? 'orange' : 'red'}
              icon={isThrottled(signIn.error) ? <IconClock /> : <IconAlertCircle />}
            >
              {problemText(signIn.error, language)}
            </Alert>
          )}
          <TextInput
            type="email"
            size="md"
            label={t('signIn.email')}
            autoComplete="username"
            required
            withAsterisk={false}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is for nothing else
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            size="md"
            label={t('signIn.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" mt="xs" loading={signIn.isPending}>
            {t('signIn.submit')}
          </Button>
        </Stack>
      </form>
    </AccessLayout>
  )
}

/** Signs in, then goes on to where the reader wanted to go. */
function useSignIn() {
  const { api } = useServices()
  const queryClient = useQueryClient()
  const router = useRouter()
  const { next } = useSearch({ from: '/sign-in' })
  return useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) =>
      api.signIn({ email: email.trim(), password }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['state'] })
      router.history.push(next ?? '/recordings')
    },
  })
}
