import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Sealed images and fonts, one file each, so that making room and erasing free the disk at once. */
export interface AssetFiles {
  /** Whole or not at all. Not synchronized: what a power cut takes is fetched again. */
  write(site: number, asset: number, sealed: Uint8Array): Promise<void>
  /** Nothing when it is not there. */
  read(site: number, asset: number): Promise<Uint8Array | undefined>
  remove(site: number, asset: number): Promise<void>
}

export function createAssetFiles(folder: string): AssetFiles {
  const fileOf = (site: number, asset: number) => join(folder, String(site), String(asset))
  return {
    async write(site, asset, sealed) {
      await mkdir(join(folder, String(site)), { recursive: true, mode: 0o700 })
      const draft = `${fileOf(site, asset)}.new`
      await writeFile(draft, sealed, { mode: 0o600 })
      await rename(draft, fileOf(site, asset))
    },
    async read(site, asset) {
      try {
        return await readFile(fileOf(site, asset))
      } catch (failure) {
        if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw failure
      }
    },
    remove: (site, asset) => rm(fileOf(site, asset), { force: true }),
  }
}
