import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { Random } from '../random.ts'
import { createAssetFiles } from '../store/assetFiles.ts'
import { createAssetStore } from '../store/assetStore.ts'
import type { Store } from '../store/openStore.ts'
import { startAssetQueue } from './assetQueue.ts'
import { createAssetFetcher, resolveAddresses } from './fetchAsset.ts'
import { createPublicAddressCheck } from './publicAddress.ts'
import { createAssetWanter } from './wantAssets.ts'

export interface AssetDependencies {
  readonly config: Pick<Config, 'dataFolder' | 'allowPrivateAssets'>
  readonly store: Store
  readonly events: EventBus
  readonly clock: Clock
  readonly random: Random
  onError(error: unknown): void
}

/** Images and fonts that recordings show: wanted by the index, fetched in the background, kept sealed. */
export function startAssets({ config, store, events, clock, random, onError }: AssetDependencies) {
  const { meta, keys, ids, sites, format } = store
  const files = createAssetFiles(join(config.dataFolder, 'assets'))
  const assets = createAssetStore({ meta, keys, files, format, clock, random, ids })
  const isPublic = createPublicAddressCheck()
  const queue = startAssetQueue({
    assets,
    events,
    fetchAsset: createAssetFetcher({
      resolve: resolveAddresses,
      mayConnect: config.allowPrivateAssets ? () => true : isPublic,
    }),
    findOrigins: async (siteId) => {
      const site = await sites.find(siteId)
      return site?.settings.keepAssets ? site.origins : undefined
    },
    clock,
    onError,
  })
  return { assets, wantAssets: createAssetWanter(sites, assets), stop: () => queue.stop() }
}
