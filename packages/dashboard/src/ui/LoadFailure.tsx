import { Button, EmptyState } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'

interface LoadFailureProps {
  readonly title: string
  readonly text: string
  readonly retryLabel: string
  readonly onRetry: () => void
}

/** What could not be loaded, and a way to try again. */
export function LoadFailure({ title, text, retryLabel, onRetry }: LoadFailureProps) {
  return (
    <EmptyState
      role="alert"
      py="xl"
      color="red"
      variant="light"
      icon={<IconCloudOff />}
      title={title}
      description={text}
    >
      <EmptyState.Actions>
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
          {retryLabel}
        </Button>
      </EmptyState.Actions>
    </EmptyState>
  )
}
