import type { PlacedRecordOf } from '../timeline/moment.types.ts'

/** What a player in the page did. Sound and film are not kept, so that only its state can be shown. */
export function applyMedia(node: Node | undefined, record: PlacedRecordOf<'media'>): void {
  if (!node || !('playbackRate' in node)) return
  const media = node as HTMLMediaElement
  // `loop` is an attribute as well, and told as one.
  media.muted = record.muted
  media.volume = Math.min(1, Math.max(0, record.volume))
  // Browsers refuse rates beyond these with an exception.
  if (record.playbackRate >= 0.0625 && record.playbackRate <= 16) media.playbackRate = record.playbackRate
  if (Number.isFinite(record.currentTime) && record.currentTime >= 0) media.currentTime = record.currentTime
}
