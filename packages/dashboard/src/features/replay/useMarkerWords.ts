import type { Marker } from '@vasistas/player'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'
import { MARKER_LOOKS } from './markerLook.ts'

/** Labels that are words of ours; all others were recorded and are shown as they are. */
const OWN_WORDS: Readonly<Record<string, MessageKey>> = {
  'gap excluded-page': 'gap.excludedPage',
  'gap queue-full': 'gap.lost',
  'gap too-large': 'gap.tooLarge',
}

/** A marker's name and what it says of itself, in the reader's language. */
export function useMarkerWords({ type, label }: Pick<Marker, 'type' | 'label'>): {
  readonly name: string
  readonly label: string | undefined
} {
  const { t } = useLanguage()
  if (type === 'visibility')
    return { name: t(label === 'hidden' ? 'marker.left' : 'marker.cameBack'), label: undefined }
  const own = OWN_WORDS[`${type} ${label}`] ?? (type === 'gap' ? 'gap.lost' : undefined)
  return { name: t(MARKER_LOOKS[type].name), label: own ? t(own) : label || undefined }
}
