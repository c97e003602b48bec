import { ColorSwatch, Group, Text } from '@mantine/core'
import { visitorColor } from './visitorColor.ts'

/** A browser's short label: enough to tell visitors apart, never who they are. */
export function VisitorLabel({ visitor, isStrong = false }: { readonly visitor: string; readonly isStrong?: boolean }) {
  return (
    <Group gap={8} wrap="nowrap" component="span">
      <ColorSwatch
        component="span"
        size={10}
        color={`var(--mantine-color-${visitorColor(visitor)}-6)`}
        withShadow={false}
      />
      <Text component="span" ff="monospace" size="sm" fw={isStrong ? 700 : 500}>
        {visitor}
      </Text>
    </Group>
  )
}
