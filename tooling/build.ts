import { resolve } from 'node:path'
import { buildAll } from './build/buildAll.ts'

/** `npm run build`: what browsers download. Servers and tools run from their sources. `--all` builds also what is up to date. */
const root = resolve(import.meta.dirname, '..')
const isBuilt = await buildAll(root, { onlyStale: !process.argv.includes('--all') }, (line) => console.log(line))
process.exitCode = isBuilt ? 0 : 1
