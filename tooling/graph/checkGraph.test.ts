import { describe, expect, it } from 'vitest'
import { checkGraph } from './checkGraph.ts'
import { createTemporaryWorkspace } from './temporaryWorkspace.ts'

const WIRE = {
  'packages/wire/src/core/index.ts': 'export const one = 1; export type Id = string',
  'packages/wire/src/recording/index.ts': "export { one } from '../core/index.ts'",
}

function violationsOf(files: Record<string, string>): readonly string[] {
  using workspace = createTemporaryWorkspace({ ...WIRE, ...files })
  return checkGraph(workspace.root, ['packages'])
}

describe('checkGraph', () => {
  it('accepts what the tables allow', () => {
    expect(
      violationsOf({
        'packages/privacy/src/index.ts': "export { one } from '@vasistas/wire/core'",
        'packages/recorder/src/contentGate.ts': "import { one } from '@vasistas/privacy'; export const two = one + 1",
        'packages/server/src/store/keys.ts': "import { DatabaseSync } from 'node:sqlite'; export type D = DatabaseSync",
        'packages/server/src/ingest/ingest.ts': "import type { D } from '../store/keys.ts'; export type E = D",
        'packages/recorder/src/index.ts': 'export const x = 1',
        'packages/embed/src/index.ts': "export const load = () => import('@vasistas/recorder')",
      }),
    ).toEqual([])
  })

  it.each([
    [
      'a subpath that the package may not use',
      'packages/privacy/src/a.ts',
      "import { one } from '@vasistas/wire/recording'; export { one }",
    ],
    [
      'a type from a package it may not use',
      'packages/privacy/src/a.ts',
      "import type { X } from '@vasistas/server'; export type Y = X",
    ],
    ['another package by file', 'packages/server/src/app.ts', "export { one } from '../../wire/src/core/index.ts'"],
    ['a stage that it may not use', 'packages/server/src/ingest/a.ts', "export { run } from '../replay/run.ts'"],
    [
      'a type of a stage that it may not use',
      'packages/server/src/store/a.ts',
      "export type { Run } from '../replay/run.ts'",
    ],
    ['the recorder other than by import()', 'packages/embed/src/a.ts', "export { x } from '@vasistas/recorder'"],
    [
      'SQL outside the store',
      'packages/server/src/api/a.ts',
      "import { DatabaseSync } from 'node:sqlite'; export { DatabaseSync }",
    ],
    [
      'the disk outside the store',
      'packages/server/src/ingest/a.ts',
      "import { readFile } from 'node:fs/promises'; export { readFile }",
    ],
    ['something that does not exist', 'packages/server/src/api/a.ts', "export { gone } from './gone.ts'"],
    [
      'the privacy engine past the gate',
      'packages/recorder/src/track/a.ts',
      "export { mask } from '@vasistas/privacy'",
    ],
    ['another feature', 'packages/dashboard/src/features/sites/a.tsx', "export { run } from '../replay/run.tsx'"],
    ['a test', 'packages/server/src/api/a.ts', "export { check } from './b.test.ts'"],
  ])('refuses %s', (_, path, source) => {
    const found = violationsOf({
      'packages/server/src/index.ts': 'export interface X { readonly a: 1 }',
      'packages/server/src/replay/run.ts': 'export const run = 1; export type Run = number',
      'packages/server/src/api/b.test.ts': 'export const check = 1',
      'packages/recorder/src/index.ts': 'export const x = 1',
      'packages/privacy/src/index.ts': 'export const mask = 1',
      'packages/dashboard/src/features/replay/run.tsx': 'export const run = 1',
      [path]: source,
    })
    expect(found.length).toBeGreaterThan(0)
    expect(found.every((line) => line.includes(path))).toBe(true)
  })

  it('counts a cycle that only types make', () => {
    const found = violationsOf({
      'packages/server/src/store/a.ts': "import type { B } from './b.ts'; export type A = { b?: B }",
      'packages/server/src/store/b.ts': "import type { A } from './a.ts'; export type B = { a?: A }",
    })
    expect(found.join()).toContain('no cycles')
  })
})
