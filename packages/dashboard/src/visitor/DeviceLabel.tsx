import { Group, Text, Tooltip } from '@mantine/core'
import {
  IconBrandAndroid,
  IconBrandApple,
  IconBrandChrome,
  IconBrandEdge,
  IconBrandFirefox,
  IconBrandOpera,
  IconBrandSafari,
  IconBrandUbuntu,
  IconBrandWindows,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconDeviceTablet,
  IconDevices,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react'
import { createElement } from 'react'
import type { RecordingSummary } from '@vasistas/wire/api'
import { useLanguage } from '../translations/LanguageProvider.tsx'
import type { MessageKey } from '../translations/translator.ts'

type Device = RecordingSummary['device']

const DEVICES: Readonly<Record<Device, { readonly icon: TablerIcon; readonly label: MessageKey }>> = {
  desktop: { icon: IconDeviceDesktop, label: 'device.desktop' },
  mobile: { icon: IconDeviceMobile, label: 'device.mobile' },
  tablet: { icon: IconDeviceTablet, label: 'device.tablet' },
  '': { icon: IconDevices, label: 'device.unknown' },
}

const BROWSERS: readonly (readonly [RegExp, TablerIcon])[] = [
  [/edge/i, IconBrandEdge],
  [/firefox/i, IconBrandFirefox],
  [/safari/i, IconBrandSafari],
  [/opera/i, IconBrandOpera],
  [/chrom/i, IconBrandChrome],
]
const SYSTEMS: readonly (readonly [RegExp, TablerIcon])[] = [
  [/windows/i, IconBrandWindows],
  [/mac|ios|ipad/i, IconBrandApple],
  [/android/i, IconBrandAndroid],
  [/ubuntu|linux/i, IconBrandUbuntu],
]

function NamedIcon({ name, icons }: { readonly name: string; readonly icons: typeof BROWSERS }) {
  const icon = icons.find(([pattern]) => pattern.test(name))?.[1] ?? IconWorld
  return createElement(icon, { size: 18, stroke: 1.6, 'aria-hidden': true })
}

type DeviceFacts = Pick<RecordingSummary, 'device' | 'browser' | 'os'>

/** Three small pictures; the words are in the tooltip and for screen readers. */
export function DeviceIcons({ device, browser, os }: DeviceFacts) {
  const words = useDeviceWords({ device, browser, os })
  const { icon: DeviceIcon } = DEVICES[device]
  return (
    <Tooltip label={words}>
      <Group gap={6} wrap="nowrap" component="span" role="img" aria-label={words} c="dimmed" w="fit-content">
        <DeviceIcon size={18} stroke={1.6} aria-hidden />
        <NamedIcon name={browser} icons={BROWSERS} />
        {os && <NamedIcon name={os} icons={SYSTEMS} />}
      </Group>
    </Tooltip>
  )
}

export function DeviceText(facts: DeviceFacts) {
  const { icon: DeviceIcon } = DEVICES[facts.device]
  return (
    <Group gap={8} wrap="nowrap" component="span">
      <DeviceIcon size={16} stroke={1.6} aria-hidden />
      <Text component="span" size="sm">
        {useDeviceWords(facts)}
      </Text>
    </Group>
  )
}

function useDeviceWords({ device, browser, os }: DeviceFacts): string {
  const { t } = useLanguage()
  return [t(DEVICES[device].label), browser, os].filter(Boolean).join(' · ')
}
