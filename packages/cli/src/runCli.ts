import { CommanderError } from 'commander'
import { createProgram } from './createProgram.ts'
import { EXIT, type ExitCode } from './exitCodes.ts'
import { explainFailure } from './explainFailure.ts'
import type { Terminal } from './terminal.types.ts'

/** One command line to its exit code. Results go to standard output, everything else to standard error. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  // A reader that has seen enough (`| head`) closes the pipe: the write says so, nobody needs to be told twice.
  terminal.stdout.on('error', () => undefined)
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' })
    return EXIT.ok
  } catch (failure) {
    // Commander has printed its own words already: help, version, or what it did not understand.
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? EXIT.ok : EXIT.usage
    const { exitCode, code, message } = explainFailure(failure)
    terminal.stderr.write(
      args.includes('--json') ? JSON.stringify({ error: code, message }) + '\n' : `vasistas: ${message}\n`,
    )
    return exitCode
  }
}
