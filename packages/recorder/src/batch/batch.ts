import { encodeRecord, type ReplayRecord } from '@vasistas/wire/recording'

/** Records that travel together, encoded; closed once and never opened again. */
export interface Batch {
  readonly text: string
  readonly records: number
  readonly firstAt: number
  readonly lastAt: number
  readonly hasSnapshot: boolean
}

export interface OpenBatch {
  /** Characters so far; bytes are at least as many. */
  readonly length: number
  readonly records: number
  add(record: ReplayRecord): void
  close(): Batch
}

export function createBatch(): OpenBatch {
  const parts: string[] = []
  let length = 2
  let firstAt = Infinity
  let lastAt = 0
  let hasSnapshot = false
  return {
    get length() {
      return length
    },
    get records() {
      return parts.length
    },
    add(record) {
      const part = encodeRecord(record)
      parts.push(part)
      length += part.length + 1
      firstAt = Math.min(firstAt, record.at)
      lastAt = Math.max(lastAt, record.at)
      hasSnapshot ||= record.type === 'snapshot'
    },
    close: () => ({ text: `[${parts.join(',')}]`, records: parts.length, firstAt, lastAt, hasSnapshot }),
  }
}
