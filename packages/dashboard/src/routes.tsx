import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import { stateQuery } from './api/queries.ts'
import { parseFilters, type RecordingFilters } from './api/recordingFilters.ts'
import type { Services } from './api/ServicesProvider.tsx'
import { AppFrame } from './frame/AppFrame.tsx'
import { LoadingPage, NotFoundPage, RouteFailure } from './RoutePages.tsx'

export interface RouterContext {
  readonly queryClient: QueryClient
  readonly services: Services
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter
  }
}

/** The moment to begin at, in seconds, beside the filters of the list that the reader came from. */
export type ReplaySearch = RecordingFilters & { readonly t?: number }

/** Path to feature; each page is a download of its own. */
export function createAppRouter(context: RouterContext) {
  const loadState = () => context.queryClient.ensureQueryData(stateQuery(context.services.api))

  const root = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: NotFoundPage })

  const setUp = createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: lazyRouteComponent(() => import('./features/access/SetUpPage.tsx'), 'SetUpPage'),
  })
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: ({ next }: Record<string, unknown>): { readonly next?: string } =>
      // Only a path of our own: a link to the sign-in page must not lead to another site.
      typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {},
    beforeLoad: async () => {
      if ((await loadState()).agent) redirect({ to: '/recordings', throw: true })
    },
    component: lazyRouteComponent(() => import('./features/access/SignInPage.tsx'), 'SignInPage'),
  })

  const signedIn = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    beforeLoad: async ({ location }) => {
      const { agent, needsSetup } = await loadState()
      if (needsSetup) redirect({ to: '/setup', throw: true })
      if (!agent)
        redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { next: location.href }, throw: true })
    },
    component: AppFrame,
  })
  const start = createRoute({
    getParentRoute: () => signedIn,
    path: '/',
    beforeLoad: () => {
      redirect({ to: '/recordings', replace: true, throw: true })
    },
  })
  const recordings = createRoute({
    getParentRoute: () => signedIn,
    path: '/recordings',
    validateSearch: parseFilters,
    component: lazyRouteComponent(() => import('./features/recordings/RecordingsPage.tsx'), 'RecordingsPage'),
  })
  const replay = createRoute({
    getParentRoute: () => signedIn,
    path: '/recordings/$recordingId',
    validateSearch: (search: Record<string, unknown>): ReplaySearch => {
      const at = Number(search['t'])
      return { ...parseFilters(search), ...(at > 0 && Number.isFinite(at) && { t: at }) }
    },
    component: lazyRouteComponent(() => import('./features/replay/ReplayPage.tsx'), 'ReplayPage'),
  })
  const sites = createRoute({
    getParentRoute: () => signedIn,
    path: '/sites',
    component: lazyRouteComponent(() => import('./features/sites/SitesPage.tsx'), 'SitesPage'),
  })
  const install = createRoute({
    getParentRoute: () => signedIn,
    path: '/sites/$siteId/install',
    component: lazyRouteComponent(() => import('./features/sites/InstallPage.tsx'), 'InstallPage'),
  })
  const settings = createRoute({
    getParentRoute: () => signedIn,
    path: '/sites/$siteId/settings',
    component: lazyRouteComponent(() => import('./features/settings/SiteSettingsPage.tsx'), 'SiteSettingsPage'),
  })
  const activity = createRoute({
    getParentRoute: () => signedIn,
    path: '/activity',
    component: lazyRouteComponent(() => import('./features/activity/ActivityPage.tsx'), 'ActivityPage'),
  })
  const health = createRoute({
    getParentRoute: () => signedIn,
    path: '/health',
    component: lazyRouteComponent(() => import('./features/health/HealthPage.tsx'), 'HealthPage'),
  })
  const account = createRoute({
    getParentRoute: () => signedIn,
    path: '/account',
    component: lazyRouteComponent(() => import('./features/account/AccountPage.tsx'), 'AccountPage'),
  })

  const pages = signedIn.addChildren([start, recordings, replay, sites, install, settings, activity, health, account])
  return createRouter({
    routeTree: root.addChildren([setUp, signIn, pages]),
    context,
    defaultPreload: 'intent',
    defaultPendingComponent: LoadingPage,
    defaultErrorComponent: RouteFailure,
    scrollRestoration: true,
  })
}
