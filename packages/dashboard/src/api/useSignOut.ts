import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { AppState } from '@vasistas/wire/api'
import { useServices } from './ServicesProvider.tsx'

/** Ends this sign-in, or every one of the account; nothing of what was loaded outlives it. */
export function useSignOut(): (options: { readonly everywhere: boolean }) => Promise<void> {
  const { api } = useServices()
  const queryClient = useQueryClient()
  const router = useRouter()
  return async ({ everywhere }) => {
    await api.signOut(everywhere)
    queryClient.setQueryData<AppState>(['state'], (state) => state && { ...state, agent: null, csrfToken: null })
    // First away from the pages that would ask for their data again.
    await router.navigate({ to: '/sign-in' })
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'state' })
  }
}
