import type { Config } from '@vasistas/server'
import type { Output } from './output.ts'
import type { Terminal } from './terminal.types.ts'

/** What every command gets besides its own arguments. */
export interface CommandContext {
  readonly config: Config
  readonly output: Output
  readonly terminal: Terminal
}
