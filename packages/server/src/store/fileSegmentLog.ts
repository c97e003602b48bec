import { constants } from 'node:fs'
import { mkdir, open, rm, statfs, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import type { Clock } from '../clock.ts'
import type { MetaStore } from './metaStore.ts'
import type { IdSource } from './newId.ts'
import { recoverSegments, syncFolder } from './recoverSegments.ts'
import { HEADER_BYTES, type FrameEntry, type SegmentFormat } from './segmentFormat.ts'
import type { FrameToAppend, Placement, SegmentLog } from './segmentLog.ts'
import { StoreBusyError, StoreFailedError } from './storeErrors.ts'

export interface FileSegmentLogOptions {
  readonly folder: string
  readonly meta: MetaStore
  readonly format: SegmentFormat
  readonly clock: Clock
  readonly ids: IdSource
  /** A segment that reaches this is sealed and the next one begun. */
  readonly segmentBytes?: number
  /** Two syncs failed within a minute: end the process. */
  onFailed?(error: Error): void
  /** For tests: how a file's content is made durable. */
  readonly sync?: (file: FileHandle) => Promise<void>
}

interface OpenSegment {
  readonly id: number
  readonly day: number
  readonly retentionDays: number
  readonly file: FileHandle
  readonly entries: FrameEntry[]
  end: number
}

const SEGMENT_BYTES = 64 * 1024 * 1024
const FAILURES_WITHIN_MS = 60_000
const NO_SPACE: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EDQUOT'])

/**
 * Append-only files, one open per retention class (storage.md §4.2). Opening cuts off what was written but never
 * committed, so a log is opened by the one process that holds the data folder.
 */
export async function openFileSegmentLog(options: FileSegmentLogOptions): Promise<SegmentLog> {
  const { folder, meta, format, clock, ids, segmentBytes = SEGMENT_BYTES, sync = (file) => file.datasync() } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await recoverSegments({ folder, meta, format, now: clock.now() })
  const openSegments = new Map<number, OpenSegment>()
  let failedAt = -Infinity

  async function append(frames: readonly FrameToAppend[]): Promise<readonly Placement[]> {
    const placements: Placement[] = []
    for (const [retentionDays, indexes] of byRetention(frames)) {
      const segment = await segmentFor(retentionDays)
      await appendTo(segment, frames, indexes, placements)
    }
    return placements
  }

  async function segmentFor(retentionDays: number): Promise<OpenSegment> {
    const found = openSegments.get(retentionDays)
    if (found && found.day === dayOf(clock.now()) && found.end < segmentBytes) return found
    // Not before: by now the rows of its last frames are committed, or never will be. Sealed without them it would look
    // as if nothing lived in it, and `collect` would take it away between the frames and their rows.
    if (found) await seal(found)
    const begun = await begin(retentionDays)
    openSegments.set(retentionDays, begun)
    return begun
  }

  async function begin(retentionDays: number): Promise<OpenSegment> {
    const id = ids.next()
    const createdAt = clock.now()
    const day = dayOf(createdAt)
    const name = join(`r${retentionDays}`, String(day), `${id}.seg`)
    const path = join(folder, name)
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600)
      try {
        await writeAll(file, [format.encodeHeader({ id, retentionDays, day, createdAt })], 0)
        await sync(file)
        for (const made of [dirname(path), dirname(dirname(path)), folder]) await syncFolder(made)
        await meta.write((transaction) =>
          transaction
            .insertInto('segment')
            .values({ id, file: name, retention_days: retentionDays, day, state: 'open', created_at: createdAt })
            .execute(),
        )
      } catch (error) {
        await file.close()
        await rm(path, { force: true }) // a full disk is asked again and again: leave nothing each time
        throw error
      }
      return { id, day, retentionDays, file, entries: [], end: HEADER_BYTES }
    } catch (error) {
      throw isFull(error) ? new StoreBusyError('the disk is full') : error
    }
  }

  async function appendTo(
    segment: OpenSegment,
    frames: readonly FrameToAppend[],
    indexes: readonly number[],
    placements: Placement[],
  ): Promise<void> {
    const added: FrameEntry[] = []
    const bytes: Uint8Array[] = []
    let offset = segment.end
    for (const index of indexes) {
      const frame = frames[index]
      if (!frame) continue
      const { sessionId, stream, sequence } = frame
      placements[index] = { segmentId: segment.id, offset, length: frame.bytes.byteLength }
      added.push({ offset, length: frame.bytes.byteLength, sessionId, stream, sequence })
      bytes.push(frame.bytes)
      offset += frame.bytes.byteLength
    }
    try {
      await writeAll(segment.file, bytes, segment.end)
    } catch (error) {
      // Nothing beyond `end` is known to anybody: the next group writes over it.
      if (isFull(error)) throw new StoreBusyError('the disk is full')
      throw await giveUp(segment, error)
    }
    try {
      await sync(segment.file)
    } catch (error) {
      throw await giveUp(segment, error)
    }
    segment.entries.push(...added)
    segment.end = offset
  }

  /** Never the same file again: after a failed sync the kernel may have dropped the pages, and a retry would lie. */
  async function giveUp(segment: OpenSegment, cause: unknown): Promise<Error> {
    openSegments.delete(segment.retentionDays)
    await setState(segment, 'failed').catch(() => undefined) // the disk may be gone altogether
    await segment.file.close().catch(() => undefined)
    const failure = new StoreFailedError('a segment could not be written durably', { cause })
    if (clock.mono() - failedAt < FAILURES_WITHIN_MS) options.onFailed?.(failure)
    failedAt = clock.mono()
    return failure
  }

  async function seal(segment: OpenSegment): Promise<void> {
    openSegments.delete(segment.retentionDays)
    try {
      await writeAll(segment.file, [format.encodeFooter(segment.entries)], segment.end)
      await sync(segment.file)
      await setState(segment, 'sealed')
    } catch {
      // The frames are durable; without its footer the segment stays `open` in its row and is sealed at the next start.
    } finally {
      await segment.file.close()
    }
  }

  const setState = (segment: OpenSegment, state: 'sealed' | 'failed') =>
    meta.write((transaction) =>
      transaction
        .updateTable('segment')
        .set({ state, bytes: segment.end, sealed_at: clock.now() })
        .where('id', '=', segment.id)
        .execute(),
    )

  return {
    append,

    async collect() {
      const dead = await meta.read
        .selectFrom('segment')
        .select(['id', 'file', 'bytes'])
        .where('state', 'in', ['sealed', 'failed', 'dropping'])
        .where('live_bytes', '<=', 0)
        .limit(100)
        .execute()
      for (const { id, file } of dead) {
        await rm(join(folder, file), { force: true })
        await meta.write((transaction) => transaction.deleteFrom('segment').where('id', '=', id).execute())
      }
      return { segments: dead.length, bytes: dead.reduce((sum, { bytes }) => sum + bytes, 0) }
    },

    async space() {
      const { bavail, blocks, bsize } = await statfs(folder)
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
    },

    async close() {
      for (const segment of openSegments.values()) await seal(segment)
    },
  }
}

function byRetention(frames: readonly FrameToAppend[]): Map<number, number[]> {
  const classes = new Map<number, number[]>()
  for (const [index, { retentionDays }] of frames.entries()) {
    const indexes = classes.get(retentionDays)
    if (indexes) indexes.push(index)
    else classes.set(retentionDays, [index])
  }
  return classes
}

/** A disk may take less than asked for; what is left is written again until it takes nothing. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[], position: number): Promise<void> {
  let left = parts
  let at = position
  while (left.length > 0) {
    const { bytesWritten } = await file.writev([...left], at)
    if (bytesWritten === 0) throw Object.assign(new Error('nothing could be written'), { code: 'ENOSPC' })
    at += bytesWritten
    left = withoutFirst(left, bytesWritten)
  }
}

function withoutFirst(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let rest = count
  const left: Uint8Array[] = []
  for (const part of parts) {
    if (rest >= part.byteLength) rest -= part.byteLength
    else {
      left.push(rest > 0 ? part.subarray(rest) : part)
      rest = 0
    }
  }
  return left
}

const isFull = (error: unknown): boolean => NO_SPACE.has((error as NodeJS.ErrnoException).code)

/** yyyymmdd, UTC. */
function dayOf(time: number): number {
  const date = new Date(time)
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}
