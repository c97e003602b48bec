import { Anchor, AppShell, Box, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { stateQuery } from '../api/queries.ts'
import { useServices } from '../api/ServicesProvider.tsx'
import { SitePicker } from '../site/SitePicker.tsx'
import { keptLanguage } from '../translations/languageChoice.ts'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import { useIsPhone } from '../ui/useIsPhone.ts'
import { Logo } from '../ui/Logo.tsx'
import { AgentMenu } from './AgentMenu.tsx'
import { SideNavigation, TabNavigation } from './Navigation.tsx'

const GROUND = 'light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-8))'

/** What surrounds every page of a signed-in agent: a side bar, or on a phone a line above and tabs below. */
export function AppFrame() {
  const { t } = useLanguage()
  const isPhone = useIsPhone()
  useAccountLanguage()

  return (
    <AppShell
      layout="alt"
      header={{ height: 56, collapsed: !isPhone }}
      navbar={{ width: 236, breakpoint: 'sm', collapsed: { mobile: true } }}
      footer={{ height: 58, collapsed: !isPhone }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <SkipLink label={t('nav.skip')} />
      {isPhone ? (
        <AppShell.Header px="md">
          <Group h="100%" gap="sm" wrap="nowrap">
            <Brand />
            <Box flex={1} miw={0}>
              <SitePicker />
            </Box>
            <AgentMenu isCompact />
          </Group>
        </AppShell.Header>
      ) : (
        <AppShell.Navbar p="md">
          <Stack h="100%" gap="lg">
            <Brand withName />
            <SitePicker />
            <Box flex={1}>
              <SideNavigation />
            </Box>
            <AgentMenu />
          </Stack>
        </AppShell.Navbar>
      )}
      <AppShell.Main id="main" tabIndex={-1} bg={GROUND}>
        <Outlet />
      </AppShell.Main>
      {isPhone && (
        <AppShell.Footer>
          <TabNavigation />
        </AppShell.Footer>
      )}
    </AppShell>
  )
}

function Brand({ withName = false }: { readonly withName?: boolean }) {
  return (
    <Anchor
      c="inherit"
      underline="never"
      aria-label="Vasistas"
      renderRoot={(props) => <Link to="/recordings" {...props} />}
    >
      <Group gap={10} wrap="nowrap">
        <Logo />
        {withName && (
          <Text fw={700} size="xl" lts={-0.3}>
            Vasistas
          </Text>
        )}
      </Group>
    </Anchor>
  )
}

/** The first stop of the Tab key leads past the navigation. */
function SkipLink({ label }: { readonly label: string }) {
  return (
    <Anchor
      href="#main"
      pos="absolute"
      left={-9999}
      style={{ zIndex: 1000 }}
      bg="body"
      p="xs"
      onFocus={({ currentTarget }) => (currentTarget.style.left = '8px')}
      onBlur={({ currentTarget }) => (currentTarget.style.left = '-9999px')}
    >
      {label}
    </Anchor>
  )
}

/** Where nothing was chosen in this browser, the account's language is shown. */
function useAccountLanguage(): void {
  const { api } = useServices()
  const { language, setLanguage } = useLanguage()
  const { data: state } = useQuery(stateQuery(api))
  const own = state?.agent?.language
  useEffect(() => {
    if (own && own !== language && keptLanguage() === undefined) void setLanguage(own, { keep: false })
  }, [own, language, setLanguage])
}
