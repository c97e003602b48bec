/** One chapter of docs/BENCHMARKS.md. */
export interface BenchSection {
  readonly title: string
  /** Sentences before the table: how it was measured. */
  readonly notes: readonly string[]
  readonly table: string
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
