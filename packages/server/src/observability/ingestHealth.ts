/** What became of what visitors' browsers sent, since the process began. Each thing not stored is counted under a reason. */
export interface IngestHealth {
  accepted(bytes: number): void
  duplicate(): void
  /** The same place with another body: the first one stays. */
  conflict(): void
  refused(reason: string): void
  readonly counts: IngestCounts
}

interface IngestCounts {
  readonly acceptedBatches: number
  readonly acceptedBytes: number
  readonly duplicateBatches: number
  readonly conflictingBatches: number
  /** Most frequent first. */
  readonly refused: readonly { readonly reason: string; readonly count: number }[]
}

export function createIngestHealth(): IngestHealth {
  let acceptedBatches = 0
  let acceptedBytes = 0
  let duplicateBatches = 0
  let conflictingBatches = 0
  // Reasons are words of ours, never of a request: the map is bounded by the code.
  const refused = new Map<string, number>()
  return {
    accepted(bytes) {
      acceptedBatches++
      acceptedBytes += bytes
    },
    duplicate: () => void duplicateBatches++,
    conflict: () => void conflictingBatches++,
    refused: (reason) => void refused.set(reason, (refused.get(reason) ?? 0) + 1),
    get counts() {
      return {
        acceptedBatches,
        acceptedBytes,
        duplicateBatches,
        conflictingBatches,
        refused: [...refused]
          .map(([reason, count]) => ({ reason, count }))
          .sort((one, other) => other.count - one.count),
      }
    },
  }
}
