import type { Readable, Writable } from 'node:stream'

/** What a command sees of the process that runs it. */
export interface Terminal {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly env: Readonly<Record<string, string | undefined>>
}
