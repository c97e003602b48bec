import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { createRandom } from '../random.ts'
import { openFileSegmentLog, type FileSegmentLogOptions } from './fileSegmentLog.ts'
import type { MetaStore } from './metaStore.ts'
import { migrate } from './migrate.ts'
import { createIdSource } from './newId.ts'
import type { Database } from './schema.ts'
import { createSegmentFormat, HEADER_BYTES } from './segmentFormat.ts'
import type { Placement } from './segmentLog.ts'
import { openSegmentReader } from './segmentReader.ts'
import { openSqliteMetaStore } from './sqliteMetaStore.ts'
import { StoreBusyError, StoreFailedError } from './storeErrors.ts'

const clock = { now: () => Date.UTC(2026, 10, 24, 12), mono: () => performance.now() }
const format = createSegmentFormat()

async function aLog(options: Partial<FileSegmentLogOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-segments-'))
  const meta = await openSqliteMetaStore<Database>({ file: join(folder, 'meta.db') })
  await migrate(meta, 1)
  onTestFinished(async () => {
    await meta.close()
    await rm(folder, { recursive: true })
  })
  const segments = join(folder, 'segments')
  const open = () =>
    openFileSegmentLog({
      folder: segments,
      meta,
      format,
      clock,
      ids: createIdSource(clock, createRandom()),
      ...options,
    })
  return { folder: segments, meta, open, reader: openSegmentReader(segments, meta) }
}

/** A frame without a secret: the log does not look inside, and scanning checks the sum only. */
function aFrame(text: string, sequence = 0, retentionDays = 30) {
  const identity = { type: 'batch' as const, siteId: 1, sessionId: 2, stream: 3, sequence, rawBytes: 0, flags: 0 }
  const frame = format.layOutFrame(identity, new Uint8Array(16), new Uint8Array(12), Buffer.byteLength(text))
  frame.ciphertext.set(Buffer.from(text))
  return { bytes: frame.finish(), retentionDays, sessionId: 2, stream: 3, sequence }
}

async function commit(meta: MetaStore, { segmentId, offset, length }: Placement, sequence = 0): Promise<void> {
  const times = { sent_at: 1, received_at: 1, first_at: 1, last_at: 1 }
  await meta.write((transaction) =>
    transaction
      .insertInto('batch')
      .values({
        session_id: 2,
        stream: 3,
        sequence,
        site_id: 1,
        segment_id: segmentId,
        frame_offset: offset,
        frame_bytes: length,
        payload_bytes: 1,
        raw_bytes: 1,
        flags: 0,
        payload_hash: 'A'.repeat(22),
        ...times,
      })
      .execute(),
  )
}

const statesOf = async (meta: MetaStore) =>
  (await meta.read.selectFrom('segment').select('state').orderBy('id').execute()).map(({ state }) => state)

const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

