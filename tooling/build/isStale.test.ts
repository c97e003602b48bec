import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isStale } from './isStale.ts'

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vasistas-stale-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

function write(path: string, changedAtSeconds: number): string {
  writeFileSync(path, '')
  utimesSync(path, changedAtSeconds, changedAtSeconds)
  return path
}

describe('isStale', () => {
  it('builds what is missing', () => {
    const folder = aFolder()
    expect(isStale(join(folder, 'dist.js'), [write(join(folder, 'a.ts'), 10)])).toBe(true)
  })

  it('builds again when a source deep in a folder is newer', () => {
    const folder = aFolder()
    const result = write(join(folder, 'dist.js'), 20)
    mkdirSync(join(folder, 'src/deep'), { recursive: true })
    const source = write(join(folder, 'src/deep/a.ts'), 10)
    expect(isStale(result, [join(folder, 'src')])).toBe(false)
    write(source, 30)
    expect(isStale(result, [join(folder, 'src')])).toBe(true)
  })

  it('looks at no build result and no installed package', () => {
    const folder = aFolder()
    const result = write(join(folder, 'result.js'), 20)
    for (const name of ['dist', 'node_modules']) {
      mkdirSync(join(folder, 'package', name), { recursive: true })
      write(join(folder, 'package', name, 'a.js'), 30)
    }
    expect(isStale(result, [join(folder, 'package')])).toBe(false)
  })
})
