import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { findCycles } from './findCycles.ts'
import { listGraphRules, type GraphRule } from './graphRules.ts'
import { readImports, type Import } from './readImports.ts'

/** Who imports whom in the folders, held against the rules: one line for each violation. */
export function checkGraph(root: string, folders: readonly string[]): readonly string[] {
  const files = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: isForeign }))
  const imports = readImports(root, files)
  return [
    ...imports
      .filter(({ to }) => to === undefined)
      .map(({ from, specifier }) => `every import resolves: ${from} -> ${specifier}`),
    ...findCycles(edgesOf(imports)).map((cycle) => `no cycles, type-only ones included: ${cycle.join(' -> ')}`),
    ...listGraphRules().flatMap((rule) =>
      imports.filter((found) => isAgainst(rule, found)).map(({ from, to }) => `${rule.name}: ${from} -> ${to ?? ''}`),
    ),
  ]
}

const isForeign = (path: string) => /(?:^|\/)(?:node_modules|dist|data)(?:\/|$)/.test(path)

function edgesOf(imports: readonly Import[]): Map<string, readonly string[]> {
  const edges = new Map<string, string[]>()
  for (const { from, to } of imports) {
    if (to === undefined || to.startsWith('node:') || isForeign(to)) continue
    edges.set(from, [...(edges.get(from) ?? []), to])
  }
  return edges
}

function isAgainst({ from, to }: GraphRule, found: Import): boolean {
  if (found.to === undefined) return false
  const source = new RegExp(from.path).exec(found.from)
  if (!source || matchesAny(from.pathNot, found.from)) return false
  if (to.written === 'static' && found.written !== 'static') return false
  if (to.written === 'by-file' && !found.specifier.startsWith('.')) return false
  const fill = (pattern: string) => pattern.replaceAll('$1', source[1] ?? '')
  return matchesAny(to.path.map(fill), found.to) && !matchesAny(to.pathNot?.map(fill), found.to)
}

function matchesAny(patterns: readonly string[] | undefined, path: string): boolean {
  return patterns?.some((pattern) => new RegExp(pattern).test(path)) ?? false
}
