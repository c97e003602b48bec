import type { KeyStore } from './keyStore.ts'
import type { DataKey } from './sealFrame.ts'

/** A site's key has no end of its own: it goes with the site. */
const NEVER = Number.MAX_SAFE_INTEGER

/** The key under which a site's images and fonts are sealed; made when the first one comes. */
export function createSiteKeys(keys: KeyStore) {
  const making = new Map<number, Promise<DataKey>>()

  async function findOrCreate(site: number): Promise<DataKey> {
    const lookup = await keys.find('site', site)
    if (lookup.status === 'shredded') throw new Error('the site was erased')
    return lookup.status === 'found' ? lookup.key : await keys.create('site', site, NEVER)
  }

  return {
    /** Rejects when the site was erased. */
    async getOrCreate(site: number): Promise<DataKey> {
      const running = making.get(site) ?? findOrCreate(site).finally(() => making.delete(site))
      making.set(site, running)
      return await running
    },
  }
}
