import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const ENTRY = fileURLToPath(new URL('../bin/vasistas.js', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Installation {
  readonly folder: string
  run(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** Standard output as JSON; fails unless the command ended well. */
  json<Result>(args: readonly string[], options?: RunOptions): Promise<Result>
  /** `serve`, until the test ends; the first line of JSON says where. */
  serve(): Promise<{ readonly origin: string; readonly setupUrl: string | null; stop(): Promise<number | null> }>
}

/** A data folder of its own; every command is a process of its own, as from a shell. */
export async function installVasistas(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [ENTRY, ...args], {
      env: { PATH: process.env['PATH'], VASISTAS_DATA: join(folder, 'data'), VASISTAS_LOG_LEVEL: 'error', ...env },
      cwd: folder,
    })

  async function run(args: readonly string[], { stdin = '', env }: RunOptions = {}): Promise<Ended> {
    const child = start(args, env)
    child.stdin.end(stdin)
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)])
    return { code, stdout, stderr }
  }

  return {
    folder,
    run,
    async json<Result>(args: readonly string[], options?: RunOptions) {
      const { code, stdout, stderr } = await run([...args, '--json'], options)
      if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`)
      return JSON.parse(stdout) as Result
    },
    async serve() {
      const child = start(['serve', '--port', '0', '--json'])
      const exit = exitOf(child)
      onTestFinished(() => void child.kill('SIGKILL'))
      const stop = () => {
        child.kill('SIGTERM')
        return exit
      }
      return { ...(await firstJson(child)), stop }
    },
  }
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  return new Promise((settle, reject) => child.once('error', reject).once('close', settle))
}

function firstJson(child: ChildProcessWithoutNullStreams): Promise<{ origin: string; setupUrl: string | null }> {
  return new Promise((settle, reject) => {
    let printed = ''
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString()
      if (printed.includes('}\n')) settle(JSON.parse(printed) as { origin: string; setupUrl: string | null })
    })
    let told = ''
    child.stderr.on('data', (part: Buffer) => (told += part.toString()))
    child.once('close', (code) => reject(new Error(`serve ended with ${code}: ${told}`)))
  })
}
