import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkGraph } from '../graph/checkGraph.ts'
import { findLicenceProblems } from './findLicenceProblems.ts'
import { findSizeProblems, listSizes, SIZE_BUDGETS } from './findSizeProblems.ts'
import { runProgram } from './runProgram.ts'

export interface CheckVerdict {
  readonly ok: boolean
  /** What to read: problems when not ok, a figure or a note otherwise. */
  readonly output: string
}

export interface Check {
  readonly name: string
  run(): Promise<CheckVerdict>
}

const SOURCE_FOLDERS = ['packages', 'tooling', 'bench', 'e2e', 'examples']

/** Every check of `npm run check`, in the order of cheapness. */
export function listChecks(root: string): readonly Check[] {
  return [
    { name: 'licences', run: async () => fromProblems(findLicenceProblems(readLock(root))) },
    { name: 'format', run: () => runProgram(root, 'prettier', ['--check', '--log-level', 'warn', '.']) },
    { name: 'lint', run: () => runProgram(root, 'oxlint', ['--format', 'unix']) },
    { name: 'graph', run: async () => fromProblems(checkGraph(root, SOURCE_FOLDERS)) },
    { name: 'dead code', run: () => runProgram(root, 'knip', ['--no-progress']) },
    { name: 'sizes', run: async () => checkSizes(join(root, 'packages/embed/dist')) },
    ...listProjects(root).map((project) => ({
      name: `types ${project}`,
      run: () => runProgram(root, 'tsc', ['-p', project, '--pretty', 'false']),
    })),
  ]
}

function listProjects(root: string): readonly string[] {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`)
  return [...packages.filter((path) => hasSources(join(root, path))), 'tsconfig.tests.json']
}

/** A package that nobody began yet has nothing to compile, which tsc calls an error. */
function hasSources(path: string): boolean {
  return existsSync(join(path, 'tsconfig.json')) && existsSync(join(path, 'src'))
}

function readLock(root: string): Parameters<typeof findLicenceProblems>[0] {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Parameters<typeof findLicenceProblems>[0]
}

function checkSizes(folder: string): CheckVerdict {
  const sizes = listSizes(folder)
  if (sizes.length === 0) return { ok: true, output: 'nothing built yet: npm run build, then check again' }
  const problems = findSizeProblems(sizes, SIZE_BUDGETS)
  if (problems.length > 0) return fromProblems(problems)
  return { ok: true, output: sizes.map(({ file, brotliBytes }) => `${file} ${brotliBytes} B`).join(', ') }
}

function fromProblems(problems: readonly string[]): CheckVerdict {
  return { ok: problems.length === 0, output: problems.join('\n') }
}
