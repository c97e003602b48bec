import { pino, type DestinationStream, type Logger } from 'pino'
import type { LogLevel } from '../config/config.ts'

export type { Logger } from 'pino'

/** Names that a log line may carry. Anything else is dropped: a list of what to hide would have a hole. */
const ALLOWED = new Set([
  'method',
  'route',
  'status',
  'ms',
  'requestId',
  'code',
  'reason',
  'count',
  'bytes',
  'port',
  'host',
  'site',
  'session',
  'stream',
  'sequence',
  'batches',
  'recordings',
  'name',
  'stack',
  'signal',
  'version',
  'file',
  'stage',
  'action',
  'agent',
])

/**
 * Structured logs without content: values of names that are not on the list are dropped, errors are their class and
 * stack without their message (a message may quote input), requests are their route's pattern, never their address.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }), log: keepAllowed, bindings: keepAllowed },
      serializers: { err: describeError, req: () => undefined, res: () => undefined },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination ?? pino.destination({ dest: 2, sync: false }),
  )
}

function keepAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => (ALLOWED.has(name) && isPlain(value)) || name === 'err'),
  )
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value)

function describeError(error: unknown): { readonly name: string; readonly code?: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { code?: unknown }
  // A message may have lines that look like frames.
  const frames = error.stack
    ?.replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
  return { name: error.name, ...(typeof code === 'string' && { code }), ...(frames && { stack: frames.join('\n') }) }
}
