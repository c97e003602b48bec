import { describe, expect, it } from 'vitest'
import { runChecks } from './runChecks.ts'

const check = (name: string, ok: boolean, output = '') => ({ name, run: () => Promise.resolve({ ok, output }) })

describe('runChecks', () => {
  it('goes on after a failure and names what failed', async () => {
    const lines: string[] = []
    const summary = await runChecks(
      [check('format', false, 'a.ts is not formatted\n'), check('types', true, '1 file')],
      () => 0,
      (line) => lines.push(line),
    )
    expect(summary).toEqual({ passed: 1, failed: ['format'] })
    expect(lines).toEqual(['FAILED format (0.0 s)', '       a.ts is not formatted', 'ok     types (0.0 s) 1 file'])
  })

  it('takes a check that throws for one that failed', async () => {
    const broken = { name: 'graph', run: () => Promise.reject(new Error('does not parse')) }
    const lines: string[] = []
    const summary = await runChecks(
      [broken, check('types', true)],
      () => 0,
      (line) => lines.push(line),
    )
    expect(summary).toEqual({ passed: 1, failed: ['graph'] })
    expect(lines.join()).toContain('does not parse')
  })

  it('shortens what is too long to read', async () => {
    const lines: string[] = []
    const long = Array.from({ length: 100 }, (_, index) => `problem ${index}`).join('\n')
    await runChecks(
      [check('lint', false, long)],
      () => 0,
      (line) => lines.push(line),
    )
    expect(lines).toHaveLength(62)
    expect(lines.at(-1)).toContain('40 lines more')
  })
})
