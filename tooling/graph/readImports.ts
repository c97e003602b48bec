import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'
import { ResolverFactory } from 'oxc-resolver'

export interface Import {
  /** Paths from the root; a built-in module of Node is `node:name`. */
  readonly from: string
  /** Nothing: it resolves to no file. */
  readonly to: string | undefined
  readonly specifier: string
  readonly written: 'static' | 'dynamic'
}

/** Every import, re-export and import() of the files, type-only ones included. Throws on a file that does not parse. */
export function readImports(root: string, files: readonly string[]): readonly Import[] {
  const resolver = new ResolverFactory({
    conditionNames: ['import', 'types', 'node', 'default'],
    extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
  })
  const find = (from: string, specifier: string): string | undefined => {
    if (isBuiltin(specifier)) return specifier.startsWith('node:') ? specifier : `node:${specifier}`
    // `file.css?raw`: what follows the question mark tells the bundler how, not where.
    const { path } = resolver.sync(dirname(join(root, from)), specifier.replace(/\?(?:raw|url|worker|inline)$/, ''))
    return path === undefined ? undefined : relative(root, path)
  }
  return files.flatMap((from) =>
    readSpecifiers(join(root, from)).map((found) => ({ ...found, from, to: find(from, found.specifier) })),
  )
}

function readSpecifiers(path: string): readonly Pick<Import, 'specifier' | 'written'>[] {
  const { module, errors } = parseSync(path, readFileSync(path, 'utf8'))
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message ?? ''}`)
  const exportsFrom = module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest))
  const named = [...module.staticImports.map(({ moduleRequest }) => moduleRequest), ...exportsFrom]
  return [
    ...named.flatMap((request) => (request ? [{ specifier: request.value, written: 'static' as const }] : [])),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^(['"])([^'"]+)\1$/.exec(readRange(path, moduleRequest.start, moduleRequest.end))
      return literal?.[2] === undefined ? [] : [{ specifier: literal[2], written: 'dynamic' as const }]
    }),
  ]
}

function readRange(path: string, start: number, end: number): string {
  return readFileSync(path, 'utf8').slice(start, end)
}
