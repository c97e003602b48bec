import { hash } from 'node:crypto'

import { LIMITS, milliseconds, type Duration } from '@vasistas/wire/core'
import { decodeEnvelope, type BatchFlags, type BatchHeader } from '@vasistas/wire/recording'

import type { Clock } from '../clock.ts'
import type { EventBus } from '../events/eventBus.ts'
import type { IngestHealth } from '../observability/ingestHealth.ts'
import type { Random } from '../random.ts'
import type { CommitOutcome } from '../store/batchStore.ts'
import { createBoundedCache } from '../store/boundedCache.ts'
import { sealFrame } from '../store/sealFrame.ts'
import { NONCE_BYTES, type SegmentFormat } from '../store/segmentFormat.ts'
import type { SiteStore } from '../store/siteStore.ts'
import { StoreBusyError } from '../store/storeErrors.ts'
import type { GroupCommit } from './groupCommit.ts'
import type { IngestLimits } from './ingestLimits.ts'
import { hasRoom, type OpenSession, type OpenSessions } from './openSessions.ts'
import type { SessionTokens } from './sessionToken.ts'
import type { Shedding } from './shedding.ts'

/** `accepted`: sealed, durable and listed; so is an earlier copy of a repeated batch. */
export type BatchOutcome =
  | { readonly status: 'accepted'; readonly token?: string }
  | { readonly status: 'refused'; readonly reason: BatchRefusal; readonly retryAfterMs?: Duration }

export type BatchRefusal =
  | 'ENVELOPE_MALFORMED'
  | 'TOKEN_INVALID'
  | 'ORIGIN_NOT_ALLOWED'
  | 'SESSION_UNKNOWN'
  | 'SESSION_OVER'
  | 'BATCH_TOO_LARGE'
  | 'TOO_MANY_STREAMS'
  | 'RATE_LIMITED'
  | 'STORE_BUSY'

export interface BatchIngestDependencies {
  readonly tokens: SessionTokens
  readonly openSessions: OpenSessions
  readonly limits: IngestLimits
  readonly shedding: Pick<Shedding, 'refusesBatches'>
  readonly group: GroupCommit
  readonly sites: Pick<SiteStore, 'find'>
  readonly format: SegmentFormat
  readonly events: EventBus
  readonly health: IngestHealth
  readonly clock: Clock
  readonly random: Random
  reportFailure(error: unknown): void
}

const BUSY_MS = milliseconds(5000)
const RECENT_BATCHES = 20_000
const RECENT_MS = 600_000
/** 132 bits of SHA-256. */
const HASH_CHARACTERS = 22

/**
 * The whole stage, cheap refusals first (storage.md §3.5). The payload stays closed: whoever sent it has proven a session,
 * nothing else.
 */
