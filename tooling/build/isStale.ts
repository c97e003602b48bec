import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Whether something must be built: its result is missing, or a source is newer. Folders called dist and node_modules do not count. */
export function isStale(result: string, sources: readonly string[]): boolean {
  if (!existsSync(result)) return true
  const builtAt = statSync(result).mtimeMs
  return sources.some((source) => newestChange(source) > builtAt)
}

function newestChange(path: string): number {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  const entries = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules' && name !== 'test')
  return Math.max(0, ...entries.map((name) => newestChange(join(path, name))))
}
