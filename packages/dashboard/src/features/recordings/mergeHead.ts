import type { Page, RecordingSummary } from '@vasistas/wire/api'
import type { RecordingId } from '@vasistas/wire/core'

interface Pages<Param> {
  readonly pages: Page<RecordingSummary>[]
  readonly pageParams: Param[]
}

/**
 * What is shown, brought up to date with the newest page: known rows change where they stand, new ones are only counted,
 * so that nothing moves under the reader's finger. An empty list has nothing to move and takes them at once.
 */
export function mergeHead<Param>(
  shown: Pages<Param>,
  head: Page<RecordingSummary>,
): { readonly pages: Pages<Param>; readonly newCount: number } {
  const isEmpty = shown.pages.every(({ items }) => items.length === 0)
  if (isEmpty) return { pages: { pages: [head], pageParams: shown.pageParams.slice(0, 1) }, newCount: 0 }
  const fresh = new Map(head.items.map((item) => [item.id, item]))
  const pages = shown.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      const update = fresh.get(item.id)
      fresh.delete(item.id)
      return update ?? item
    }),
  }))
  return { pages: { ...shown, pages }, newCount: fresh.size }
}

export function withoutRecording<Param>(shown: Pages<Param>, recording: RecordingId): Pages<Param> {
  const pages = shown.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => id !== recording) }))
  return { ...shown, pages }
}
