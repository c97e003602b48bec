import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

import { createBoundedCache } from './boundedCache.ts'
import type { MetaStore } from './metaStore.ts'
import type { Placement } from './segmentLog.ts'

export interface SegmentReader {
  /** The sealed bytes of frames, each in memory of its own, in the order given; undefined where the segment is gone or shorter than that. */
  read(placements: readonly Placement[]): Promise<readonly (Uint8Array<ArrayBuffer> | undefined)[]>
}

const KNOWN_SEGMENTS = 1000

export function openSegmentReader(folder: string, meta: MetaStore): SegmentReader {
  // Where a segment lies never changes.
  const paths = createBoundedCache<number, string>(KNOWN_SEGMENTS, Infinity, () => 0)

  async function pathOf(segmentId: number): Promise<string | undefined> {
    const known = paths.get(segmentId)
    if (known !== undefined) return known
    const row = await meta.read.selectFrom('segment').select('file').where('id', '=', segmentId).executeTakeFirst()
    if (!row) return undefined
    const path = join(folder, row.file)
    paths.set(segmentId, path)
    return path
  }

  async function readSegment(segmentId: number, placements: readonly Placement[]) {
    const path = await pathOf(segmentId)
    const file = path === undefined ? undefined : await openIfThere(path)
    if (!file) return placements.map(() => undefined)
    try {
      return await Promise.all(placements.map((placement) => readFrame(file, placement)))
    } finally {
      await file.close()
    }
  }

  return {
    async read(placements) {
      const frames = new Map<Placement, Uint8Array<ArrayBuffer> | undefined>()
      for (const [segmentId, some] of Map.groupBy(placements, (placement) => placement.segmentId)) {
        const found = await readSegment(segmentId, some)
        for (const [index, placement] of some.entries()) frames.set(placement, found[index])
      }
      return placements.map((placement) => frames.get(placement))
    },
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function readFrame(
  file: FileHandle,
  { offset, length }: Placement,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(length)
  const { bytesRead } = await file.read(bytes, 0, length, offset)
  return bytesRead === length ? bytes : undefined
}
