import type { FilterName, RecordingFilters } from '../../api/recordingFilters.ts'

/** The filters with one of them set, or taken away. */
export function withFilter<Name extends FilterName>(
  filters: RecordingFilters,
  name: Name,
  value: RecordingFilters[Name] | undefined,
): RecordingFilters {
  const { [name]: _, ...others } = filters
  return (value === undefined ? others : { ...others, [name]: value }) as RecordingFilters
}
