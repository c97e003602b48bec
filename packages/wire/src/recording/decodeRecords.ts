import { fail, ok, type Result } from '../core/result.ts'
import type { WireError } from '../core/wireError.ts'
import { LIMITS } from '../core/limits.ts'
import { decodeNode, isAttributes, isObject, type UnknownObject } from './decodeNode.ts'
import { CUSTOM_TAGS } from './encodeRecords.ts'
import type { AddedNode, PointerAction, ReplayRecord } from './record.ts'
import { EVENT, INTERACTION, MEDIA, NODE, SOURCE, type RrwebEvent } from './rrwebEvent.ts'

export interface DecodedRecords {
  readonly records: readonly ReplayRecord[]
  /** Events of a kind or shape that this version does not know: left out, counted. */
  readonly unknown: number
}

/** A batch's payload text to records. The caller has run `scanDepth` on the bytes. Never throws. */
export function decodeRecords(text: string): Result<DecodedRecords, WireError> {
  const events = parsePayload(text)
  if (!events.ok) return events
  const records: ReplayRecord[] = []
  let unknown = 0
  for (const event of events.value) {
    const record = decodeRecord(event)
    if (record) records.push(record)
    else unknown++
  }
  return ok({ records, unknown })
}

/** JSON text to events whose outer shape holds; what is inside `data` stays unknown. */
export function parsePayload(text: string): Result<readonly unknown[], WireError> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return fail('PAYLOAD_NOT_JSON')
  }
  if (!Array.isArray(parsed)) return fail('PAYLOAD_NOT_A_LIST')
  if (parsed.length > LIMITS.recordsPerBatch) return fail('PAYLOAD_TOO_MANY_RECORDS')
  return ok(parsed)
}

/** One rrweb event to a record, rebuilt from known own properties only; nothing when it is not one of ours. */
export function decodeRecord(event: unknown): ReplayRecord | undefined {
  if (!isObject(event)) return undefined
  const { type, timestamp, data } = event as { [K in keyof RrwebEvent]?: unknown }
  if (!isFiniteNumber(timestamp) || !isObject(data)) return undefined
  switch (type) {
    case EVENT.meta:
      return isString(data['href']) && isFiniteNumber(data['width']) && isFiniteNumber(data['height'])
        ? { type: 'page', at: timestamp, url: data['href'], width: data['width'], height: data['height'] }
        : undefined
    case EVENT.fullSnapshot:
      return decodeSnapshot(timestamp, data)
    case EVENT.incremental:
      return decodeIncremental(timestamp, data)
    case EVENT.custom:
      return decodeCustom(timestamp, data)
    default:
      return undefined
  }
}

function decodeSnapshot(at: number, data: UnknownObject): ReplayRecord | undefined {
  const node = decodeNode(data['node'])
  const offset = data['initialOffset']
  if (node?.type !== NODE.document || !isObject(offset)) return undefined
  const { left, top } = offset
  return isFiniteNumber(left) && isFiniteNumber(top) ? { type: 'snapshot', at, node, left, top } : undefined
}

function decodeIncremental(at: number, data: UnknownObject): ReplayRecord | undefined {
  switch (data['source']) {
    case SOURCE.mutation:
      return decodeMutation(at, data)
    case SOURCE.mouseMove:
      return decodePointerMove(at, 'mouse', data)
    case SOURCE.touchMove:
      return decodePointerMove(at, 'touch', data)
    case SOURCE.mouseInteraction:
      return decodeInteraction(at, data)
    case SOURCE.scroll: {
      const { id, x, y } = data
      return isId(id) && isFiniteNumber(x) && isFiniteNumber(y)
        ? { type: 'scroll', at, node: id, left: x, top: y }
        : undefined
    }
    case SOURCE.viewportResize: {
      const { width, height } = data
      return isFiniteNumber(width) && isFiniteNumber(height) ? { type: 'viewport', at, width, height } : undefined
    }
    case SOURCE.input: {
      const { id, text, isChecked } = data
      return isId(id) && isString(text) && typeof isChecked === 'boolean'
        ? { type: 'input', at, node: id, text, checked: isChecked }
        : undefined
    }
    case SOURCE.mediaInteraction:
      return decodeMedia(at, data)
    case SOURCE.styleSheetRule:
      return decodeStyleSheet(at, data)
    case SOURCE.adoptedStyleSheet:
      return decodeAdoptedSheets(at, data)
    default:
      return undefined
  }
}

function decodeMutation(at: number, data: UnknownObject): ReplayRecord | undefined {
  const adds = listOf(data['adds'], (add): AddedNode | undefined => {
    const { parentId, nextId } = add
    const node = decodeNode(add['node'])
    return isId(parentId) && (nextId === null || isId(nextId)) && node ? { parentId, nextId, node } : undefined
  })
  const removes = listOf(data['removes'], ({ parentId, id, isShadow }) =>
    isId(parentId) && isId(id) ? { parentId, id, ...(isShadow === true && { isShadow: true as const }) } : undefined,
  )
  const texts = listOf(data['texts'], ({ id, value }) => (isId(id) && isString(value) ? { id, value } : undefined))
  const attributes = listOf(data['attributes'], ({ id, attributes: changed }) =>
    isId(id) && isAttributes(changed) ? { id, attributes: { ...changed } } : undefined,
  )
  if (!adds || !removes || !texts || !attributes) return undefined
  const frame = data['isAttachIframe'] === true && { isAttachIframe: true as const }
  return { type: 'mutation', at, adds, removes, texts, attributes, ...frame }
}

