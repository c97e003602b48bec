import { describe, expect, it } from 'vitest'
import { appError } from './appError.ts'
import { ERROR_CATALOGUE } from './errorCatalogue.ts'

const INTRODUCTION = `# Errors

Every error of the server is answered as \`application/problem+json\` (RFC 9457): \`{code, status, title, details?}\`. Codes are
permanent; titles are for people and may change. The dashboard shows its own words by code.

This file is made from \`packages/server/src/errors/errorCatalogue.ts\` and a test keeps the two equal: after a change there, run
\`npx vitest run --project node packages/server/src/errors -u\`.
`

describe('the error catalogue', () => {
  it('is what docs/ERRORS.md says', async () => {
    const sections = Object.entries(ERROR_CATALOGUE).map(
      ([code, { status, title, cure }]) => `## ${code}\n\n**${status}** ${title}\n\n${cure}\n`,
    )
    await expect([INTRODUCTION, ...sections].join('\n')).toMatchFileSnapshot('../../../../docs/ERRORS.md')
  })

  it('has permanent codes, statuses of errors, and whole sentences', () => {
    for (const [code, { status, title, cure }] of Object.entries(ERROR_CATALOGUE)) {
      expect(code).toMatch(/^[A-Z][A-Z_]+[A-Z]$/)
      expect(status).toSatisfy((value: number) => value >= 400 && value < 600)
      expect([code, title, cure]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/), expect.stringMatching(/\.$/)])
    }
  })

  it('gives an error its status and words, and keeps its cause', () => {
    const cause = new Error('the disk')
    const error = appError('BUSY', { max: 1 }, { cause, retryAfterSeconds: 7 })
    expect(error).toMatchObject({
      code: 'BUSY',
      message: 'The server is busy.',
      details: { max: 1 },
      cause,
      retryAfterSeconds: 7,
    })
  })
})
