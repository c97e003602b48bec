import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '@vasistas/testing'

const MAIN = join(import.meta.dirname, '../src/main.ts')

interface Started {
  readonly process: ChildProcess
  readonly origin: string
  readonly port: number
  readonly setupUrl: string | null
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-process-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function run(folder: string, environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], VASISTAS_DATA: join(folder, 'data'), VASISTAS_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
  return { child, errors: () => errors, exited: once(child, 'exit') as Promise<[number | null]> }
}

async function start(folder: string): Promise<Started & { readonly exited: Promise<[number | null]> }> {
  const { child, exited } = run(folder)
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { ...(JSON.parse(line.toString()) as Omit<Started, 'process'>), process: child, exited }
}

describe('the process', () => {
  it('tells where it is, and ends when told to, with open connections too', async () => {
    const server = await start(await makeFolder())
    expect(server.origin).toBe(`http://localhost:${server.port}`)
    expect(server.setupUrl).toMatch(/\/setup#[\w-]{43}$/)
    const idle = connect(server.port, '127.0.0.1')
    idle.on('error', () => undefined)
    await once(idle, 'connect')
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200) // kept alive by this side
    server.process.kill('SIGTERM')
    expect((await server.exited)[0]).toBe(0)
    await expect(fetch(`${server.origin}/healthz`)).rejects.toThrow(/fetch failed/)
    idle.destroy()
  })

  it('says in one line why it does not start, and leaves nothing behind that stops the next start', async () => {
    const folder = await makeFolder()
    const server = await start(await makeFolder())
    const taken = run(folder, { VASISTAS_PORT: String(server.port) })
    expect((await taken.exited)[0]).toBe(1)
    await eventually(() => expect(taken.errors()).toMatch(/^vasistas: .*EADDRINUSE.*$/m))
    const open = run(folder, { VASISTAS_HOST: '0.0.0.0' })
    expect((await open.exited)[0]).toBe(1)
    await eventually(() =>
      expect(open.errors()).toMatch(/^vasistas: 0\.0\.0\.0 is not loopback.*--allow-plain-http.*\n$/),
    )
    const next = await start(folder)
    for (const { process: child } of [server, next]) child.kill('SIGTERM')
    expect([(await server.exited)[0], (await next.exited)[0]]).toEqual([0, 0])
  })
})
