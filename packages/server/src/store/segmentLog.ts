/** A sealed frame on its way to disk, and what the segment's own table says of it. */
export interface FrameToAppend {
  readonly bytes: Uint8Array
  /** Frames that expire together lie together. */
  readonly retentionDays: number
  readonly sessionId: number
  readonly stream: number
  readonly sequence: number
}

export interface Placement {
  readonly segmentId: number
  readonly offset: number
  readonly length: number
}

/** Where sealed payloads come to rest; reading them back is segmentReader.ts. */
export interface SegmentLog {
  /**
   * Resolves, in the order given, once the frames would survive a power cut; until then nothing may be acknowledged.
   * Rejects as a whole: StoreBusyError when the disk is full, StoreFailedError when a sync failed. Call it one at a time.
   */
  append(frames: readonly FrameToAppend[]): Promise<readonly Placement[]>
  /** Removes sealed and failed segments in which nothing lives any more; how many, and how many bytes came back. */
  collect(): Promise<{ readonly segments: number; readonly bytes: number }>
  /** Of the disk below. */
  space(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>
  /** Seals what is open. */
  close(): Promise<void>
}
