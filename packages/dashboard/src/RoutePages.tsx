import { Button, Center, EmptyState, Loader } from '@mantine/core'
import { IconDoorOff } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { problemText } from './api/problemText.ts'
import { useLanguage } from './translations/LanguageProvider.tsx'
import { LoadFailure } from './ui/LoadFailure.tsx'

export function LoadingPage() {
  const { t } = useLanguage()
  return (
    <Center mih="50vh">
      <Loader type="dots" aria-label={t('state.loading')} role="status" />
    </Center>
  )
}

export function NotFoundPage() {
  const { t } = useLanguage()
  return (
    <Center mih="70vh">
      <EmptyState
        size="lg"
        variant="light"
        icon={<IconDoorOff stroke={1.5} />}
        title={t('notFound.title')}
        description={t('notFound.text')}
      >
        <EmptyState.Actions>
          <Button renderRoot={(props) => <Link to="/recordings" {...props} />}>{t('notFound.action')}</Button>
        </EmptyState.Actions>
      </EmptyState>
    </Center>
  )
}

export function RouteFailure({ error }: { readonly error: unknown }) {
  const language = useLanguage()
  const router = useRouter()
  return (
    <Center mih="70vh">
      <LoadFailure
        title={language.t('state.failed')}
        text={problemText(error, language)}
        retryLabel={language.t('action.retry')}
        onRetry={() => void router.invalidate()}
      />
    </Center>
  )
}
