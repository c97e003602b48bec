import { readProcessConfig } from './config/config.ts'
import { startServer } from './startServer.ts'

/** The bare process: settings from the environment, the address as one line of JSON, an end that loses nothing. */
const DRAIN_MS = 20_000

try {
  const server = await startServer(readProcessConfig())
  const { origin, port, setupUrl = null } = server
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(server))
  process.stdout.write(JSON.stringify({ origin, port, setupUrl }) + '\n')
} catch (error) {
  process.stderr.write(`vasistas: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function end(server: { close(): Promise<void> }): Promise<void> {
  setTimeout(() => process.exit(1), DRAIN_MS).unref()
  await server.close()
  process.exit(0)
}
