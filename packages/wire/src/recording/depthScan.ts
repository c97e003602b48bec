import { LIMITS } from '../core/limits.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { WireError } from '../core/wireError.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * Counts nesting, string length and top-level entries on the bytes, before JSON.parse sees them: V8 parses five million
 * nested lists without complaint and every later walk dies of it (storage.md §3.7).
 */
export function scanDepth(json: Uint8Array): Result<undefined, WireError> {
  let depth = 0
  let entries = 1
  let stringStart = -1
  for (let index = 0; index < json.length; index++) {
    const byte = json[index]
    if (stringStart >= 0) {
      if (byte === BACKSLASH) index++
      else if (byte === QUOTE) {
        if (index - stringStart > LIMITS.stringBytes) return fail('PAYLOAD_STRING_TOO_LONG')
        stringStart = -1
      }
      continue
    }
    if (byte === QUOTE) stringStart = index
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > LIMITS.depth) return fail('PAYLOAD_TOO_DEEP')
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--
    else if (byte === COMMA && depth === 1 && ++entries > LIMITS.recordsPerBatch)
      return fail('PAYLOAD_TOO_MANY_RECORDS')
  }
  return ok(undefined)
}
