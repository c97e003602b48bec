import { Box, Center, Flex, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconEyeCheck, IconHandStop, IconKey, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '../../translations/LanguageSwitch.tsx'
import { useLanguage } from '../../translations/LanguageProvider.tsx'
import type { MessageKey } from '../../translations/translator.ts'
import { DoorDrawing } from '../../ui/DoorDrawing.tsx'
import { Logo } from '../../ui/Logo.tsx'
import { SchemeSwitch } from '../../ui/SchemeSwitch.tsx'

const PROMISES: readonly { readonly icon: TablerIcon; readonly text: MessageKey }[] = [
  { icon: IconHandStop, text: 'promise.consent' },
  { icon: IconEyeCheck, text: 'promise.forms' },
  { icon: IconKey, text: 'promise.keys' },
]

interface AccessLayoutProps {
  readonly title: string
  readonly description: string
  readonly children: ReactNode
}

/** Pages for people who are not signed in: a form, and beside it what they come for. */
export function AccessLayout({ title, description, children }: AccessLayoutProps) {
  const { t } = useLanguage()
  useDocumentTitle(`${title} · Vasistas`)
  return (
    <Flex mih="100vh">
      <Flex component="main" direction="column" flex={1} px="lg" py="md">
        <Group gap={10} hiddenFrom="md" pt="sm">
          <Logo />
          <Text fw={700} size="xl">
            Vasistas
          </Text>
        </Group>
        <Center flex={1} py="xl">
          <Box w="100%" maw={400}>
            <Stack gap={6} mb="xl">
              <Title order={1} size="h2">
                {title}
              </Title>
              <Text c="dimmed">{description}</Text>
            </Stack>
            {children}
          </Box>
        </Center>
        <Group justify="center" gap="xs">
          <LanguageSwitch />
          <SchemeSwitch
            words={{
              title: t('scheme.title'),
              auto: t('scheme.auto'),
              light: t('scheme.light'),
              dark: t('scheme.dark'),
            }}
          />
        </Group>
      </Flex>
      <Promises />
    </Flex>
  )
}

function Promises() {
  const { t } = useLanguage()
  return (
    <Flex
      component="aside"
      visibleFrom="md"
      w="46%"
      direction="column"
      justify="space-between"
      p={48}
      c="white"
      style={{ background: 'linear-gradient(160deg, #0b7a5a 0%, #075940 60%, #053b2c 100%)' }}
    >
      <Group gap={12}>
        <Logo size={36} />
        <Text fw={700} size="24px" lts={-0.4}>
          Vasistas
        </Text>
      </Group>
      <Center flex={1}>
        <DoorDrawing />
      </Center>
      <Stack gap="lg" maw={460}>
        <Text fs="italic" opacity={0.85}>
          {t('promise.motto')}
        </Text>
        {PROMISES.map(({ icon: Icon, text }) => (
          <Group key={text} gap="md" wrap="nowrap" align="center">
            <ThemeIcon size={36} radius="xl" color="rgba(255, 255, 255, 0.14)" aria-hidden>
              <Icon size={19} stroke={1.75} />
            </ThemeIcon>
            <Text size="sm">{t(text)}</Text>
          </Group>
        ))}
      </Stack>
    </Flex>
  )
}
