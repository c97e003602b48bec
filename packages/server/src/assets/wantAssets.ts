import type { AssetStore } from '../store/assetStore.ts'
import type { Transaction } from '../store/metaStore.ts'
import type { SiteStore } from '../store/siteStore.ts'

/** Of what a batch shows, the images and fonts of the site's own origins are wanted; others never get into the database. */
export function createAssetWanter(sites: SiteStore, assets: AssetStore) {
  return async function wantAssets(
    transaction: Transaction,
    siteId: number,
    session: number,
    urls: readonly string[],
  ): Promise<void> {
    const origins = (await sites.find(siteId))?.origins ?? []
    const own = urls.filter((url) => origins.includes(URL.parse(url)?.origin ?? ''))
    if (own.length > 0) await assets.want(transaction, siteId, session, own)
  }
}
