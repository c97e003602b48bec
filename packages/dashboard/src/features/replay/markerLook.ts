import {
  IconAppWindow,
  IconBolt,
  IconBug,
  IconClick,
  IconEyeOff,
  IconForms,
  IconMoodAngry,
  IconPuzzle,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Marker } from '@vasistas/player'
import type { MessageKey } from '../../translations/translator.ts'

export interface MarkerLook {
  readonly icon: TablerIcon
  readonly color: string
  readonly name: MessageKey
}

export const MARKER_LOOKS: Readonly<Record<Marker['type'], MarkerLook>> = {
  page: { icon: IconAppWindow, color: 'teal', name: 'marker.page' },
  click: { icon: IconClick, color: 'blue', name: 'marker.click' },
  'rage-click': { icon: IconMoodAngry, color: 'orange', name: 'marker.rage' },
  input: { icon: IconForms, color: 'grape', name: 'marker.input' },
  error: { icon: IconBug, color: 'red', name: 'marker.error' },
  gap: { icon: IconPuzzle, color: 'gray', name: 'marker.gap' },
  event: { icon: IconBolt, color: 'yellow', name: 'marker.event' },
  visibility: { icon: IconEyeOff, color: 'gray', name: 'marker.visibility' },
}
