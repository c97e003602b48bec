import { Paper, type PaperProps } from '@mantine/core'
import type { AriaRole, ReactNode } from 'react'

interface SurfaceProps extends PaperProps {
  readonly component?: 'section' | 'article' | 'div'
  readonly role?: AriaRole
  readonly 'aria-label'?: string
  readonly children: ReactNode
}

/** A white (or, in the dark, slightly lighter) sheet on the page's ground. */
export function Surface({ component = 'div', children, ...props }: SurfaceProps) {
  return (
    <Paper component={component} withBorder p="lg" {...props}>
      {children}
    </Paper>
  )
}
