import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import type { RecordingId } from '@vasistas/wire/core'
import { useState } from 'react'
import { recordingQuery } from '../../api/queries.ts'
import type { ApiClient } from '../../api/apiClient.ts'
import { useLive, useServices } from '../../api/ServicesProvider.tsx'

/** That somebody watches is written down before anything of the recording is asked for. */
const watchQuery = (api: ApiClient, queryClient: QueryClient, id: RecordingId) =>
  queryOptions({
    queryKey: ['watch', id],
    queryFn: async () => {
      await api.logWatch(id)
      void queryClient.invalidateQueries({ queryKey: ['recording', id] })
      void queryClient.invalidateQueries({ queryKey: ['recordings'] })
      return await api.manifest(id)
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** A recording, opened to be watched, and what became of it meanwhile. */
export function useReplay(id: RecordingId) {
  const { api } = useServices()
  const queryClient = useQueryClient()
  const detail = useQuery(recordingQuery(api, id))
  const watch = useQuery({ ...watchQuery(api, queryClient, id), enabled: detail.data?.playable === true })
  const [isErased, setIsErased] = useState(false)
  const [hasMore, setHasMore] = useState(false)

  useLive((event) => {
    if (event.type === 'site.heard' || event.recording !== id) return
    if (event.type === 'recording.erased') return setIsErased(true)
    setHasMore(true)
    void queryClient.invalidateQueries({ queryKey: ['recording', id] })
  })

  return {
    detail,
    watch,
    isErased,
    /** The visit went on since it was opened. */
    hasMore,
    async loadMore() {
      setHasMore(false)
      await queryClient.invalidateQueries({ queryKey: ['watch', id] })
    },
  }
}

export type Replay = ReturnType<typeof useReplay>
