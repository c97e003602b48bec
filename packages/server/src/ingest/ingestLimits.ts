import type { Clock } from '../clock.ts'
import { networkOf } from '../networkOf.ts'
import { createTokenBuckets, type BucketSize } from './tokenBuckets.ts'

/** How much one site, one address and all together may ask of this process (storage.md §3.9). Bytes, or per second. */
export interface IngestLimitSettings {
  readonly siteStarts: BucketSize
  readonly siteBytes: BucketSize
  readonly addressStarts: BucketSize
  readonly addressRequests: BucketSize
  readonly inFlightBytes: number
  readonly inFlightBytesPerAddress: number
}

const MiB = 1024 * 1024

export const INGEST_LIMITS: IngestLimitSettings = {
  siteStarts: { burst: 100, perSecond: 20 },
  siteBytes: { burst: 32 * MiB, perSecond: 2 * MiB },
  // An office behind one address opens many pages at nine o'clock.
  addressStarts: { burst: 30, perSecond: 5 / 60 },
  addressRequests: { burst: 256, perSecond: 64 },
  inFlightBytes: 256 * MiB,
  inFlightBytesPerAddress: 16 * MiB,
}

/** Bytes of one body while it is received and committed. */
export interface BodyBudget {
  /** False: no more may be held; nothing was taken. */
  take(bytes: number): boolean
  /** Gives everything back; twice is harmless. */
  release(): void
}

export interface IngestLimits {
  /** Each answers 0 for yes, or after how many milliseconds to try again. */
  start(siteId: number, address: string): number
  request(address: string): number
  bytes(siteId: number, count: number): number
  openBody(address: string): BodyBudget
  readonly inFlightBytes: number
}

export function createIngestLimits(clock: Clock, settings: IngestLimitSettings = INGEST_LIMITS): IngestLimits {
  const siteStarts = createTokenBuckets<number>(settings.siteStarts, clock)
  const siteBytes = createTokenBuckets<number>(settings.siteBytes, clock)
  const addressStarts = createTokenBuckets<string>(settings.addressStarts, clock)
  const addressRequests = createTokenBuckets<string>(settings.addressRequests, clock)
  const held = new Map<string, number>()
  let inFlight = 0

  return {
    start(siteId, address) {
      const network = sharerOf(address)
      const wait = network === undefined ? 0 : addressStarts.take(network)
      return wait > 0 ? wait : siteStarts.take(siteId)
    },
    request(address) {
      const network = sharerOf(address)
      return network === undefined ? 0 : addressRequests.take(network)
    },
    bytes: (siteId, count) => siteBytes.take(siteId, count),

    openBody(address) {
      const network = sharerOf(address)
      let mine = 0
      return {
        take(bytes) {
          const together = network === undefined ? 0 : (held.get(network) ?? 0) + bytes
          if (inFlight + bytes > settings.inFlightBytes || together > settings.inFlightBytesPerAddress) return false
          if (network !== undefined) held.set(network, together)
          inFlight += bytes
          mine += bytes
          return true
        },
        release() {
          inFlight -= mine
          if (network !== undefined) {
            const left = (held.get(network) ?? 0) - mine
            if (left > 0) held.set(network, left)
            else held.delete(network)
          }
          mine = 0
        },
      }
    },
    get inFlightBytes() {
      return inFlight
    },
  }
}

/** Who shares an allowance. This machine itself shares none: a proxy that is not trusted makes every visitor look like it. */
function sharerOf(address: string): string | undefined {
  const network = networkOf(address)
  return address === '::1' || network.startsWith('127.') ? undefined : network
}
