import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClock } from '../clock.ts'
import { createRandom } from '../random.ts'
import { migrate } from './migrate.ts'
import { createIdSource } from './newId.ts'
import type { Database } from './schema.ts'
import { createSignInStore, type FailureSubject } from './signInStore.ts'
import { openSqliteMetaStore } from './sqliteMetaStore.ts'

const policy = { freeFailures: 2, firstPauseMs: 1000, longestPauseMs: 5000, forgetAfterMs: 60_000 }
const anna: FailureSubject = { kind: 'email', hash: new Uint8Array([1]) }
const office: FailureSubject = { kind: 'address', hash: new Uint8Array([2]) }

async function openSignIns(mostSubjects?: number) {
  const folder = await mkdtemp(join(tmpdir(), 'vasistas-sign-ins-'))
  const meta = await openSqliteMetaStore<Database>({ file: join(folder, 'meta.db') })
  onTestFinished(async () => {
    await meta.close()
    await rm(folder, { recursive: true })
  })
  await migrate(meta, 1)
  const signIns = createSignInStore(meta, createIdSource(createClock(), createRandom()), mostSubjects)
  return {
    ...signIns,
    meta,
    /** When it may be tried again; 0: it was tried. */
    tryAs: (subjects: readonly FailureSubject[], now: number) =>
      signIns.noteTry(
        subjects.map((subject) => ({ ...subject, policy })),
        now,
      ),
  }
}

describe('tries at signing in', () => {
  it('are free at first, then wait twice as long each time, up to a bound', async () => {
    const { tryAs } = await openSignIns()
    let now = 1000
    expect(await tryAs([anna], now)).toBe(0)
    expect(await tryAs([anna], now)).toBe(0)
    const pauses: number[] = []
    for (let index = 0; index < 5; index++) {
      const until = await tryAs([anna], now)
      pauses.push(until - now)
      now = until
      expect(await tryAs([anna], now)).toBe(0)
    }
    expect(pauses).toEqual([1000, 2000, 4000, 5000, 5000])
  })

  it('are remembered for so many and no more, the longest quiet ones go first', async () => {
    const { tryAs, meta } = await openSignIns(10)
    await tryAs([anna], 1)
    await tryAs([anna], 2)
    for (let stranger = 0; stranger < 20; stranger++) {
      await tryAs([{ kind: 'address', hash: Uint8Array.of(9, stranger) }], 10 + stranger)
    }
    expect((await meta.read.selectFrom('sign_in_failure').select('kind').execute()).length).toBe(10)
    // Anna's two tries are forgotten: she has both again.
    expect(await tryAs([anna], 100)).toBe(0)
    expect(await tryAs([anna], 101)).toBe(0)
    expect(await tryAs([anna], 102)).toBe(1101)
  })

  it('that have to wait count for nobody', async () => {
    const { tryAs } = await openSignIns()
    await tryAs([anna], 1000)
    await tryAs([anna], 1000)
    for (let index = 0; index < 10; index++) expect(await tryAs([anna, office], 1000)).toBe(2000)
    expect(await tryAs([office], 1000)).toBe(0)
    expect(await tryAs([office], 1000)).toBe(0)
    expect(await tryAs([office], 1000)).toBe(2000)
  })

  it('that succeed are taken back from the address, and all of the account’s are forgotten', async () => {
    const { tryAs, forgetTry } = await openSignIns()
    await tryAs([anna, office], 1000)
    await tryAs([anna, office], 1000)
    await forgetTry({ forget: anna, takeBack: office })
    expect(await tryAs([office], 1000)).toBe(0)
    expect(await tryAs([anna], 1000)).toBe(0)
    expect(await tryAs([anna], 1000)).toBe(0)
    expect(await tryAs([office], 1000)).toBe(2000)
  })

  it('are forgotten after a time', async () => {
    const { tryAs } = await openSignIns()
    await tryAs([anna], 1000)
    await tryAs([anna], 1000)
    expect(await tryAs([anna], 62_000)).toBe(0)
    expect(await tryAs([anna], 62_000)).toBe(0)
    expect(await tryAs([anna], 62_000)).toBe(63_000)
  })
})
