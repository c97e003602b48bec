import { startServer } from '@vasistas/server'
import type { CommandContext } from '../command.types.ts'

/** Serves until a signal asks it to stop; what is under way is finished first. */
export async function serve({ config, output }: CommandContext): Promise<void> {
  const server = await startServer(config)
  const { origin, port, setupUrl } = server
  const setup = setupUrl === undefined ? '' : `\nCreate the first account here (the link works once): ${setupUrl}`
  output.result({ origin, port, setupUrl: setupUrl ?? null }, `Vasistas is at ${origin}${setup}`)
  await stopSignal()
  await server.close()
}

/** A signal before the server is up ends the process as it always does: nothing was taken in yet. */
function stopSignal(): Promise<void> {
  return new Promise((settle) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => settle())
  })
}
