import { startApp } from './app.ts'
import { createClock, type Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import { createLogger, type Logger } from './observability/logger.ts'
import { createRandom, type Random } from './random.ts'

export interface RunningServer {
  /** The address browsers use, e.g. `http://localhost:4300`. */
  readonly origin: string
  readonly port: number
  /** Makes the first account, once; undefined when there is one. */
  readonly setupUrl: string | undefined
  /** Finishes what was taken in, then closes every file. Twice is harmless. */
  close(): Promise<void>
}

export interface ServerOverrides {
  readonly clock?: Clock
  readonly random?: Random
  readonly logger?: Logger
  /** The disk or database failed for good; outside tests the process ends, because only a new start can recover. */
  onFailed?(error: Error): void
}

/** Opens the data folder and serves until closed. Rejects with a reason when settings, certificate, port or folder are not usable. */
export async function startServer(config: Config, overrides: ServerOverrides = {}): Promise<RunningServer> {
  const logger = overrides.logger ?? createLogger(config.logLevel)
  let closing: Promise<void> | undefined
  const app = await startApp({
    config,
    logger,
    clock: overrides.clock ?? createClock(),
    random: overrides.random ?? createRandom(),
    onFailed:
      overrides.onFailed ??
      ((error) => {
        logger.fatal({ err: error }, 'the store failed: ending, so that the next start recovers')
        process.exit(1)
      }),
  })
  const { origin, port, setupUrl } = app
  return { origin, port, setupUrl, close: () => (closing ??= app.close()) }
}
