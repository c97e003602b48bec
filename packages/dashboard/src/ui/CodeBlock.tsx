import { Box, Button, Code, CopyButton, ScrollArea } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'

interface CodeBlockProps {
  readonly code: string
  readonly label: string
  readonly copyLabel: string
  readonly copiedLabel: string
}

/** Text to be taken along. */
export function CodeBlock({ code, label, copyLabel, copiedLabel }: CodeBlockProps) {
  return (
    <Box pos="relative">
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': label, role: 'region' }}>
        <Code block py="md" pr={110} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {code}
        </Code>
      </ScrollArea>
      <CopyButton value={code} timeout={2000}>
        {({ copied, copy }) => (
          <Button
            pos="absolute"
            top={8}
            right={8}
            size="compact-sm"
            variant={copied ? 'filled' : 'default'}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            onClick={copy}
            aria-live="polite"
          >
            {copied ? copiedLabel : copyLabel}
          </Button>
        )}
      </CopyButton>
    </Box>
  )
}
