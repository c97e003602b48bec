import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import type { Site } from '@vasistas/wire/api'
import type { SiteId } from '@vasistas/wire/core'
import { sitesQuery } from '../api/queries.ts'
import { useServices } from '../api/ServicesProvider.tsx'

export interface SiteScope {
  readonly sites: readonly Site[]
  readonly isLoading: boolean
  /** The site that the page is about; undefined: all of them. */
  readonly site: Site | undefined
  /** Where a page needs one site and the address names none: the one looked at last, or the first. */
  readonly nearest: Site | undefined
  remember(site: SiteId | undefined): void
}

/** The address says which site is meant; this browser remembers which one was looked at last. */
export function useSiteScope(): SiteScope {
  const { api } = useServices()
  const { data: sites = [], isPending } = useQuery(sitesQuery(api))
  const params = useParams({ strict: false })
  const search = useSearch({ strict: false })
  const [remembered, setRemembered] = useLocalStorage({ key: 'vasistas.site', defaultValue: 0 })
  const named = Number(params.siteId ?? search.site ?? 0)
  const site = sites.find(({ id }) => id === named)
  return {
    sites,
    isLoading: isPending,
    site,
    nearest: site ?? sites.find(({ id }) => id === remembered) ?? sites[0],
    remember: (id) => setRemembered(id ?? 0),
  }
}
