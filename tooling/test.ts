import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { listChecks } from './check/listChecks.ts'
import { runChecks } from './check/runChecks.ts'
import { runProgram } from './check/runProgram.ts'
import { countResults, type VitestReport } from './test/countResults.ts'
import { ensurePrograms, SYSTEM_PROGRAMS } from './test/ensurePrograms.ts'

/**
 * `npm test`: programs of the system, build, all checks, all tests; the last line is `N passed, N failed`. A missing
 * program, a failed check and a failed build each count as one failure, and everything after them runs all the same.
 */
const root = resolve(import.meta.dirname, '..')
const print = (line: string) => console.log(line)

const missing = await ensurePrograms(root, SYSTEM_PROGRAMS, print)
for (const line of missing) print(`FAILED ${line}`)

const build = await runProgram(root, 'node', ['tooling/build.ts'])
print(build.ok ? 'ok     build' : `FAILED build\n${build.output.split('\n').slice(-30).join('\n')}`)

const checks = await runChecks(listChecks(root), Date.now, print)
let passed = checks.passed + (build.ok ? 1 : 0)
let failed = checks.failed.length + missing.length + (build.ok ? 0 : 1)
// One kind after the other: browsers and servers of all kinds at once would only wait for each other on two cores.
for (const project of ['node', 'browser', 'scenario']) {
  const tests = countResults(await runVitest(project))
  for (const remark of tests.remarks) print(remark)
  print(`${project}: ${tests.passed} passed, ${tests.failed} failed`)
  passed += tests.passed
  failed += tests.failed
}
process.exitCode = failed === 0 ? 0 : 1
print(`${passed} passed, ${failed} failed`)

async function runVitest(project: string): Promise<VitestReport | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'vasistas-tests-'))
  const file = join(folder, 'report.json')
  try {
    await new Promise((resolvePromise) => {
      const args = [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        project,
        '--reporter=dot',
        '--reporter=json',
        `--outputFile=${file}`,
      ]
      const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
      child.on('close', resolvePromise)
      child.on('error', resolvePromise)
    })
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
