import { dirname, join } from 'node:path'
import { runProgram } from '../check/runProgram.ts'
import { compressFiles } from './compressFiles.ts'
import { isStale } from './isStale.ts'

interface Bundle {
  readonly name: string
  readonly script: string
  readonly result: string
  readonly sources: readonly string[]
}

/** What browsers download, in the order of dependence. */
const BUNDLES: readonly Bundle[] = [
  {
    name: 'loader and recorder',
    script: 'packages/embed/build.ts',
    result: 'packages/embed/dist/v.js',
    sources: ['packages/embed', 'packages/recorder', 'packages/browser-core', 'packages/privacy', 'packages/wire'],
  },
  {
    name: 'dashboard',
    script: 'packages/dashboard/build.ts',
    result: 'packages/dashboard/dist/index.html',
    sources: ['packages/dashboard', 'packages/player', 'packages/privacy', 'packages/wire'],
  },
]

/** False when a bundle could not be built; what the build said is printed then. */
export async function buildAll(
  root: string,
  { onlyStale }: { readonly onlyStale: boolean },
  print: (line: string) => void,
): Promise<boolean> {
  for (const { name, script, result, sources } of BUNDLES) {
    const isDue =
      !onlyStale ||
      isStale(
        join(root, result),
        sources.map((source) => join(root, source)),
      )
    if (!isDue) continue
    print(`building ${name} …`)
    const built = await runProgram(root, 'node', [script])
    if (!built.ok) {
      print(built.output)
      return false
    }
    await compressFiles(dirname(join(root, result)))
  }
  return true
}
