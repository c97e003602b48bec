import type { FilterName, RecordingFilters } from '../../api/recordingFilters.ts'
import { useLanguage } from '../../translations/LanguageProvider.tsx'

/** What is set, in words; the three quick filters and the site show themselves. */
export function useFilterLabels(
  filters: RecordingFilters,
): readonly { readonly name: FilterName; readonly label: string }[] {
  const { t, format } = useLanguage()
  const { country, device, longer, pages, visitor, path, from, to } = filters
  const day = (text: string) => format.date(new Date(`${text}T00:00:00`).getTime())
  const labels: { readonly name: FilterName; readonly label: string | undefined }[] = [
    { name: 'visitor', label: visitor && t('filters.labelVisitor', { visitor }) },
    { name: 'device', label: device && t(`device.${device}`) },
    { name: 'country', label: country && format.country(country) },
    { name: 'longer', label: longer && t('filters.labelLonger', { duration: format.duration(longer * 1000) }) },
    { name: 'pages', label: pages && t('filters.labelPages', { count: pages }) },
    { name: 'path', label: path && t('filters.labelPath', { path }) },
    { name: 'from', label: from && t('filters.labelFrom', { day: day(from) }) },
    { name: 'to', label: to && t('filters.labelTo', { day: day(to) }) },
  ].map(({ name, label }) => ({ name: name as FilterName, label: label || undefined }))
  return labels.flatMap(({ name, label }) => (label === undefined ? [] : [{ name, label }]))
}
