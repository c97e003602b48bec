import { constants } from 'node:fs'
import { open, readdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'

import type { MetaStore } from './metaStore.ts'
import { HEADER_BYTES, type SegmentFormat } from './segmentFormat.ts'

interface Dependencies {
  readonly folder: string
  readonly meta: MetaStore
  readonly format: SegmentFormat
  readonly now: number
}

/**
 * After a crash: each segment that was open is cut to the end of its last committed row (what lies behind was never
 * acknowledged) and sealed; files that no row knows are removed. No log is replayed: the rows are the log.
 */
export async function recoverSegments({ folder, meta, format, now }: Dependencies): Promise<void> {
  const rows = await meta.read.selectFrom('segment').select(['id', 'file', 'state']).execute()
  for (const { id, file } of rows.filter(({ state }) => state === 'open')) {
    const end = await lastCommittedByte(meta, id)
    if (end === undefined) {
      await rm(join(folder, file), { force: true })
      await meta.write((transaction) => transaction.deleteFrom('segment').where('id', '=', id).execute())
      continue
    }
    const state = await sealAt(join(folder, file), end, format).then(() => 'sealed' as const, stateAfter)
    if (state === 'open') continue
    await meta.write((transaction) =>
      transaction.updateTable('segment').set({ state, bytes: end, sealed_at: now }).where('id', '=', id).execute(),
    )
  }
  await removeUnknownFiles(folder, new Set(rows.map(({ file }) => file)))
}

/**
 * One file that cannot be sealed (lost, or on a bad sector) must not keep everything else from being served: what of it can
 * be read is read, nothing is appended. On a full disk it is tried again at the next start.
 */
function stateAfter(error: unknown): 'open' | 'failed' {
  return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'open' : 'failed'
}

async function lastCommittedByte(meta: MetaStore, segmentId: number): Promise<number | undefined> {
  const row = await meta.read
    .selectFrom('batch')
    .select(({ fn, eb }) => fn.max(eb('frame_offset', '+', eb.ref('frame_bytes'))).as('end'))
    .where('segment_id', '=', segmentId)
    .executeTakeFirst()
  return row?.end === null ? undefined : Number(row?.end)
}

async function sealAt(path: string, end: number, format: SegmentFormat): Promise<void> {
  const file = await open(path, constants.O_RDWR)
  try {
    await file.truncate(end)
    const bytes = new Uint8Array(end)
    await file.read(bytes, 0, end, 0)
    await file.write(format.encodeFooter(format.scanFrames(bytes, HEADER_BYTES)), 0, undefined, end)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function removeUnknownFiles(folder: string, known: ReadonlySet<string>): Promise<void> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of found) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && entry.name.endsWith('.seg') && !known.has(relative(folder, path))) await rm(path)
  }
}

/** A new name in a folder is durable only when the folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
