import { Alert, Button, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconAlertCircle, IconLinkOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isProblem } from '../../api/apiProblem.ts'
import { problemText } from '../../api/problemText.ts'
import { stateQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { NewPasswordInput } from '../../password/NewPasswordInput.tsx'
import { SiteForm } from '../../site/SiteForm.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { AccessLayout } from './AccessLayout.tsx'

/** The one-time link of the first start: an account, then a first site. */
export function SetUpPage() {
  const { t } = useLanguage()
  const { api } = useServices()
  const { data: state } = useQuery(stateQuery(api))
  const { hash } = useLocation()
  const navigate = useNavigate()
  const [isDone, setIsDone] = useState(false)

  if (isDone) {
    return (
      <AccessLayout title={t('setUp.siteTitle')} description={t('setUp.siteText')}>
        <SiteForm
          onCreated={({ id }) => void navigate({ to: '/sites/$siteId/install', params: { siteId: String(id) } })}
        >
          <Button variant="subtle" color="gray" renderRoot={(props) => <Link to="/recordings" {...props} />}>
            {t('setUp.later')}
          </Button>
        </SiteForm>
      </AccessLayout>
    )
  }
  if (state && !state.needsSetup) {
    return (
      <AccessLayout title={t('setUp.usedTitle')} description={t('setUp.usedText')}>
        <Button renderRoot={(props) => <Link to="/sign-in" {...props} />}>{t('setUp.usedAction')}</Button>
      </AccessLayout>
    )
  }
  if (!hash) {
    return (
      <AccessLayout title={t('setUp.noTokenTitle')} description={t('setUp.noTokenText')}>
        <Alert color="gray" icon={<IconLinkOff />}>
          {t('signIn.noAccountHelp')}
        </Alert>
      </AccessLayout>
    )
  }
  return (
    <AccessLayout title={t('setUp.title')} description={t('setUp.text')}>
      <FirstAccountForm token={hash.replace(/^#/, '')} onDone={() => setIsDone(true)} />
    </AccessLayout>
  )
}

function FirstAccountForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const language = useLanguage()
  const { t } = language
  const { api } = useServices()
  const queryClient = useQueryClient()
  const form = useForm({
    initialValues: { name: '', email: '', password: '' },
    validate: {
      name: (name) => (name.trim() ? null : t('setUp.nameMissing')),
      email: (email) => (/^\S+@\S+$/.test(email.trim()) ? null : t('problem.emailInvalid')),
      password: (password) => (password ? null : t('signIn.passwordMissing')),
    },
  })
  const setUp = useMutation({
    mutationFn: ({ name, email, password }: typeof form.values) =>
      api.setUp({ token, name: name.trim(), email: email.trim(), password, language: language.language }),
    onSuccess: async () => {
      onDone()
      await queryClient.invalidateQueries({ queryKey: ['state'] })
    },
  })
  const isWeak = isProblem(setUp.error, 'PASSWORD_TOO_WEAK')

  return (
    <form noValidate onSubmit={form.onSubmit((values) => setUp.mutate(values))}>
      <Stack>
        {setUp.error && !isWeak && (
          <Alert role="alert" color="red" icon={<IconAlertCircle />}>
            {problemText(setUp.error, language)}
          </Alert>
        )}
        <TextInput label={t('setUp.name')} autoComplete="name" required {...form.getInputProps('name')} />
        <TextInput
          type="email"
          label={t('signIn.email')}
          autoComplete="username"
          required
          {...form.getInputProps('email')}
        />
        <NewPasswordInput
          label={t('signIn.password')}
          email={form.values.email}
          name={form.values.name}
          value={form.values.password}
          onChange={(password) => form.setFieldValue('password', password)}
          error={(form.errors['password'] as string | undefined) ?? (isWeak ? t('problem.passwordTooWeak') : undefined)}
        />
        <Button type="submit" mt="xs" loading={setUp.isPending}>
          {t('setUp.submit')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('setUp.note')}
        </Text>
      </Stack>
    </form>
  )
}