export function createBatchIngest(dependencies: BatchIngestDependencies) {
  const { tokens, openSessions, limits, shedding, group, sites, format, events, health, clock, random } = dependencies
  const recent = createBoundedCache<string, { readonly hash: string; readonly outcome: Promise<CommitOutcome> }>(
    RECENT_BATCHES,
    RECENT_MS,
    () => clock.mono(),
  )

  return async function ingestBatch(body: Uint8Array, origin: string): Promise<BatchOutcome> {
    const outcome = await takeIn(body, origin)
    if (outcome.status === 'refused') health.refused(outcome.reason)
    return outcome
  }

  async function takeIn(body: Uint8Array, origin: string): Promise<BatchOutcome> {
    const envelope = decodeEnvelope(body)
    if (!envelope.ok) return refuse('ENVELOPE_MALFORMED')
    const { header, flags, payload } = envelope.value
    const token = tokens.read(header.token)
    if (token.status === 'invalid' || token.status === 'expired') return refuse('TOKEN_INVALID')
    if (token.session !== header.session) return refuse('TOKEN_INVALID')
    const tooMuch = exceedsCaps(header, flags, body.byteLength)
    if (tooMuch) return refuse(tooMuch)
    if (shedding.refusesBatches) return refuse('STORE_BUSY', BUSY_MS)
    // Only browsers send an origin; what has none is not one, and the token is its right.
    if (origin !== '' && !(await sites.find(token.site))?.origins.includes(origin)) return refuse('ORIGIN_NOT_ALLOWED')
    const waitMs = limits.bytes(token.site, body.byteLength)
    if (waitMs > 0) return refuse('RATE_LIMITED', milliseconds(waitMs))

    const open = await openSessions.find(header.session)
    if (open === 'unknown') return refuse('SESSION_UNKNOWN')
    if (open === 'over' || open.session.siteId !== token.site) return refuse('SESSION_OVER')
    const isFull = exceedsSession(open, header, payload.byteLength, clock.now())
    if (isFull) return refuse(isFull)

    const stored = await storeOnce(open, header, flags, payload)
    if (stored === 'gone') return refuse('SESSION_OVER')
    if (stored === 'busy') return refuse('STORE_BUSY', BUSY_MS)
    return token.status === 'fresh'
      ? { status: 'accepted' }
      : { status: 'accepted', token: tokens.issue(header.session, token.site) }
  }

  /** A repeat waits for the first copy, so that it is acknowledged when that is durable, and only then. */
  async function storeOnce(
    open: OpenSession,
    header: BatchHeader,
    flags: BatchFlags,
    payload: Uint8Array,
  ): Promise<CommitOutcome | 'busy'> {
    const name = `${header.session}:${header.stream}:${header.sequence}`
    const hashText = hash('sha256', payload, 'base64url').slice(0, HASH_CHARACTERS)
    const earlier = recent.get(name)
    if (earlier) {
      if (earlier.hash !== hashText) health.conflict()
      const outcome = await settle(earlier.outcome)
      if (outcome === 'stored' || outcome === 'repeated') health.duplicate()
      return outcome
    }
    const outcome = group.add(seal(open, header, flags, payload, hashText))
    recent.set(name, { hash: hashText, outcome })
    open.streams.add(header.stream)
    open.bytes += payload.byteLength
    const settled = await settle(outcome)
    if (settled === 'stored') noteStored(open, header, payload.byteLength)
    else {
      open.bytes -= payload.byteLength
      if (settled === 'repeated') health.duplicate()
      else recent.delete(name)
      if (settled === 'gone') openSessions.forget(header.session)
    }
    return settled
  }

  function seal(open: OpenSession, header: BatchHeader, flags: BatchFlags, payload: Uint8Array, payloadHash: string) {
    const { session, key } = open
    const place = {
      sessionId: header.session,
      stream: header.stream,
      sequence: header.sequence,
      siteId: session.siteId,
    }
    const identity = { type: 'batch' as const, ...place, rawBytes: header.rawBytes, flags: flagBits(flags) }
    return {
      ...place,
      frame: sealFrame(format, key, identity, payload, random.bytes(NONCE_BYTES)),
      retentionDays: session.retentionDays,
      payloadBytes: payload.byteLength,
      rawBytes: header.rawBytes,
      flags: identity.flags,
      payloadHash,
      sentAt: header.sentAt,
      receivedAt: clock.now(),
      firstAt: header.firstAt,
      lastAt: header.lastAt,
    }
  }

  /** Whatever kept the batch from becoming durable: the browser still has it and tries again. */
  async function settle(outcome: Promise<CommitOutcome>): Promise<CommitOutcome | 'busy'> {
    try {
      return await outcome
    } catch (error) {
      if (!(error instanceof StoreBusyError)) dependencies.reportFailure(error)
      return 'busy'
    }
  }

  function noteStored({ session }: OpenSession, header: BatchHeader, bytes: number): void {
    health.accepted(bytes)
    const { stream, sequence } = header
    events.publish('batch.stored', { siteId: session.siteId, session: session.id, stream, sequence })
  }
}

const refuse = (reason: BatchRefusal, retryAfterMs?: Duration): BatchOutcome => ({
  status: 'refused',
  reason,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
})

function exceedsCaps(header: BatchHeader, { snapshot }: BatchFlags, bodyBytes: number): BatchRefusal | undefined {
  if (bodyBytes > (snapshot ? LIMITS.snapshotBodyBytes : LIMITS.bodyBytes)) return 'BATCH_TOO_LARGE'
  if (header.rawBytes > (snapshot ? LIMITS.snapshotRawBytes : LIMITS.rawBytes)) return 'BATCH_TOO_LARGE'
  if (header.records > LIMITS.recordsPerBatch) return 'ENVELOPE_MALFORMED'
  return header.sequence >= LIMITS.sequencePerStream ? 'SESSION_OVER' : undefined
}

function exceedsSession(
  open: OpenSession,
  header: BatchHeader,
  payloadBytes: number,
  now: number,
): BatchRefusal | undefined {
  const { startedAt } = open.session
  if (!hasRoom(open, payloadBytes)) return 'SESSION_OVER'
  // By the server's clock: how long before sending the batch began is all that the visitor's clock is asked.
  const recordedAt = now - Math.max(0, header.sentAt - header.firstAt)
  if (recordedAt > startedAt + LIMITS.sessionMs) return 'SESSION_OVER'
  if (now > startedAt + LIMITS.sessionMs + LIMITS.lateBatchMs) return 'SESSION_OVER'
  const isNewStream = !open.streams.has(header.stream)
  return isNewStream && open.streams.size >= LIMITS.streamsPerSession ? 'TOO_MANY_STREAMS' : undefined
}

/** As in the envelope (docs/PROTOCOL.md). */
const flagBits = ({ gzip, final, snapshot, retry }: BatchFlags): number =>
  (gzip ? 1 : 0) | (final ? 2 : 0) | (snapshot ? 4 : 0) | (retry ? 8 : 0)
