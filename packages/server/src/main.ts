import { readProcessConfig } from './config/config.ts'
import { startServer } from './startServer.ts'

/** The bare process: settings from the environment, the address as one line of JSON, an end that loses nothing. */
const DRAIN_MS = 20_000

const server = await startServer(readProcessConfig())
process.stdout.write(
  JSON.stringify({ origin: server.origin, port: server.port, setupUrl: server.setupUrl ?? null }) + '\n',
)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    void server.close().then(() => process.exit(0))
  })
}
