import type { RecordingDetail, RecordingState, RecordingSummary } from '@vasistas/wire/api'
import type { RecordingRow, RecordingStore } from '../store/recordingStore.ts'
import { visitorLabel } from '../store/visitorLabel.ts'

const QUIET_AFTER_MS = 5 * 60_000
const SEALED_AFTER_MS = 30 * 60_000

/** The one place where fields of a recording are chosen for the dashboard and the command line. */
export function presentRecording(row: RecordingRow, now: number): RecordingSummary {
  return {
    id: row.recording,
    siteId: row.site_id,
    state: recordingState(row.last_received_at, now),
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    activeMs: row.active_ms,
    visitor: visitorLabel(row.visitor_hash),
    visitorRecordings: row.visitor_recordings,
    country: row.country,
    device: row.device,
    browser: row.browser,
    os: row.os,
    viewport: { width: row.viewport_width, height: row.viewport_height },
    pages: row.pages,
    clicks: row.clicks,
    inputs: row.inputs,
    errors: row.errors,
    rageClicks: row.rage_clicks,
    entryPath: row.entry_path,
    exitPath: row.exit_path,
    referrer: row.referrer,
    watched: row.watched !== 0,
    hasGaps: row.has_gaps === 1,
    playable: row.is_playable === 1,
    expiresAt: row.expires_at,
  }
}

export async function presentDetail(store: RecordingStore, row: RecordingRow, now: number): Promise<RecordingDetail> {
  const [pageViews, watches] = await Promise.all([store.pageViews(row.id), store.watches(row.id)])
  return {
    ...presentRecording(row, now),
    pageViews,
    watches: watches.map(({ at, name, email }) => ({ at, agent: name || email })),
    bytes: row.bytes,
    batches: row.batches,
    quarantinedBatches: row.quarantined,
    poisonedBatches: row.poisoned,
    recorder: row.recorder,
  }
}

/** A question of time, not a stored state: right after a restart and on every node. */
function recordingState(lastReceivedAt: number, now: number): RecordingState {
  const silence = now - lastReceivedAt
  if (silence < QUIET_AFTER_MS) return 'live'
  return silence < SEALED_AFTER_MS ? 'quiet' : 'sealed'
}
