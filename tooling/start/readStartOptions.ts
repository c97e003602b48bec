import { parseArgs } from 'node:util'
import { readConfig, type Config } from '@vasistas/server'

export interface StartOptions {
  readonly config: Config
  readonly shopPort: number
}

const SHOP_PORT = 4301

/** `npm start -- --port 4300 --data ./data --shop-port 4301`. The shop's images lie on this machine, so the server may fetch them there. */
export function readStartOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: 'string' }, data: { type: 'string' }, 'shop-port': { type: 'string' } },
  })
  const config = readConfig(environment, {
    allowPrivateAssets: true,
    ...(environment['VASISTAS_LOG_LEVEL'] === undefined && { logLevel: 'warn' as const }),
    ...(values.port !== undefined && { port: Number(values.port) }),
    ...(values.data !== undefined && { dataFolder: values.data }),
  })
  return { config, shopPort: Number(values['shop-port'] ?? SHOP_PORT) }
}
