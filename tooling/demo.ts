import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { driveVisitors } from '@vasistas/example-shop/visitors'
import { buildAll } from './build/buildAll.ts'
import { ensureDemoAccount } from './start/ensureDemoAccount.ts'
import { explainStartFailure } from './start/explainStartFailure.ts'
import { readStartOptions } from './start/readStartOptions.ts'
import { startDemo } from './start/startDemo.ts'

/**
 * `npm run demo`: an account, the demo shop, and seven visitors in a real Chromium; then it serves like `npm start`, with
 * recordings to watch. `--leave` ends when the visitors have left. A server that runs already must be stopped first.
 */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const root = resolve(import.meta.dirname, '..')
const print = (line: string) => console.log(line)

try {
  const args = process.argv.slice(2)
  const { config, shopPort } = readStartOptions(
    args.filter((word) => word !== '--leave'),
    process.env,
  )
  const executablePath = process.env['VASISTAS_CHROMIUM'] ?? CHROMIUM.find((path) => existsSync(path))
  if (executablePath === undefined) {
    throw new Error(
      'the visitors need Chromium: on Debian `apt-get install chromium`, elsewhere set VASISTAS_CHROMIUM to its path',
    )
  }
  if (!(await buildAll(root, { onlyStale: true }, print))) process.exit(1)
  const account = await ensureDemoAccount(config)
  const demo = await startDemo(config, shopPort)
  print(`Visitors walk through ${demo.shopUrl} …`)
  await driveVisitors({ shopOrigin: demo.shopUrl, executablePath, log: (line) => print(`  ${line}`) })
  print('')
  print(`  Dashboard   ${demo.dashboardUrl}`)
  if (account) {
    print(`  E-mail      ${account.email}`)
    print(`  Password    ${account.password}`)
  }
  if (args.includes('--leave')) {
    await demo.close()
    process.exit(0)
  }
  print('')
  print('  Ctrl-C stops it.')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().then(() => process.exit(0)))
  }
} catch (error) {
  console.error(`vasistas: ${explainStartFailure(error)}`)
  process.exit(1)
}
