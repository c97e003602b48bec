import { gzipSync } from 'node:zlib'
import type { Manifest } from '@vasistas/wire/api'
import {
  encodeRecords,
  encodeReplayBatch,
  rrweb,
  type AttributeValue,
  type MutationRecord,
  type ReplayRecord,
  type SerializedDocument,
  type SerializedElement,
  type SerializedNode,
  type SerializedText,
} from '@vasistas/wire/recording'

export const START = 1_800_000_000_000
export const STREAM = 7

export interface StreamOfBatches {
  readonly stream: number
  readonly skewMs?: number
  /** Records of each batch; a batch may be raw bytes instead. Sequence numbers count from 0, `undefined` is missing. */
  readonly batches: readonly (readonly ReplayRecord[] | Uint8Array<ArrayBuffer> | undefined)[]
}

export interface StoredRecording {
  readonly manifest: Manifest
  /** Bytes of the replay stream for a range, as the server answers. */
  batches(stream: number, from: number, to: number): Uint8Array<ArrayBuffer>
}

/** A recording as the server would hand it out, with times from START on. */
export function aRecording(streams: readonly StreamOfBatches[], assetPrefix: string | null = null): StoredRecording {
  const stored = new Map<string, Uint8Array<ArrayBuffer>>()
  const manifest: Manifest = {
    recording: 'r'.repeat(22),
    assetPrefix,
    streams: streams.map(({ stream, skewMs = 0, batches }) => {
      const gaps: [number, number][] = []
      const refs = batches.flatMap((batch, sequence) => {
        if (batch === undefined) {
          gaps.push([sequence, sequence])
          return []
        }
        const isRaw = batch instanceof Uint8Array
        const payload = isRaw ? batch : new Uint8Array(gzipSync(encodeRecords(batch)))
        stored.set(`${stream}/${sequence}`, encodeReplayBatch({ stream, sequence, gzip: true, payload }))
        const times = isRaw ? [START + sequence * 1000] : batches.length > 0 ? batch.map(({ at }) => at) : []
        return [
          {
            sequence,
            firstAt: Math.min(...times),
            lastAt: Math.max(...times),
            bytes: payload.byteLength,
            hasSnapshot: !isRaw && batch.some(({ type }) => type === 'snapshot'),
          },
        ]
      })
      return { stream, skewMs, batches: refs, gaps }
    }),
  }
  return {
    manifest,
    batches(stream, from, to) {
      const parts: Uint8Array[] = []
      for (let sequence = from; sequence <= to; sequence++) {
        const batch = stored.get(`${stream}/${sequence}`)
        if (batch) parts.push(batch)
      }
      return new Uint8Array(Buffer.concat(parts))
    },
  }
}

export interface Page {
  readonly node: SerializedDocument
  /** Id of the first element with this `key` attribute. */
  id(key: string): number
}

type Child = string | ((ids: Ids) => SerializedNode)
interface Ids {
  next(): number
  readonly keys: Map<string, number>
}

/** An element; the attribute `key` names it for `Page.id` and is not recorded. */
export function element(
  tagName: string,
  attributes: { readonly [name: string]: AttributeValue } = {},
  children: readonly Child[] = [],
  more: Partial<SerializedElement> = {},
): (ids: Ids) => SerializedElement {
  return (ids) => {
    const id = ids.next()
    const { key, ...told } = attributes
    if (key !== undefined) ids.keys.set(String(key), id)
    const childNodes = children.map((child) => (typeof child === 'string' ? text(ids.next(), child) : child(ids)))
    return { type: rrweb.NODE.element, id, tagName, attributes: told, childNodes, ...more }
  }
}

export const text = (id: number, textContent: string): SerializedText => ({ type: rrweb.NODE.text, id, textContent })

/** A whole page with these children of its body; ids count from `firstId`. */
export function aPage(body: readonly Child[], head: readonly Child[] = [], firstId = 1): Page {
  let last = firstId - 1
  const keys = new Map<string, number>()
  const ids: Ids = { next: () => ++last, keys }
  const id = ids.next()
  const doctype = { type: rrweb.NODE.doctype, id: ids.next(), name: 'html', publicId: '', systemId: '' } as const
  const html = element('html', {}, [element('head', {}, head), element('body', { key: 'body' }, body)])(ids)
  return {
    node: { type: rrweb.NODE.document, id, childNodes: [doctype, html] },
    id(key) {
      const found = keys.get(key)
      if (found === undefined) throw new Error(`no element ${key}`)
      return found
    },
  }
}

/** A single node with fresh ids, for an addition. */
export function aNode(build: (ids: Ids) => SerializedNode, firstId: number): SerializedNode {
  let last = firstId - 1
  return build({ next: () => ++last, keys: new Map() })
}

/** `page` and `snapshot` as a recorder begins. Milliseconds from START. */
export function opening(page: Page, at = 0, url = 'https://shop.example/'): readonly ReplayRecord[] {
  return [
    { type: 'page', at: START + at, url, width: 800, height: 600 },
    { type: 'snapshot', at: START + at, node: page.node, left: 0, top: 0 },
  ]
}

export function mutation(at: number, parts: Partial<Omit<MutationRecord, 'type' | 'at'>>): ReplayRecord {
  return { type: 'mutation', at: START + at, adds: [], removes: [], texts: [], attributes: [], ...parts }
}
