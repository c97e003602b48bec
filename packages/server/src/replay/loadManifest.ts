import type { Manifest } from '@vasistas/wire/api'
import type { RecordingRow, RecordingStore } from '../store/recordingStore.ts'
import type { SiteStore } from '../store/siteStore.ts'
import { createManifest } from './replayManifest.ts'

/** What there is of a recording at this moment; a live one has more with the next look. */
export async function loadManifest(recordings: RecordingStore, sites: SiteStore, row: RecordingRow): Promise<Manifest> {
  const [streams, batches, site] = await Promise.all([
    recordings.streams(row.id),
    recordings.batches(row.id),
    sites.find(row.site_id),
  ])
  const assetPrefix = site?.settings.keepAssets ? `/api/recordings/${row.recording}/assets/` : null
  return createManifest({ recording: row.recording, streams, batches, assetPrefix })
}
