/** The parts of vitest's JSON report that are counted. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly name: string
    readonly assertionResults: readonly unknown[]
  }[]
}

export interface Results {
  readonly passed: number
  readonly failed: number
  /** What the closing line does not say: skipped tests and files that did not load. */
  readonly remarks: readonly string[]
}

/** Nothing is skipped in silence: a skipped test and a file that did not load are failures. No report at all is one too. */
export function countResults(report: VitestReport | undefined): Results {
  if (!report) return { passed: 0, failed: 1, remarks: ['vitest ended without a report'] }
  const skipped = report.numPendingTests + report.numTodoTests
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + skipped + broken.length,
    remarks: [
      ...(skipped > 0 ? [`${skipped} tests were skipped: that counts as failed`] : []),
      ...broken.map(({ name }) => `did not load: ${name}`),
    ],
  }
}
