/** Every maximum that both ends rely on (storage.md §3.3). Bytes unless the name says otherwise. */
export const LIMITS = {
  /** One batch body on the wire. */
  bodyBytes: 1024 * 1024,
  /** A body whose payload holds a full snapshot: big pages must not lose their first batch. */
  snapshotBodyBytes: 6 * 1024 * 1024,
  /** Payload after inflating. */
  rawBytes: 8 * 1024 * 1024,
  snapshotRawBytes: 32 * 1024 * 1024,
  headerBytes: 4096,
  startBytes: 8 * 1024,
  recordsPerBatch: 20_000,
  sequencePerStream: 100_000,
  streamsPerSession: 256,
  sessionBytes: 64 * 1024 * 1024,
  sessionMs: 4 * 3600_000,
  lateBatchMs: 24 * 3600_000,
  /** Nesting of a payload: far above any DOM that a browser lays out (a DOM level costs two: object and list). */
  depth: 1100,
  stringBytes: 8 * 1024 * 1024,
  /** Raw bytes at which the recorder closes a batch; gzip leaves about an eighth. */
  batchRawBytes: 256 * 1024,
  /** Sum of all keepalive bodies in flight: the browser's budget is 64 KiB for the page. */
  keepaliveBytes: 60 * 1024,
  /** What the recorder holds in memory while the server is away. */
  retryQueueBytes: 20 * 1024 * 1024,
  /** What page exit may leave behind for the next page, encrypted. */
  unsentBytes: 2 * 1024 * 1024,
  /** A session ends after this much silence. */
  sessionIdleMs: 30 * 60_000,
} as const
