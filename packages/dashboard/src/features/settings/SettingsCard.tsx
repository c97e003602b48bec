import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Surface } from '../../ui/Surface.tsx'

interface SettingsCardProps {
  readonly title: string
  readonly text?: string
  readonly children: ReactNode
}

export function SettingsCard({ title, text, children }: SettingsCardProps) {
  return (
    <Surface component="section">
      <Title order={2} size="h5">
        {title}
      </Title>
      {text && (
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      )}
      <Stack gap="lg" mt="md">
        {children}
      </Stack>
    </Surface>
  )
}
