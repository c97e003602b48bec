import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { ServicesProvider, type Services } from './api/ServicesProvider.tsx'
import type { AppRouter } from './routes.tsx'
import { LanguageProvider, useLanguage } from './translations/LanguageProvider.tsx'
import type { Translator } from './translations/translator.ts'
import { createDashboardTheme, dashboardVariables } from './ui/theme.ts'

interface AppProps {
  readonly queryClient: QueryClient
  readonly services: Services
  readonly router: AppRouter
  readonly translator: Translator
}

export function App({ queryClient, services, router, translator }: AppProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <ServicesProvider services={services}>
        <LanguageProvider initial={translator}>
          <ThemedApp>
            <RouterProvider router={router} />
          </ThemedApp>
        </LanguageProvider>
      </ServicesProvider>
    </QueryClientProvider>
  )
}

/** The theme knows words too: what close and clear buttons say to screen readers. */
function ThemedApp({ children }: { readonly children: ReactNode }) {
  const { t } = useLanguage()
  const theme = useMemo(
    () =>
      createDashboardTheme({ close: t('action.close'), clear: t('action.clear'), showPassword: t('password.show') }),
    [t],
  )
  const schemeManager = useMemo(() => localStorageColorSchemeManager({ key: 'vasistas.scheme' }), [])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      cssVariablesResolver={dashboardVariables}
      deduplicateInlineStyles
    >
      <Notifications position="bottom-center" />
      {children}
    </MantineProvider>
  )
}
