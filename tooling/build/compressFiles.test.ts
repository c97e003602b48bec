import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { compressFiles } from './compressFiles.ts'

describe('compressFiles', () => {
  it('writes both forms beside every text that is worth it, in folders too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vasistas-compress-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await mkdir(join(folder, 'assets'))
    const script = 'let door = "window"; '.repeat(100)
    await writeFile(join(folder, 'assets/app.js'), script)
    await writeFile(join(folder, 'small.css'), 'a{}')
    await writeFile(join(folder, 'picture.png'), Buffer.alloc(2000))
    await compressFiles(folder)
    expect(await readdir(join(folder, 'assets'))).toEqual(['app.js', 'app.js.br', 'app.js.gz'])
    expect((await readdir(folder)).toSorted()).toEqual(['assets', 'picture.png', 'small.css'])
    expect(brotliDecompressSync(await readFile(join(folder, 'assets/app.js.br'))).toString()).toBe(script)
    expect(gunzipSync(await readFile(join(folder, 'assets/app.js.gz'))).toString()).toBe(script)
  })
})
