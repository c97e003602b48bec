import { Grid, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { Surface } from './Surface.tsx'

interface SectionProps {
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

/** A part of a page of settings: what it is about beside what can be done. */
export function Section({ title, text, children }: SectionProps) {
  return (
    <Surface component="section">
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, sm: 4 }}>
          <Title order={2} size="h5" mb={4}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 8 }}>
          <Stack>{children}</Stack>
        </Grid.Col>
      </Grid>
    </Surface>
  )
}