describe('openFileSegmentLog', () => {
  it('gives frames their places in the order they came, and reads them back', async () => {
    const { open, reader } = await aLog()
    const log = await open()
    const frames = ['one', 'two', 'three'].map((text, sequence) => aFrame(text, sequence))
    const placements = [...(await log.append(frames.slice(0, 2))), ...(await log.append(frames.slice(2)))]
    expect(placements.map(({ offset }) => offset)).toEqual([64, 64 + 95, 64 + 190])
    const read = await reader.read(placements.toReversed())
    expect(read.map((bytes) => Buffer.from(bytes ?? []))).toEqual(
      frames.toReversed().map(({ bytes }) => Buffer.from(bytes)),
    )
    await log.close()
  })

  it('keeps frames that expire together together', async () => {
    const { open, folder } = await aLog()
    const log = await open()
    const [first, second, third] = await log.append([aFrame('a', 0, 30), aFrame('b', 1, 7), aFrame('c', 2, 30)])
    expect(first?.segmentId).toBe(third?.segmentId)
    expect(second?.segmentId).not.toBe(first?.segmentId)
    const files = (await filesIn(folder)).map((path) => path.slice(folder.length + 1).replace(/\d+\.seg$/, '*')).sort()
    expect(files).toEqual(['r30/20261124/*', 'r7/20261124/*'])
    await log.close()
  })

  it('seals what is full and begins the next', async () => {
    const { open, meta, folder } = await aLog({ segmentBytes: 250 })
    const log = await open()
    for (let sequence = 0; sequence < 5; sequence++) await log.append([aFrame('some text', sequence)])
    expect(await statesOf(meta)).toEqual(['sealed', 'sealed', 'open'])
    await log.close()
    expect(await statesOf(meta)).toEqual(['sealed', 'sealed', 'sealed'])
    for (const file of await filesIn(folder)) expect(format.decodeFooter(await readFile(file)).ok).toBe(true)
  })

  it('cuts off at the next start what was written and never committed, and appends no more there', async () => {
    const { open, meta, folder, reader } = await aLog()
    const log = await open()
    const [committed, lost] = await log.append([aFrame('committed', 0), aFrame('lost', 1)])
    if (!committed || !lost) throw new Error('no place')
    await commit(meta, committed)
    const [file] = await filesIn(folder)
    await appendFile(file ?? '', 'torn tail of a crash')

    const again = await open()
    expect(await statesOf(meta)).toEqual(['sealed'])
    const bytes = await readFile(file ?? '')
    expect(format.scanFrames(bytes, HEADER_BYTES).map(({ sequence }) => sequence)).toEqual([0])
    expect(format.decodeFooter(bytes)).toMatchObject({ ok: true, value: [{ sequence: 0 }] })
    expect((await reader.read([committed]))[0]?.byteLength).toBe(committed.length)
    const [next] = await again.append([aFrame('next', 2)])
    expect(next?.segmentId).not.toBe(committed.segmentId)
    await again.close()
    await log.close()
  })

  it('removes at the next start segments without a committed frame, and files that no row knows', async () => {
    const { open, meta, folder } = await aLog()
    const log = await open()
    await log.append([aFrame('never committed')])
    await writeFile(join(folder, 'r30', 'stray.seg'), 'x')
    const again = await open()
    expect(await statesOf(meta)).toEqual([])
    expect(await filesIn(folder)).toEqual([])
    await again.close()
    await log.close()
  })

  it('trusts no file again whose sync failed, and goes on in another one', async () => {
    let broken = 0
    const sync = async (file: FileHandle) => {
      if (broken-- === 1) throw Object.assign(new Error('i/o'), { code: 'EIO' })
      await file.datasync()
    }
    const failures: Error[] = []
    const { open, meta } = await aLog({ sync, onFailed: (error) => failures.push(error) })
    const log = await open()
    await log.append([aFrame('one')])
    broken = 1
    await expect(log.append([aFrame('two')])).rejects.toThrow(StoreFailedError)
    expect(failures).toEqual([])
    await log.append([aFrame('three')])
    expect(await statesOf(meta)).toEqual(['failed', 'open'])
    broken = 1
    await expect(log.append([aFrame('four')])).rejects.toThrow(StoreFailedError)
    expect(failures).toHaveLength(1)
    await log.close()
  })

  it('says that it is busy when the disk is full, and goes on when there is room', async () => {
    let isFull = false
    const sync = async (file: FileHandle) => {
      if (isFull) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      await file.datasync()
    }
    const { open, folder } = await aLog({ sync })
    const log = await open()
    isFull = true
    await expect(log.append([aFrame('one')])).rejects.toThrow(StoreBusyError)
    expect(await filesIn(folder)).toEqual([])
    isFull = false
    expect(await log.append([aFrame('two')])).toHaveLength(1)
    await log.close()
  })

  it('gives a segment back in which nothing lives, and no other', async () => {
    const { open, meta, folder } = await aLog({ segmentBytes: 100 })
    const log = await open()
    const [dead, living] = [...(await log.append([aFrame('dead')])), ...(await log.append([aFrame('living')]))]
    await meta.write((transaction) =>
      transaction
        .updateTable('segment')
        .set({ live_bytes: 1 })
        .where('id', '=', living?.segmentId ?? 0)
        .execute(),
    )
    expect(await log.collect()).toMatchObject({ segments: 1 })
    expect(await filesIn(folder)).toHaveLength(1)
    expect(dead?.segmentId).not.toBe(living?.segmentId)
    await log.close()
  })

  it('keeps a full segment between writing its frames and committing their rows', async () => {
    const { open, meta, reader } = await aLog({ segmentBytes: 100 })
    const log = await open()
    const [placement] = await log.append([aFrame('acknowledged in a moment')])
    if (!placement) throw new Error('no place')
    expect(await log.collect()).toMatchObject({ segments: 0 })
    await commit(meta, placement)
    expect((await reader.read([placement]))[0]?.byteLength).toBe(placement.length)
    await log.close()
  })

  it('opens although a file with committed frames is lost', async () => {
    const { open, meta, folder } = await aLog()
    const log = await open()
    const [placement] = await log.append([aFrame('lost with its file')])
    if (!placement) throw new Error('no place')
    await commit(meta, placement)
    for (const file of await filesIn(folder)) await rm(file)
    const again = await open()
    expect(await statesOf(meta)).toEqual(['failed'])
    expect(await again.append([aFrame('next', 1)])).toHaveLength(1)
    await again.close()
    await log.close()
  })

  it('lets only its owner read what it writes', async () => {
    const { open, folder } = await aLog()
    const log = await open()
    await log.append([aFrame('one')])
    const [file] = await filesIn(folder)
    expect((await stat(file ?? '')).mode & 0o777).toBe(0o600)
    await log.close()
  })
})
