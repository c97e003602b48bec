import { constants } from 'node:fs'
import { access, open, readdir, readFile, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'

/** A file system that keeps nothing over a restart. */
const TMPFS_MAGIC = 0x01021994
const SYNCS = 16
const SYNC_BYTES = 4096

export interface FolderProbe {
  readonly exists: boolean
  readonly writable: boolean
  /** Permission bits, e.g. 0o700; 0 when it does not exist. */
  readonly mode: number
}

export interface DiskProbe {
  readonly freeBytes: number
  readonly totalBytes: number
  /** Milliseconds: the median of some small writes that were synchronized one by one. */
  readonly syncMs: number
  /** The folder is in memory: nothing of it survives a restart. */
  readonly isMemory: boolean
}

export interface FileProbe {
  readonly exists: boolean
  readonly mode: number
  /** Undefined when this user may not read it. */
  readonly content: Uint8Array | undefined
}

/** For small files: keys, certificates, a bundle's entry. */
export async function probeFile(path: string): Promise<FileProbe> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) return { exists: false, mode: 0, content: undefined }
  const content = await readFile(path).catch(() => undefined)
  return { exists: true, mode: found.mode & 0o777, content }
}

export async function probeFolder(path: string): Promise<FolderProbe> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return { exists: false, writable: false, mode: 0 }
  const writable = await access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
  return { exists: true, writable, mode: found.mode & 0o777 }
}

/** Writes a small file there and removes it. */
export async function probeDisk(folder: string, clock: Clock): Promise<DiskProbe> {
  const { bavail, blocks, bsize, type } = await statfs(folder)
  return {
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    syncMs: await measureSync(join(folder, `.probe-${process.pid}`), clock),
    isMemory: type === TMPFS_MAGIC,
  }
}

async function measureSync(path: string, clock: Clock): Promise<number> {
  const file = await open(path, 'w', 0o600)
  const times: number[] = []
  try {
    for (let sync = 0; sync < SYNCS; sync++) {
      const before = clock.mono()
      await file.write(Buffer.alloc(SYNC_BYTES, sync))
      await file.datasync()
      times.push(clock.mono() - before)
    }
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
  return times.toSorted((a, b) => a - b)[SYNCS >> 1] ?? 0
}

/** File descriptors that this process may still open; undefined where the system does not say. */
export async function probeDescriptors(): Promise<number | undefined> {
  try {
    const limits = await readFile('/proc/self/limits', 'utf8')
    const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1])
    return limit - (await readdir('/proc/self/fd')).length
  } catch {
    return undefined
  }
}
