import { describe, expect, it } from 'vitest'
import { findLicenceProblems } from './findLicenceProblems.ts'

const problemsOf = (license: string | undefined, rest: object = {}) =>
  findLicenceProblems({ packages: { 'node_modules/thing': { ...(license !== undefined && { license }), ...rest } } })

describe('findLicenceProblems', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'MIT AND ISC'])('accepts %s', (license) => {
    expect(problemsOf(license)).toEqual([])
  })

  it.each(['AGPL-3.0', 'GPL-3.0 OR LGPL-3.0', 'MIT AND GPL-2.0', 'SEE LICENSE IN EULA'])('refuses %s', (license) => {
    expect(problemsOf(license)).toEqual([`thing: ${license}`])
  })

  it('refuses a package that says nothing', () => {
    expect(problemsOf(undefined)).toEqual(['thing: no licence given'])
  })

  it('asks nothing of development packages and of our own', () => {
    expect(problemsOf('GPL-3.0', { dev: true })).toEqual([])
    expect(problemsOf(undefined, { link: true })).toEqual([])
    expect(findLicenceProblems({ packages: { 'packages/wire': {} } })).toEqual([])
  })
})
