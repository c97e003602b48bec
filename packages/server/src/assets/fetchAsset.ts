import { lookup } from 'node:dns/promises'
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { assetType } from './assetType.ts'

/** Milliseconds for everything together: name, connection, answer, redirects. */
const DEADLINE_MS = 5000
const MAX_REDIRECTS = 3

type AssetRefusal =
  | 'url-invalid'
  | 'origin-foreign'
  | 'address-private'
  | 'redirect-foreign'
  | 'redirect-loop'
  | 'status'
  | 'type'
  | 'too-large'
  | 'encoding'
  | 'unreachable'

interface FetchedAsset {
  readonly contentType: string
  readonly bytes: Uint8Array
}

export type AssetOutcome =
  { readonly ok: true; readonly asset: FetchedAsset } | { readonly ok: false; readonly reason: AssetRefusal }

export interface AssetFetchRules {
  /** All addresses of a name; the system's resolver outside tests. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>
  readonly mayConnect: (address: string) => boolean
  readonly deadlineMs?: number
}

/** Fetches one image or font of the given origins; what is refused says why and throws nothing. */
export type FetchAsset = (url: string, origins: readonly string[], stop: AbortSignal) => Promise<AssetOutcome>

export const resolveAddresses = async (hostname: string): Promise<readonly string[]> =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/**
 * A recording names the addresses, so whoever forges one chooses what this machine asks for: only origins that the owner
 * listed, GET without cookies or query, no redirect that leaves the origin, and the connection goes to the very address
 * that was checked, so that a name which answers differently the second time (DNS rebinding) wins nothing.
 */
export function createAssetFetcher({ resolve, mayConnect, deadlineMs = DEADLINE_MS }: AssetFetchRules): FetchAsset {
  return async function fetchAsset(url, origins, stop) {
    const target = parseAssetUrl(url)
    if (!target) return refuse('url-invalid')
    if (!origins.includes(target.origin)) return refuse('origin-foreign')
    const signal = AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)])
    try {
      return await follow(target, signal)
    } catch {
      // Whatever the network did: the caller tries again later, and a text of the other side belongs in no log.
      return refuse('unreachable')
    }
  }

  async function follow(target: URL, signal: AbortSignal): Promise<AssetOutcome> {
    let current = target
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const address = await checkedAddress(current, signal)
      if (address === undefined) return refuse('address-private')
      const response = await get(current, address, signal)
      const location = redirectTarget(response, current)
      if (location === undefined) return await readAsset(response)
      response.destroy()
      if (location === null || location.origin !== target.origin) return refuse('redirect-foreign')
      current = location
    }
    return refuse('redirect-loop')
  }

  async function checkedAddress(url: URL, signal: AbortSignal): Promise<string | undefined> {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host) ? [host] : await withSignal(resolve(host), signal)
    return addresses.find(mayConnect)
  }
}

/** `http(s)` with nothing that could carry a secret or a command: no user, no query. */
function parseAssetUrl(url: string): URL | undefined {
  const parsed = URL.parse(url)
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) return undefined
  return parsed.username || parsed.password || parsed.search ? undefined : parsed
}

function get(url: URL, address: string, signal: AbortSignal): Promise<IncomingMessage> {
  const options: RequestOptions = {
    method: 'GET',
    signal,
    agent: false,
    lookup: pinnedLookup(address),
    headers: { accept: 'image/*,font/*', 'accept-encoding': 'identity', 'user-agent': 'Vasistas-Assets' },
  }
  return new Promise((settle, reject) => {
    const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options)
    request.once('response', settle).once('error', reject).end()
  })
}

/** Whatever name the socket asks for, the answer is the address that was checked. */
function pinnedLookup(address: string): LookupFunction {
  const family = isIP(address)
  return (_hostname, options, answer) => {
    if (options.all) answer(null, [{ address, family }])
    else answer(null, address, family)
  }
}

/** Undefined: no redirect; null: one that leads nowhere we would go. */
function redirectTarget({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined
  const target = headers.location === undefined ? null : URL.parse(headers.location, from)
  return target && parseAssetUrl(target.href) ? target : null
}

async function readAsset(response: IncomingMessage): Promise<AssetOutcome> {
  const reason = refusalOf(response)
  const type = assetType(response.headers['content-type'])
  if (reason !== undefined || !type) {
    response.destroy()
    return refuse(reason ?? 'type')
  }
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response as AsyncIterable<Uint8Array>) {
    length += part.byteLength
    // Leaving the loop destroys the response, and with it the connection.
    if (length > type.maxBytes) return refuse('too-large')
    parts.push(part)
  }
  if (length === 0) return refuse('type')
  return { ok: true, asset: { contentType: type.contentType, bytes: Buffer.concat(parts, length) } }
}

function refusalOf({ statusCode, headers }: IncomingMessage): AssetRefusal | undefined {
  if (statusCode !== 200) return 'status'
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 'encoding'
  const type = assetType(headers['content-type'])
  if (!type) return 'type'
  return Number(headers['content-length'] ?? 0) > type.maxBytes ? 'too-large' : undefined
}

const refuse = (reason: AssetRefusal): AssetOutcome => ({ ok: false, reason })

function withSignal<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((settle, reject) => {
    const stop = () => reject(new Error('deadline passed'))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(settle, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
