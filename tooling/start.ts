import { resolve } from 'node:path'
import { buildAll } from './build/buildAll.ts'
import { explainStartFailure } from './start/explainStartFailure.ts'
import { readStartOptions } from './start/readStartOptions.ts'
import { startDemo } from './start/startDemo.ts'

/** `npm start`: builds what is missing, serves the dashboard and the demo shop, and says where they are. */
const root = resolve(import.meta.dirname, '..')
const print = (line: string) => console.log(line)

try {
  const { config, shopPort } = readStartOptions(process.argv.slice(2), process.env)
  if (!(await buildAll(root, { onlyStale: true }, print))) process.exit(1)
  const demo = await startDemo(config, shopPort)
  print('')
  print(`  Dashboard   ${demo.dashboardUrl}`)
  print(`  Demo shop   ${demo.shopUrl}`)
  if (demo.setupUrl !== undefined) {
    print('')
    print('  Make your account (this link works once):')
    print(`  ${demo.setupUrl}`)
  }
  print('')
  print(`  Data is in ${config.dataFolder}, its root key in ${config.rootKeyFile}. Ctrl-C stops both.`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().then(() => process.exit(0)))
  }
} catch (error) {
  console.error(`vasistas: ${explainStartFailure(error)}`)
  process.exit(1)
}
