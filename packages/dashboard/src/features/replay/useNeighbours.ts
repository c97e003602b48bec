import { useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import type { Page, RecordingDetail, RecordingSummary } from '@vasistas/wire/api'
import { timeStamp } from '@vasistas/wire/core'
import { recordingsQuery } from '../../api/queries.ts'
import { toListQuery, type RecordingFilters } from '../../api/recordingFilters.ts'
import { useServices } from '../../api/ServicesProvider.tsx'
import { neighboursIn, type Neighbours } from './neighboursIn.ts'

const MOST_NEWER = 100

/** The recordings before and after this one in the list that the reader came from, or would see with these filters. */
export function useNeighbours(recording: RecordingDetail | undefined, filters: RecordingFilters): Neighbours {
  const { api } = useServices()
  const queryClient = useQueryClient()
  const query = toListQuery(filters)
  const { data } = useQuery({
    queryKey: ['neighbours', recording?.id, query],
    enabled: recording !== undefined,
    staleTime: 30_000,
    queryFn: async (): Promise<Neighbours> => {
      if (!recording) return { newer: undefined, older: undefined }
      const shown = queryClient.getQueryData<InfiniteData<Page<RecordingSummary>>>(recordingsQuery(api, query).queryKey)
      const listed = neighboursIn(shown?.pages.flatMap(({ items }) => items) ?? [], recording.id)
      if (listed?.older && listed.newer) return listed
      const [before, after] = await Promise.all([
        api.recordings({ ...query, to: timeStamp(recording.startedAt + 1), limit: 2 }),
        api.recordings({ ...query, from: recording.startedAt, limit: MOST_NEWER }),
      ])
      const newer = after.items.filter(({ id }) => id !== recording.id)
      return {
        older: listed?.older ?? before.items.find(({ id }) => id !== recording.id)?.id,
        // The newest come first: the nearest is the last, if all of them fitted in one page.
        newer: listed?.newer ?? (after.nextCursor === null ? newer.at(-1)?.id : undefined),
      }
    },
  })
  return data ?? { newer: undefined, older: undefined }
}
