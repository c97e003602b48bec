import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ListRecordingsQuery } from '@vasistas/wire/api'
import type { RecordingId, SiteId } from '@vasistas/wire/core'
import type { ApiClient } from './apiClient.ts'

/** What is asked of the server, under which key it is kept, and how long it is fresh. */
export const stateQuery = (api: ApiClient) =>
  queryOptions({ queryKey: ['state'], queryFn: ({ signal }) => api.state(signal), staleTime: Infinity })

export const sitesQuery = (api: ApiClient) =>
  queryOptions({ queryKey: ['sites'], queryFn: () => api.sites(), staleTime: 60_000 })

export const installationQuery = (api: ApiClient, site: SiteId) =>
  queryOptions({ queryKey: ['installation', site], queryFn: () => api.installation(site), refetchInterval: 15_000 })

export const recordingsQuery = (api: ApiClient, query: ListRecordingsQuery) =>
  infiniteQueryOptions({
    queryKey: ['recordings', query],
    queryFn: ({ pageParam, signal }) =>
      api.recordings(pageParam === undefined ? query : { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: 30_000,
  })

export const recordingQuery = (api: ApiClient, id: RecordingId) =>
  queryOptions({ queryKey: ['recording', id], queryFn: () => api.recording(id) })

export const signInsQuery = (api: ApiClient) => queryOptions({ queryKey: ['sign-ins'], queryFn: () => api.signIns() })

export const auditQuery = (api: ApiClient) =>
  infiniteQueryOptions({
    queryKey: ['audit'],
    queryFn: ({ pageParam }) => api.audit(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  })

export const healthQuery = (api: ApiClient) =>
  queryOptions({ queryKey: ['health'], queryFn: () => api.health(), refetchInterval: 10_000 })
