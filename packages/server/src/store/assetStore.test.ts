import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { createAssetFiles } from './assetFiles.ts'
import { createAssetStore } from './assetStore.ts'
import { openSharedStore } from './openStore.ts'

const SITE = 1
const URL_A = 'https://shop.example/a.png'
const URL_B = 'https://shop.example/b.png'
const anImage = (bytes: number, fill = 7) => ({ contentType: 'image/png', bytes: new Uint8Array(bytes).fill(fill) })

async function openAssets({ siteBytes = 1000 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-assets-'))
  const clock = createClock()
  const random = createRandom()
  const store = await openSharedStore({
    dataFolder: join(folder, 'data'),
    rootKeyFile: join(folder, 'root.key'),
    clock,
    random,
  })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })
  const files = join(folder, 'assets')
  const assets = createAssetStore({ ...store, files: createAssetFiles(files), clock, random, siteBytes })
  let moment = 0
  return {
    assets,
    meta: store.meta,
    /** A session of the site that shows these addresses. */
    async show(session: number, ...urls: string[]): Promise<void> {
      await store.meta.write(async (transaction) => {
        await transaction
          .insertInto('session')
          .values({
            id: session,
            recording: `r${session}`,
            site_id: SITE,
            visitor_id: 1,
            start_nonce: Uint8Array.of(session),
            started_at: 1,
            last_received_at: 1,
            expires_at: 1,
            retention_days: 1,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        await assets.want(transaction, SITE, session, urls)
      })
    },
    async keepAll(image = anImage(400)): Promise<void> {
      for (const wanted of await assets.listWanted(100)) {
        await assets.keep(wanted, image)
        // Kept one after the other, whatever the clock's grain.
        await store.meta.write((transaction) =>
          transaction.updateTable('asset').set({ used_at: ++moment }).where('id', '=', wanted.id).execute(),
        )
      }
    },
    filesOnDisk: () => readdir(join(files, String(SITE))).catch(() => []),
    bytesOnDisk: async () => {
      const names = await readdir(join(files, String(SITE)))
      return Buffer.concat(await Promise.all(names.map((name) => readFile(join(files, String(SITE), name)))))
    },
  }
}

describe('createAssetStore', () => {
  it('wants each address once, however many recordings show it', async () => {
    const { assets, show } = await openAssets()
    await show(1, URL_A, URL_B)
    await show(2, URL_A)
    expect((await assets.listWanted(10)).map(({ url }) => url).toSorted()).toEqual([URL_A, URL_B])
  })

  it('keeps bytes sealed and gives them back to a recording that shows them, and to no other', async () => {
    const { assets, show, keepAll, bytesOnDisk } = await openAssets()
    await show(1, URL_A)
    await show(2, URL_B)
    await keepAll(anImage(400))
    expect(await assets.open(1, URL_A)).toEqual(anImage(400))
    expect(await assets.open(1, URL_B)).toBeUndefined()
    expect(await assets.open(3, URL_A)).toBeUndefined()
    expect((await bytesOnDisk()).includes(Buffer.alloc(16, 7))).toBe(false)
  })

  it('makes room by letting the longest unused go, and wants it again when it is shown again', async () => {
    const { assets, show, keepAll, filesOnDisk } = await openAssets({ siteBytes: 1000 })
    await show(1, URL_A)
    await keepAll(anImage(400))
    await show(1, URL_B)
    await keepAll(anImage(400))
    await show(1, 'https://shop.example/c.png')
    await keepAll(anImage(400))
    expect(await assets.open(1, URL_A)).toBeUndefined()
    expect(await assets.open(1, URL_B)).toBeDefined()
    expect(await filesOnDisk()).toHaveLength(2)
    await show(2, URL_A)
    expect((await assets.listWanted(10)).map(({ url }) => url)).toEqual([URL_A])
  })

  it('lets go of what no recording shows any more, on disk too', async () => {
    const { assets, meta, show, keepAll, filesOnDisk } = await openAssets()
    await show(1, URL_A, URL_B)
    await show(2, URL_B)
    await keepAll(anImage(100))
    await meta.write((transaction) => transaction.deleteFrom('asset_reference').where('session_id', '=', 1).execute())
    expect(await assets.dropUnreferenced()).toBe(1)
    expect(await filesOnDisk()).toHaveLength(1)
    expect(await assets.open(2, URL_B)).toBeDefined()
  })

  it('leaves nothing on disk of what was erased while it was fetched', async () => {
    const { assets, meta, show, filesOnDisk } = await openAssets()
    await show(1, URL_A)
    const [wanted] = await assets.listWanted(10)
    await meta.write((transaction) => transaction.deleteFrom('asset_reference').where('session_id', '=', 1).execute())
    expect(await assets.dropUnreferenced()).toBe(1)
    await assets.keep(wanted!, anImage(100))
    expect(await filesOnDisk()).toEqual([])
  })

  it('tries again when asked to, and else never', async () => {
    const { assets, show } = await openAssets()
    await show(1, URL_A, URL_B)
    const [first, second] = await assets.listWanted(10)
    await assets.refuse(first!, 'unreachable', 1)
    await assets.refuse(second!, 'type', undefined)
    expect(await assets.listWanted(10)).toMatchObject([{ url: first!.url, attempts: 1 }])
    await show(2, second!.url)
    expect(await assets.listWanted(10)).toHaveLength(1)
  })

  it('takes no more addresses than a recording may name', async () => {
    const { assets, meta, show } = await openAssets()
    for (let from = 0; from < 1400; from += 200) {
      await show(1, ...Array.from({ length: 200 }, (_, index) => `https://shop.example/${from + index}.png`))
    }
    const { count } = await meta.read
      .selectFrom('asset_reference')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(1000)
    expect(await assets.listWanted(5000)).toHaveLength(1000)
  })
})
