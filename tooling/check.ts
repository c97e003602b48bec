import { resolve } from 'node:path'
import { listChecks } from './check/listChecks.ts'
import { runChecks } from './check/runChecks.ts'

const root = resolve(import.meta.dirname, '..')
const { passed, failed } = await runChecks(listChecks(root), Date.now, (line) => console.log(line))
console.log(
  failed.length === 0
    ? `${passed} checks passed`
    : `${failed.length} of ${passed + failed.length} checks failed: ${failed.join(', ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