function decodePointerMove(at: number, pointer: 'mouse' | 'touch', data: UnknownObject): ReplayRecord | undefined {
  const positions = listOf(data['positions'], ({ x, y, id, timeOffset }) =>
    isFiniteNumber(x) && isFiniteNumber(y) && isId(id) && isFiniteNumber(timeOffset)
      ? { x, y, node: id, offset: timeOffset }
      : undefined,
  )
  return positions && { type: 'pointer-move', at, pointer, positions }
}

const ACTION_BY_NUMBER = new Map<unknown, string>(Object.entries(INTERACTION).map(([name, number]) => [number, name]))
const MEDIA_BY_NUMBER = new Map<unknown, string>(Object.entries(MEDIA).map(([name, number]) => [number, name]))

function decodeInteraction(at: number, data: UnknownObject): ReplayRecord | undefined {
  const action = ACTION_BY_NUMBER.get(data['type'])
  const { id, x, y } = data
  if (!isId(id)) return undefined
  if (action === 'focus' || action === 'blur') return { type: 'focus', at, node: id, focused: action === 'focus' }
  return action && isFiniteNumber(x) && isFiniteNumber(y)
    ? { type: 'pointer-action', at, action: action as PointerAction, node: id, x, y }
    : undefined
}

function decodeMedia(at: number, data: UnknownObject): ReplayRecord | undefined {
  const action = MEDIA_BY_NUMBER.get(data['type'])
  const { id, currentTime, volume, muted, loop, playbackRate } = data
  if (!action || !isId(id)) return undefined
  return {
    type: 'media',
    at,
    action: action as 'play',
    node: id,
    currentTime: isFiniteNumber(currentTime) ? currentTime : 0,
    volume: isFiniteNumber(volume) ? volume : 1,
    muted: muted === true,
    loop: loop === true,
    playbackRate: isFiniteNumber(playbackRate) ? playbackRate : 1,
  }
}

function decodeStyleSheet(at: number, data: UnknownObject): ReplayRecord | undefined {
  const { id, styleId, replaceSync } = data
  const adds =
    data['adds'] === undefined
      ? undefined
      : listOf(data['adds'], ({ rule, index }) =>
          isString(rule) && (index === undefined || isRuleIndex(index)) ? { rule, index: index ?? 0 } : undefined,
        )
  const removes =
    data['removes'] === undefined
      ? undefined
      : listOf(data['removes'], ({ index }) => (isRuleIndex(index) ? { index } : undefined))
  if (!isId(id) && !isId(styleId)) return undefined
  return {
    type: 'style-sheet',
    at,
    ...(isId(id) && { node: id }),
    ...(isId(styleId) && { styleId }),
    ...(adds && { adds }),
    ...(removes && { removes }),
    ...(isString(replaceSync) && { replace: replaceSync }),
  }
}

function decodeAdoptedSheets(at: number, data: UnknownObject): ReplayRecord | undefined {
  const { id, styleIds } = data
  if (!isId(id) || !Array.isArray(styleIds) || !styleIds.every(isId)) return undefined
  const styles =
    data['styles'] === undefined
      ? undefined
      : listOf(data['styles'], (style) => {
          const rules = listOf(style['rules'], ({ rule, index }) =>
            isString(rule) && (index === undefined || isFiniteNumber(index)) ? { rule, index: index ?? 0 } : undefined,
          )
          return isId(style['styleId']) && rules ? { styleId: style['styleId'], rules } : undefined
        })
  return { type: 'adopted-sheets', at, node: id, styleIds, ...(styles && { styles }) }
}

function decodeCustom(at: number, data: UnknownObject): ReplayRecord | undefined {
  const { tag, payload } = data
  if (!isObject(payload)) return undefined
  switch (tag) {
    case CUSTOM_TAGS.visibility:
      return { type: 'visibility', at, visible: payload['visible'] === true }
    case CUSTOM_TAGS.navigation:
      return isString(payload['href']) ? { type: 'navigation', at, url: payload['href'] } : undefined
    case CUSTOM_TAGS.error:
      return isString(payload['name']) && isString(payload['message'])
        ? { type: 'error', at, name: payload['name'], message: payload['message'] }
        : undefined
    case CUSTOM_TAGS.custom:
      return isString(payload['name']) && isObject(payload['props'])
        ? { type: 'custom', at, name: payload['name'], props: scalarProperties(payload['props']) }
        : undefined
    case CUSTOM_TAGS.gap: {
      const { reason } = payload
      return reason === 'queue-full' || reason === 'too-large' || reason === 'excluded-page'
        ? { type: 'gap', at, reason }
        : undefined
    }
    default:
      return undefined
  }
}

function scalarProperties(props: UnknownObject): { [name: string]: string | number | boolean } {
  return Object.fromEntries(
    Object.entries(props).filter(
      (entry): entry is [string, string | number | boolean] =>
        entry[0] !== '__proto__' && (isString(entry[1]) || isFiniteNumber(entry[1]) || typeof entry[1] === 'boolean'),
    ),
  )
}

/** Every entry must decode, or the whole list is refused: half a mutation would corrupt the replayed page. */
function listOf<Item>(value: unknown, decode: (entry: UnknownObject) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items: Item[] = []
  for (const entry of value) {
    const item = isObject(entry) ? decode(entry) : undefined
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

const isString = (value: unknown): value is string => typeof value === 'string'
const isFiniteNumber = (value: unknown): value is number => Number.isFinite(value)
const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
const isRuleIndex = (value: unknown): value is number | number[] =>
  isFiniteNumber(value) || (Array.isArray(value) && value.every(isFiniteNumber))
