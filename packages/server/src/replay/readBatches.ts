import type { ReplayBatch } from '@vasistas/wire/recording'
import type { KeyStore } from '../store/keyStore.ts'
import type { RecordingStore, SequenceRange, StoredBatch } from '../store/recordingStore.ts'
import { openFrame, type DataKey, type FrameRefusal } from '../store/sealFrame.ts'
import type { SegmentFormat } from '../store/segmentFormat.ts'
import type { SegmentReader } from '../store/segmentReader.ts'

/** Rows between two looks at the key: erasing ends a download that is under way. */
const ROWS_AT_ONCE = 64
/** Sealed bytes in memory at once, unless one frame alone is larger. */
const BYTES_AT_ONCE = 1024 * 1024
const GZIP_FLAG = 1

export interface BatchReaderDependencies {
  readonly recordings: RecordingStore
  readonly keys: KeyStore
  readonly frames: SegmentReader
  readonly format: SegmentFormat
  /** A frame that should open and does not: it is left out, and somebody should know. */
  onDamaged(reason: FrameRefusal | 'FRAME_MISSING', session: number): void
}

export interface ReplaySession {
  readonly id: number
  readonly siteId: number
}

export type BatchReader = ReturnType<typeof createBatchReader>

/** Stored batches, decrypted, in order, a few at a time; what was poisoned or quarantined is not among them. */
export function createBatchReader({ recordings, keys, frames, format, onDamaged }: BatchReaderDependencies) {
  /** The key as it is on disk now, not as a cache remembers it. Nothing: the session was erased. */
  async function findKey({ id }: ReplaySession): Promise<DataKey | undefined> {
    const lookup = await keys.findNow('session', id)
    return lookup.status === 'found' ? lookup.key : undefined
  }

  async function* readGroup(
    session: ReplaySession,
    key: DataKey,
    group: readonly StoredBatch[],
  ): AsyncGenerator<ReplayBatch> {
    const sealed = await frames.read(group.map(({ placement }) => placement))
    for (const [index, { stream, sequence, flags }] of group.entries()) {
      const bytes = sealed[index]
      if (!bytes) {
        onDamaged('FRAME_MISSING', session.id)
        continue
      }
      const opened = openFrame(format, key, { siteId: session.siteId, sessionId: session.id, stream, sequence }, bytes)
      if (opened.ok) yield { stream, sequence, gzip: (flags & GZIP_FLAG) !== 0, payload: opened.value }
      else onDamaged(opened.error, session.id)
    }
  }

  return {
    /** Whether anything of the session can still be opened. */
    isReadable: async (session: ReplaySession): Promise<boolean> => (await findKey(session)) !== undefined,

    /** Ends early when the session is erased meanwhile. */
    async *read(session: ReplaySession, stream: number, range: SequenceRange): AsyncGenerator<ReplayBatch> {
      let { from } = range
      for (;;) {
        const rows = await recordings.readable(session.id, stream, { from, to: range.to }, ROWS_AT_ONCE)
        const key = rows.length > 0 ? await findKey(session) : undefined
        if (!key) return
        for (const group of groupBySize(rows)) yield* readGroup(session, key, group)
        const last = rows.at(-1)
        if (!last || rows.length < ROWS_AT_ONCE) return
        from = last.sequence + 1
      }
    },
  }
}

function groupBySize(rows: readonly StoredBatch[]): StoredBatch[][] {
  const groups: StoredBatch[][] = []
  let size = 0
  for (const row of rows) {
    const { length } = row.placement
    const group = groups.at(-1)
    if (!group || size + length > BYTES_AT_ONCE) {
      groups.push([row])
      size = length
    } else {
      group.push(row)
      size += length
    }
  }
  return groups
}
