import { Avatar, Box, Group, Menu, Stack, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { stateQuery } from '../api/queries.ts'
import { useServices } from '../api/ServicesProvider.tsx'
import { useChooseLanguage } from '../api/useChooseLanguage.ts'
import { useSignOut } from '../api/useSignOut.ts'
import { LANGUAGES } from '../translations/languageChoice.ts'
import { useLanguage } from '../translations/LanguageProvider.tsx'

const SCHEMES = [
  { value: 'auto', label: 'scheme.auto', icon: IconDeviceDesktop },
  { value: 'light', label: 'scheme.light', icon: IconSun },
  { value: 'dark', label: 'scheme.dark', icon: IconMoon },
] as const

/** Who is signed in, with what belongs to the person: account, language, colours, sign-out. */
export function AgentMenu({ isCompact = false }: { readonly isCompact?: boolean }) {
  const { t, language } = useLanguage()
  const { api } = useServices()
  const { data: state } = useQuery(stateQuery(api))
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const chooseLanguage = useChooseLanguage()
  const signOut = useSignOut()
  const agent = state?.agent
  if (!agent) return null

  return (
    <Menu position={isCompact ? 'bottom-end' : 'top-start'} width={204} withinPortal>
      <Menu.Target>
        <UnstyledButton aria-label={t('agentMenu.label', { name: agent.name })} p={isCompact ? 0 : 'xs'}>
          <Group gap="sm" wrap="nowrap">
            <Avatar color="teal" radius="xl" size={isCompact ? 34 : 36} name={agent.name} />
            {!isCompact && (
              <>
                <Box flex={1} miw={0}>
                  <Text size="sm" fw={600} truncate>
                    {agent.name}
                  </Text>
                  <Text size="xs" c="dimmed" truncate>
                    {agent.email}
                  </Text>
                </Box>
                <IconSelector size={16} stroke={1.75} />
              </>
            )}
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {isCompact && (
          <Stack gap={0} px="sm" py={6}>
            <Text size="sm" fw={600}>
              {agent.name}
            </Text>
            <Text size="xs" c="dimmed">
              {agent.email}
            </Text>
          </Stack>
        )}
        <Menu.Item leftSection={<IconUser size={16} />} renderRoot={(props) => <Link to="/account" {...props} />}>
          {t('nav.account')}
        </Menu.Item>
        <Menu.Label>{t('language.title')}</Menu.Label>
        {LANGUAGES.map(({ value, label }) => (
          <Menu.Item
            key={value}
            lang={value}
            leftSection={<IconLanguage size={16} />}
            rightSection={value === language ? <IconCheck size={14} /> : undefined}
            onClick={() => void chooseLanguage(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>{t('scheme.title')}</Menu.Label>
        {SCHEMES.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={value === colorScheme ? <IconCheck size={14} /> : undefined}
            onClick={() => setColorScheme(value)}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut({ everywhere: false })}>
          {t('action.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
