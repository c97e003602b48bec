import { describe, expect, it } from 'vitest'
import { countResults } from './countResults.ts'

const report = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: 'failed', name: 'a.test.ts', assertionResults: [{}] }],
}

describe('countResults', () => {
  it('takes passed and failed tests as they are', () => {
    expect(countResults(report)).toEqual({ passed: 3, failed: 1, remarks: [] })
  })

  it('counts skipped and planned tests as failed', () => {
    expect(countResults({ ...report, numPendingTests: 1, numTodoTests: 1 })).toMatchObject({ failed: 3 })
  })

  it('counts a file that did not load as failed and names it', () => {
    const broken = { status: 'failed', name: 'b.test.ts', assertionResults: [] }
    const results = countResults({ ...report, testResults: [...report.testResults, broken] })
    expect(results).toEqual({ passed: 3, failed: 2, remarks: ['did not load: b.test.ts'] })
  })

  it('counts a run without a report as failed', () => {
    expect(countResults(undefined)).toMatchObject({ passed: 0, failed: 1 })
  })
})
