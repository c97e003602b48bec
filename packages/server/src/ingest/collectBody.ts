import type { Readable } from 'node:stream'

import { LIMITS } from '@vasistas/wire/core'

import type { BodyBudget } from './ingestLimits.ts'

export type BodyRefusal = 'BODY_TOO_LARGE' | 'BODY_TOO_SLOW' | 'BODY_ABORTED' | 'SERVER_FULL'

export class BodyError extends Error {
  readonly refusal: BodyRefusal
  constructor(refusal: BodyRefusal) {
    super(refusal)
    this.name = 'BodyError'
    this.refusal = refusal
  }
}

export interface BodyTimes {
  /** Milliseconds without a byte. */
  readonly gapMs: number
  readonly totalMs: number
}

export const BODY_TIMES: BodyTimes = { gapMs: 5000, totalMs: 30_000 }

/** Of a batch whose first bytes are these: larger when they say that a full snapshot is inside. */
export function batchBodyLimit(start: Uint8Array): number {
  const flags = start[4]
  return flags !== undefined && (flags & 4) !== 0 ? LIMITS.snapshotBodyBytes : LIMITS.bodyBytes
}

/**
 * Reads a body into memory that the budget allows, no longer than its limit and no slower than its times. Rejects with a
 * BodyError and stops reading. The limit is asked again as bytes come, because it depends on the first ones.
 */
export function collectBody(
  stream: Readable,
  declaredBytes: number | undefined,
  limitOf: (start: Uint8Array) => number,
  budget: BodyBudget,
  times: BodyTimes = BODY_TIMES,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const total = setTimeout(() => finish('BODY_TOO_SLOW'), times.totalMs)
    const gap = setTimeout(() => finish('BODY_TOO_SLOW'), times.gapMs)

    function finish(refusal?: BodyRefusal): void {
      clearTimeout(total)
      clearTimeout(gap)
      stream.off('data', onData).off('end', onEnd).off('error', onAbort).off('close', onAbort)
      if (refusal === undefined) {
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes))
        return
      }
      stream.pause()
      stream.on('error', () => undefined) // nobody listens for it any more
      reject(new BodyError(refusal))
    }

    function onData(chunk: Buffer): void {
      gap.refresh()
      bytes += chunk.byteLength
      if (!budget.take(chunk.byteLength)) return finish('SERVER_FULL')
      chunks.push(chunk)
      if (bytes > limitOf(startOf(chunks))) finish('BODY_TOO_LARGE')
    }
    const onEnd = (): void => finish()
    const onAbort = (): void => finish('BODY_ABORTED')

    // What says itself that it is too large is not read at all.
    if (declaredBytes !== undefined && declaredBytes > LIMITS.snapshotBodyBytes) return finish('BODY_TOO_LARGE')
    stream.on('data', onData).on('end', onEnd).on('error', onAbort).on('close', onAbort)
  })
}

const START_BYTES = 8

function startOf(chunks: readonly Buffer[]): Uint8Array {
  const [first] = chunks
  if (!first || first.byteLength >= START_BYTES) return first ?? new Uint8Array()
  return Buffer.concat(chunks).subarray(0, START_BYTES)
}
