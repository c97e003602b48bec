import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createRandom } from '../random.ts'
import { openKeyStore, type KeyStore } from './keyStore.ts'
import { openRootKey } from './rootKey.ts'

const DAY = 86_400_000
const random = createRandom()

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-keys-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function openKeys(folder: string, clock = aClock(), rootKeyFile = join(folder, 'root.key')): Promise<KeyStore> {
  const rootKey = await openRootKey(rootKeyFile, random, { mayCreate: true })
  return openKeyStore({ file: join(folder, 'keys.db'), rootKey, clock, random })
}

const aClock = (start = 1_795_000_000_000) => {
  let now = start
  return { now: () => now, mono: () => now, advance: (ms: number) => void (now += ms) }
}

describe('openRootKey', () => {
  it('makes a key that only its owner reads, and reads the same one again', async () => {
    const file = join(await aFolder(), 'deep', 'root.key')
    const made = await openRootKey(file, random, { mayCreate: true })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await openRootKey(file, random, { mayCreate: false })).secret.equals(made.secret)).toBe(true)
  })

  it('makes none where there should be one', async () => {
    const file = join(await aFolder(), 'root.key')
    await expect(openRootKey(file, random, { mayCreate: false })).rejects.toThrow(/missing/)
  })

  it('refuses a file that others may read, and one that holds no key', async () => {
    const file = join(await aFolder(), 'root.key')
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600 })
    await chmod(file, 0o640)
    await expect(openRootKey(file, random, { mayCreate: true })).rejects.toThrow(/others/)
    await chmod(file, 0o600)
    await writeFile(file, 'short')
    await expect(openRootKey(file, random, { mayCreate: true })).rejects.toThrow(/no key/)
  })

  it('derives another secret for every use', async () => {
    const key = await openRootKey(join(await aFolder(), 'root.key'), random, { mayCreate: true })
    expect(key.derive('one').equals(key.derive('one'))).toBe(true)
    expect(key.derive('one').equals(key.derive('two'))).toBe(false)
  })
})

describe('openKeyStore', () => {
  it('finds a key after a restart, and tells an unknown one from a shredded one', async () => {
    const folder = await aFolder()
    const first = await openKeys(folder)
    const key = await first.create('session', 7, 1)
    await first.create('session', 8, 1)
    expect(await first.shred('session', [8, 9])).toBe(1)
    await first.close()
    const again = await openKeys(folder)
    const found = await again.find('session', 7)
    expect(found.status === 'found' && found.key.secret.equals(key.secret)).toBe(true)
    expect((await again.find('session', 8)).status).toBe('shredded')
    expect((await again.find('session', 9)).status).toBe('unknown')
    expect((await again.find('site', 7)).status).toBe('unknown')
    await again.close()
  })

  it('forgets a shredded key at once, also from memory', async () => {
    const keys = await openKeys(await aFolder())
    await keys.create('session', 7, 1)
    expect((await keys.find('session', 7)).status).toBe('found')
    await keys.shred('session', [7])
    expect((await keys.find('session', 7)).status).toBe('shredded')
    await expect(keys.create('session', 7, 1)).rejects.toThrow(/UNIQUE/)
    await keys.close()
  })

  it('refuses to open with another root key', async () => {
    const folder = await aFolder()
    const keys = await openKeys(folder)
    await keys.create('session', 7, 1)
    await keys.close()
    await expect(openKeys(folder, aClock(), join(folder, 'other.key'))).rejects.toThrow(/not the one/)
  })

  it('keeps no key in clear', async () => {
    const folder = await aFolder()
    const keys = await openKeys(folder)
    const { secret } = await keys.create('session', 7, 1)
    await keys.close()
    expect((await readFile(join(folder, 'keys.db'))).includes(secret.export())).toBe(false)
  })

  it('leaves nothing of a shredded key in its file', async () => {
    const folder = await aFolder()
    const keys = await openKeys(folder)
    const { keyId } = await keys.create('session', 7, 1)
    const before = await readFile(join(folder, 'keys.db-wal'))
    const at = before.indexOf(keyId)
    const wrapped = before.subarray(at + 20, at + 60)
    expect(at).toBeGreaterThan(0)
    await keys.shred('session', [7])
    expect((await readFile(join(folder, 'keys.db'))).includes(wrapped)).toBe(false)
    expect((await stat(join(folder, 'keys.db-wal'))).size).toBe(0)
    await keys.close()
  })

  it('wraps what lives anew each day, and destroys epoch keys after a week', async () => {
    const folder = await aFolder()
    const clock = aClock()
    const keys = await openKeys(folder, clock)
    const { secret } = await keys.create('session', 7, 1)
    const old = await readFile(join(folder, 'keys.db-wal'))
    clock.advance(8 * DAY)
    expect(await keys.rewrapEpochs()).toEqual({ rewrapped: 1, destroyed: 1 })
    expect(await keys.rewrapEpochs()).toEqual({ rewrapped: 0, destroyed: 0 })
    const found = await keys.findNow('session', 7)
    expect(found.status === 'found' && found.key.secret.equals(secret)).toBe(true)
    await keys.close()
    // A copy of the row from before the week is worth nothing: what it was wrapped with is gone from the file.
    const now = await readFile(join(folder, 'keys.db'))
    const at = old.indexOf('session')
    expect(now.includes(old.subarray(at + 30, at + 80))).toBe(false)
  })
})
