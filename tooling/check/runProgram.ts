import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export interface ProgramResult {
  readonly ok: boolean
  readonly output: string
}

/** Runs a program of node_modules/.bin (or of the system) in `root` to its end; both output streams as one text. */
export function runProgram(root: string, name: string, args: readonly string[]): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const path = join(root, 'node_modules/.bin') + delimiter + (process.env['PATH'] ?? '')
    const child = spawn(name, args, {
      cwd: root,
      env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const parts: string[] = []
    child.stdout.on('data', (part: Buffer) => parts.push(part.toString()))
    child.stderr.on('data', (part: Buffer) => parts.push(part.toString()))
    child.on('error', (error) => resolve({ ok: false, output: `${name} did not start: ${error.message}` }))
    child.on('close', (code) => resolve({ ok: code === 0, output: parts.join('') }))
  })
}
