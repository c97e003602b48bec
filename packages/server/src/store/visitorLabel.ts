/** Crockford's letters in lower case: no i, l, o, u, so that a label can be read aloud. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const LABEL_BYTES = 5
const LABEL = /^[\da-hjkmnp-tv-z]{8}$/

/**
 * Eight letters by which people tell visitors apart: the first 40 bits of the keyed hash that stands for the browser, so
 * it is stable, and nobody gets from it to a person.
 */
export function visitorLabel(visitorHash: Uint8Array): string {
  let bits = 0n
  for (const byte of visitorHash.subarray(0, LABEL_BYTES)) bits = (bits << 8n) | BigInt(byte)
  return Array.from({ length: 8 }, (_, index) => LETTERS[Number((bits >> BigInt(35 - 5 * index)) & 31n)] ?? '').join('')
}

/** First and last hash with this label (of 32 bytes); nothing when it is no label. */
export function visitorHashRange(label: string): { readonly from: Uint8Array; readonly to: Uint8Array } | undefined {
  const lower = label.trim().toLowerCase()
  if (!LABEL.test(lower)) return undefined
  let bits = 0n
  for (const letter of lower) bits = (bits << 5n) | BigInt(LETTERS.indexOf(letter))
  const prefix = Array.from({ length: LABEL_BYTES }, (_, index) => Number((bits >> BigInt(32 - 8 * index)) & 255n))
  return { from: Uint8Array.from(prefix), to: Uint8Array.from([...prefix, ...Array<number>(27).fill(255)]) }
}
