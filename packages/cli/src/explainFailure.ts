import { AppError, ConfigError, ERROR_CATALOGUE } from '@vasistas/server'
import { CommandFailure } from './commandFailure.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'

/** What the system's own codes mean to the person at the keyboard. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken: give another with --port',
  EADDRNOTAVAIL: 'this machine has no such address: check --host',
  EACCES: 'this user may not do that: check the permissions',
  ENOENT: 'a file or folder is missing',
  ENOSPC: 'the disk is full',
  EPIPE: 'whoever read the output has stopped',
}

/** Any failure to an exit code and one line that says what to do. Never content, never a stack. */
export function explainFailure(failure: unknown): CommandFailure {
  if (failure instanceof CommandFailure) return failure
  if (failure instanceof ConfigError) return new CommandFailure(EXIT.usage, 'CONFIG', failure.message)
  if (failure instanceof AppError) return explainAppError(failure)
  const { code, message } = failure instanceof Error ? (failure as NodeJS.ErrnoException) : { message: String(failure) }
  const known = code !== undefined && Object.hasOwn(SYSTEM_ERRORS, code) ? SYSTEM_ERRORS[code] : undefined
  return new CommandFailure(EXIT.failed, code ?? 'FAILED', known === undefined ? message : `${known} (${message})`)
}

function explainAppError({ code, message, details }: AppError): CommandFailure {
  const told = Object.entries(details ?? {})
  const text =
    code === 'NOT_FOUND' && told.length > 0
      ? told.map(([kind, name]) => `there is no ${kind} ${name}`).join(', ')
      : [message, ...told.map(([name, value]) => `(${name}: ${value})`)].join(' ')
  return new CommandFailure(exitCodeOf(code), code, text)
}

function exitCodeOf(code: AppError['code']): ExitCode {
  const { status } = ERROR_CATALOGUE[code]
  if (status === 404) return EXIT.notFound
  return status < 500 ? EXIT.refused : EXIT.failed
}
