import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface TemporaryWorkspace extends Disposable {
  readonly root: string
}

const PACKAGE_FILE = {
  type: 'module',
  exports: { '.': './src/index.ts', './core': './src/core/index.ts', './recording': './src/recording/index.ts' },
}

/** A folder with `packages/*`, linked as npm workspaces link them; gone when disposed. */
export function createTemporaryWorkspace(files: Readonly<Record<string, string>>): TemporaryWorkspace {
  const root = mkdtempSync(join(tmpdir(), 'vasistas-graph-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(join(root, 'node_modules/@vasistas'), { recursive: true })
  for (const name of readdirSync(join(root, 'packages'))) {
    symlinkSync(join(root, 'packages', name), join(root, 'node_modules/@vasistas', name))
    writeFileSync(
      join(root, 'packages', name, 'package.json'),
      JSON.stringify({ name: `@vasistas/${name}`, ...PACKAGE_FILE }),
    )
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}
