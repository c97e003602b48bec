import { Alert, Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { IconAlertCircle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Agent } from '@vasistas/wire/api'
import { isProblem } from '../../api/apiProblem.ts'
import { problemText } from '../../api/problemText.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { NewPasswordInput } from '../../password/NewPasswordInput.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

/** Another password; every other sign-in of the account ends with the old one. */
export function PasswordForm({ agent }: { readonly agent: Agent }) {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const queryClient = useQueryClient()
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      current: (current) => (current ? null : t('signIn.passwordMissing')),
      next: (next) => (next ? null : t('signIn.passwordMissing')),
    },
  })
  const change = useMutation({
    mutationFn: api.changePassword,
    onSuccess: async () => {
      form.reset()
      notifications.show({ message: t('account.passwordChanged') })
      await queryClient.invalidateQueries()
    },
  })
  const isWrong = isProblem(change.error, 'PASSWORD_WRONG')
  const isWeak = isProblem(change.error, 'PASSWORD_TOO_WEAK')
  return (
    <form noValidate onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack>
        {change.error && !isWrong && !isWeak && (
          <Alert role="alert" color="red" icon={<IconAlertCircle />}>
            {problemText(change.error, language)}
          </Alert>
        )}
        <input type="email" autoComplete="username" value={agent.email} readOnly hidden />
        <PasswordInput
          label={t('account.currentPassword')}
          autoComplete="current-password"
          required
          {...form.getInputProps('current')}
          error={form.errors['current'] ?? (isWrong ? t('problem.passwordWrong') : undefined)}
        />
        <NewPasswordInput
          label={t('account.newPassword')}
          email={agent.email}
          name={agent.name}
          value={form.values.next}
          onChange={(next) => form.setFieldValue('next', next)}
          error={(form.errors['next'] as string | undefined) ?? (isWeak ? t('problem.passwordTooWeak') : undefined)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={change.isPending}>
            {t('account.changePassword')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
