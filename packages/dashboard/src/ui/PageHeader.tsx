import { Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'

interface PageHeaderProps {
  readonly title: string
  readonly description?: ReactNode
  /** Buttons at the end of the line. */
  readonly children?: ReactNode
}

/** The first line of a page; also names the browser's tab. */
export function PageHeader({ title, description, children }: PageHeaderProps) {
  useDocumentTitle(`${title} · Vasistas`)
  return (
    <Group justify="space-between" align="flex-start" gap="md">
      <Stack gap={2} miw={0}>
        <Title order={1} size="h2">
          {title}
        </Title>
        {description && (
          <Text c="dimmed" size="sm" maw={640}>
            {description}
          </Text>
        )}
      </Stack>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  )
}
