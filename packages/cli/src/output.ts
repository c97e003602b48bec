import type { Writable } from 'node:stream'

/** Where results go: one JSON value with `--json`, words and tables without; never both. */
export interface Output {
  /** The one result of the command. */
  result(value: unknown, text: string): void
  /** Something worth knowing that is not the result: standard error. */
  note(text: string): void
}

export function createOutput(isJson: boolean, stdout: Writable, stderr: Writable): Output {
  return {
    result: (value, text) => void stdout.write((isJson ? JSON.stringify(value, null, 2) : text) + '\n'),
    note: (text) => void stderr.write(text + '\n'),
  }
}

/** Columns as wide as their widest cell; two spaces between. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
