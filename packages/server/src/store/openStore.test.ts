import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createClock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { createIdSource } from './newId.ts'
import { openSharedStore, openStore, type StoreOptions } from './openStore.ts'
import { StoreInUseError } from './storeErrors.ts'

async function anInstallation(): Promise<StoreOptions> {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-store-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return {
    dataFolder: join(folder, 'data'),
    rootKeyFile: join(folder, 'root.key'),
    clock: createClock(),
    random: createRandom(),
  }
}

describe('openStore', () => {
  it('lets one process serve a folder, and the command line work beside it', async () => {
    const options = await anInstallation()
    const store = await openStore(options)
    await expect(openStore(options)).rejects.toThrow(StoreInUseError)
    const beside = await openSharedStore(options)
    await beside.meta.write((transaction) =>
      transaction.insertInto('account').values({ id: 1, name: 'a', created_at: 1 }).execute(),
    )
    const site = await beside.sites.create({ accountId: 1, name: 'Shop', origins: ['https://shop.example'] })
    await expect.poll(() => store.sites.find(site.id), { timeout: 5000 }).toMatchObject({ name: 'Shop' })
    await beside.close()
    await store.close()
    await (await openStore(options)).close()
  })

  it('lets nobody else read its files', async () => {
    const options = await anInstallation()
    const store = await openStore(options)
    expect((await stat(options.dataFolder)).mode & 0o777).toBe(0o700)
    const found = await readdir(options.dataFolder, { withFileTypes: true })
    const files = found.filter((entry) => entry.isFile()).map(({ name }) => name)
    const modes = await Promise.all(
      files.map(async (name) => (await stat(join(options.dataFolder, name))).mode & 0o777),
    )
    expect(new Set(modes)).toEqual(new Set([0o600]))
    await store.close()
  })

  it('does not make a new root key for keys that an old one wrapped', async () => {
    const options = await anInstallation()
    await (await openStore(options)).close()
    await rm(options.rootKeyFile)
    await expect(openStore(options)).rejects.toThrow(/missing/)
  })
})

describe('siteStore', () => {
  it('gives a site that chose nothing the careful settings, and changes only what is named', async () => {
    const store = await openSharedStore(await anInstallation())
    await store.meta.write((transaction) =>
      transaction.insertInto('account').values({ id: 1, name: 'a', created_at: 1 }).execute(),
    )
    const { id, settings } = await store.sites.create({ accountId: 1, name: 'Shop', origins: [] })
    expect(settings).toMatchObject({ recordFormInputs: false, level: 'balanced', retentionDays: 30 })
    await store.sites.update(id, { settings: { retentionDays: 7 } })
    const changed = await store.sites.update(id, { name: 'Doors', settings: { block: ['.secret'] } })
    expect(changed).toMatchObject({ name: 'Doors', settings: { retentionDays: 7, block: ['.secret'] } })
    await store.close()
  })
})

describe('createIdSource', () => {
  it('only goes up, also when the clock steps back, and stays a safe number', () => {
    let now = Date.UTC(2090, 0, 1)
    const ids = createIdSource({ now: () => now, mono: () => 0 }, createRandom())
    const made: number[] = []
    for (let count = 0; count < 10_000; count++) {
      if (count === 5000) now -= 3_600_000
      made.push(ids.next())
    }
    expect(made.every((id, index) => index === 0 || id > (made[index - 1] ?? 0))).toBe(true)
    expect(Number.isSafeInteger(made.at(-1))).toBe(true)
  })
})
