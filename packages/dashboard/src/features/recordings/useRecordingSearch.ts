import { useThrottledCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query'
import type { ListRecordingsQuery, Page, RecordingSummary } from '@vasistas/wire/api'
import { useState } from 'react'
import { recordingsQuery } from '../../api/queries.ts'
import { useLive, useServices } from '../../api/ServicesProvider.tsx'
import { mergeHead, withoutRecording } from './mergeHead.ts'

type Pages = InfiniteData<Page<RecordingSummary>, string | undefined>

/** Milliseconds: a busy site says something all the time, and a list that jumps cannot be read. */
const LIVE_INTERVAL_MS = 1500

/** Recordings by filter, newest first, a page at a time; rows follow what happens, new ones wait until they are asked for. */
export function useRecordingSearch(query: ListRecordingsQuery) {
  const { api } = useServices()
  const queryClient = useQueryClient()
  const options = recordingsQuery(api, query)
  const search = useInfiniteQuery(options)
  const [waiting, setWaiting] = useState<{
    readonly query: ListRecordingsQuery
    readonly head: Page<RecordingSummary>
  }>()

  const look = useThrottledCallback(() => {
    void api.recordings(query).then(
      (head) => {
        const pages = queryClient.getQueryData<Pages>(options.queryKey)
        if (!pages) return
        const merged = mergeHead(pages, head)
        queryClient.setQueryData(options.queryKey, merged.pages)
        setWaiting(merged.newCount > 0 ? { query, head } : undefined)
      },
      () => undefined, // a hint that leads nowhere: the next one will
    )
  }, LIVE_INTERVAL_MS)

  useLive((event) => {
    if (event.type === 'recording.updated') look()
    if (event.type === 'recording.erased')
      queryClient.setQueryData<Pages>(options.queryKey, (pages) => pages && withoutRecording(pages, event.recording))
  })

  const isWaiting = waiting !== undefined && waiting.query === query
  const known = new Set(search.data?.pages.flatMap(({ items }) => items.map(({ id }) => id)))
  return {
    search,
    recordings: search.data?.pages.flatMap(({ items }) => items) ?? [],
    newCount: isWaiting ? waiting.head.items.filter(({ id }) => !known.has(id)).length : 0,
    showNew() {
      if (!isWaiting) return
      queryClient.setQueryData<Pages>(options.queryKey, { pages: [waiting.head], pageParams: [undefined] })
      setWaiting(undefined)
    },
  }
}
