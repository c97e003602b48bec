import type { Check, CheckVerdict } from './listChecks.ts'

const LINES_SHOWN = 60

export interface ChecksSummary {
  readonly passed: number
  readonly failed: readonly string[]
}

/** Runs every check, also after one failed, and prints a line for each and the problems of those that failed. */
export async function runChecks(
  checks: readonly Check[],
  now: () => number,
  print: (line: string) => void,
): Promise<ChecksSummary> {
  const failed: string[] = []
  for (const check of checks) {
    const startedAt = now()
    const { ok, output } = await verdictOf(check)
    const seconds = ((now() - startedAt) / 1000).toFixed(1)
    print(`${ok ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)${ok && isShort(output) ? ` ${output.trim()}` : ''}`)
    if (ok) continue
    failed.push(check.name)
    for (const line of shorten(output)) print(`       ${line}`)
  }
  return { passed: checks.length - failed.length, failed }
}

/** A check that breaks has failed. */
async function verdictOf(check: Check): Promise<CheckVerdict> {
  try {
    return await check.run()
  } catch (error) {
    return { ok: false, output: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const isShort = (output: string) => output.trim() !== '' && !output.trim().includes('\n') && output.length < 200

function shorten(output: string): readonly string[] {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  if (lines.length <= LINES_SHOWN) return lines
  return [...lines.slice(0, LINES_SHOWN), `… and ${lines.length - LINES_SHOWN} lines more`]
}
