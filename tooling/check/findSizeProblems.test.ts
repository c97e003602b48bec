import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findSizeProblems, listSizes } from './findSizeProblems.ts'

const BUDGETS = [
  { file: /^v\.js$/, brotliBytes: 100 },
  { file: /^recorder\.[\w-]+\.js$/, brotliBytes: 200 },
]
const size = (file: string, brotliBytes: number) => ({ file, brotliBytes, rawBytes: brotliBytes * 3 })

describe('findSizeProblems', () => {
  it('has nothing to say about files within their budgets', () => {
    expect(findSizeProblems([size('v.js', 100), size('recorder.a1B_-.js', 200)], BUDGETS)).toEqual([])
  })

  it('names the file that is too big and by how much', () => {
    expect(findSizeProblems([size('v.js', 101), size('recorder.a.js', 1)], BUDGETS)).toEqual([
      'v.js is 101 bytes after brotli, 1 over its budget',
    ])
  })

  it('refuses a script that nobody gave a budget and a budget without a script', () => {
    expect(findSizeProblems([size('v.js', 1), size('surprise.js', 1)], BUDGETS)).toEqual([
      'surprise.js has no budget',
      'nothing built matches ^recorder\\.[\\w-]+\\.js$',
    ])
  })
})

describe('listSizes', () => {
  it('measures scripts raw and after brotli, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vasistas-sizes-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'v.js'), 'x'.repeat(1000))
    writeFileSync(join(folder, 'manifest.json'), '{}')
    const [only, ...others] = listSizes(folder)
    expect(others).toEqual([])
    expect(only).toMatchObject({ file: 'v.js', rawBytes: 1000 })
    expect(only?.brotliBytes).toBeLessThan(100)
  })

  it('is empty when nothing is built', () => {
    expect(listSizes(join(tmpdir(), 'vasistas-never-built'))).toEqual([])
  })
})
