import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface StepProps {
  readonly number: number
  readonly title: string
  readonly text: ReactNode
  readonly children: ReactNode
}

/** One of several things to do, in order. */
export function Step({ number, title, text, children }: StepProps) {
  return (
    <Group component="section" align="flex-start" gap="md" wrap="nowrap">
      <ThemeIcon variant="light" radius="xl" size={30} visibleFrom="sm" aria-hidden>
        <Text size="sm" fw={700}>
          {number}
        </Text>
      </ThemeIcon>
      <Stack gap="sm" flex={1} miw={0}>
        <div>
          <Title order={2} size="h5">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </div>
        {children}
      </Stack>
    </Group>
  )
}
