import { SegmentedControl, Stack, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { stateQuery } from '../../api/queries.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { LanguageSwitch } from '../../translations/LanguageSwitch.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Section } from '../../ui/Section.tsx'
import { NameForm } from './NameForm.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SignInList } from './SignInList.tsx'

/** What belongs to the person: name, language, colours, password, and where they are signed in. */
export function AccountPage() {
  const { t } = useLanguage()
  const { api } = useServices()
  const { data: state } = useQuery(stateQuery(api))
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  if (!state?.agent) return null
  return (
    <Stack gap="lg" maw={860} mx="auto">
      <PageHeader title={t('nav.account')} description={state.agent.email} />
      <Section title={t('account.you')} text={t('account.youText')}>
        <NameForm agent={state.agent} />
      </Section>
      <Section title={t('language.title')} text={t('account.languageText')}>
        <div>
          <LanguageSwitch size="sm" />
        </div>
      </Section>
      <Section title={t('scheme.title')} text={t('account.schemeText')}>
        <div>
          <SegmentedControl
            aria-label={t('scheme.title')}
            value={colorScheme}
            onChange={(value: MantineColorScheme) => setColorScheme(value)}
            data={[
              { value: 'auto', label: t('scheme.auto') },
              { value: 'light', label: t('scheme.light') },
              { value: 'dark', label: t('scheme.dark') },
            ]}
          />
        </div>
      </Section>
      <Section title={t('account.password')} text={t('account.passwordText')}>
        <PasswordForm agent={state.agent} />
      </Section>
      <Section title={t('account.signIns')} text={t('account.signInsText')}>
        <SignInList />
      </Section>
    </Stack>
  )
}
