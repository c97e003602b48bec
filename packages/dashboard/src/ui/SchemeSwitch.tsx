import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'

export interface SchemeWords {
  readonly title: string
  readonly auto: string
  readonly light: string
  readonly dark: string
}

const ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const
const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark']

/** Light, dark, or as the system says. */
export function SchemeSwitch({ words }: { readonly words: SchemeWords }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Current = ICONS[colorScheme]
  return (
    <Menu position="top" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.title}>
          <Current size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map((scheme) => {
          const Icon = ICONS[scheme]
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Icon size={16} />}
              rightSection={scheme === colorScheme ? <IconCheck size={14} /> : undefined}
              onClick={() => setColorScheme(scheme)}
            >
              {words[scheme]}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
