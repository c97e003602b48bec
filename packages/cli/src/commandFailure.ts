import { EXIT, type ExitCode } from './exitCodes.ts'

/** An end that the user can do something about: its message is for standard error, as it stands. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode
  /** For `--json`: what the docs call this error. */
  readonly code: string

  constructor(exitCode: ExitCode, code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
    this.code = code
  }
}

export const usageFailure = (message: string): CommandFailure => new CommandFailure(EXIT.usage, 'USAGE', message)
