import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import { QueryClient } from '@tanstack/react-query'
import type { AppState } from '@vasistas/wire/api'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api/apiProblem.ts'
import { createApiClient } from './api/apiClient.ts'
import { createLiveSocket } from './api/liveSocket.ts'
import { App } from './App.tsx'
import { randomShare } from './random.ts'
import { createAppRouter } from './routes.tsx'
import { firstLanguage, loadTranslator } from './translations/languageChoice.ts'

const RETRIES = 2

function startDashboard(root: HTMLElement): Promise<void> {
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        // A refusal stays a refusal; only a server that was not reached or stumbled is asked again.
        retry: (count, error) =>
          count < RETRIES && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
      },
    },
  })
  const api = createApiClient({
    fetch: (input, init) => fetch(input, init),
    csrfToken: () => queryClient.getQueryData<AppState>(['state'])?.csrfToken ?? null,
    onSignedOut: () => {
      queryClient.setQueryData<AppState>(['state'], (state) => state && { ...state, agent: null, csrfToken: null })
      void router.invalidate()
    },
  })
  const live = createLiveSocket({
    open: () => new WebSocket(new URL('/api/live', location.href.replace(/^http/, 'ws'))),
    randomShare,
    onReconnected: () => void queryClient.invalidateQueries(),
  })
  const services = { api, live }
  const router = createAppRouter({ queryClient, services })
  return loadTranslator(firstLanguage(navigator.languages)).then((translator) =>
    createRoot(root).render(<App {...{ queryClient, services, router, translator }} />),
  )
}

const root = document.getElementById('app')
if (root) await startDashboard(root)
