import { Center, EmptyState } from '@mantine/core'
import { IconDoorOff } from '@tabler/icons-react'

export function NotFound({ title }: { readonly title: string }) {
  return (
    <Center mih="60vh">
      <EmptyState variant="light" color="gray" icon={<IconDoorOff stroke={1.5} />} title={title} />
    </Center>
  )
}
