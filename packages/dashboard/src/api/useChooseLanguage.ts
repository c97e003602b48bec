import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Language } from '@vasistas/wire/api'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import { stateQuery } from './queries.ts'
import { useServices } from './ServicesProvider.tsx'

/** Shows a language at once, remembers it in this browser, and on the account of whoever is signed in. */
export function useChooseLanguage(): (language: Language) => Promise<void> {
  const { api } = useServices()
  const { setLanguage } = useLanguage()
  const queryClient = useQueryClient()
  const { data: state } = useQuery(stateQuery(api))
  return async (language) => {
    await setLanguage(language, { keep: true })
    if (!state?.agent) return
    await api.updateAccount({ language })
    await queryClient.invalidateQueries({ queryKey: ['state'] })
  }
}
