import { MASK } from '@vasistas/privacy'

/**
 * What was typed into masked controls, so that the page repeating it (a greeting, a preview, "no results for …") is masked
 * too: the whole, its words, and how far it was typed when an answer was asked for. Lives in this page's memory only, and
 * never leaves it.
 */
export interface Echoes {
  /** A control's value now; what it was before stays known, unless it only grew. */
  note(control: object, value: string): void
  /** The control is done with: its last value stays known, the next one is a new one. */
  settle(control: object): void
  /** The text with every echo masked. */
  mask(text: string): string
}

/** Known only as a word of its own; what is longer, anywhere. */
const SHORTEST = 3
const MOST_SETTLED = 200
const LONGEST = 5000
/** Words of more than these are too common to be masked wherever they stand: a letter, not a name, an address, a query. */
const MOST_WORDS = 6
/** A long text is changed in its middle letter by letter: its versions would push all else out of memory. */
const LONGEST_VERSION = 100
const WORD = /[\p{L}\p{N}]+/gu
const WORD_CHARACTER = /[\p{L}\p{N}]/u

export function createEchoes(): Echoes {
  const current = new Map<object, string>()
  const settled = new Set<string>()
  let pieces: readonly string[] | undefined

  function settle(control: object): void {
    const value = current.get(control)
    current.delete(control)
    if (value === undefined) return
    settled.delete(value)
    settled.add(value)
    const [oldest] = settled
    if (settled.size > MOST_SETTLED && oldest !== undefined) settled.delete(oldest)
  }

  /** The longest first: what it masks, no shorter one leaves in parts. */
  function allPieces(): readonly string[] {
    pieces ??= [...current.values(), ...settled].flatMap(piecesOf).sort((one, other) => other.length - one.length)
    return pieces
  }

  function isPartOfEcho(text: string): boolean {
    return text.length > SHORTEST && [...current.values(), ...settled].some((value) => value.includes(text))
  }

  return {
    note(control, value) {
      const now = plain(value.slice(0, LONGEST))
      const before = current.get(control)
      if (before?.startsWith(now)) return
      if (before !== undefined && !now.startsWith(before) && before.length <= LONGEST_VERSION) settle(control)
      current.set(control, now)
      pieces = undefined
    },
    settle,
    mask(text) {
      if (current.size === 0 && settled.size === 0) return text
      const lower = text.toLowerCase()
      if (isPartOfEcho(plain(text))) return MASK
      const heads = allPieces().filter((piece) => lower.includes(headOf(piece)))
      return heads.reduce(maskPiece, text)
    },
  }
}

/** As it is compared: line ends stay, because a page shows lines as paragraphs. */
const plain = (text: string): string =>
  text
    .trim()
    .replace(/[^\S\n]+/g, ' ')
    .toLowerCase()

const headOf = (piece: string): string => piece.slice(0, SHORTEST + 1)

function piecesOf(value: string): readonly string[] {
  const words = [...value.matchAll(WORD)]
  const parts = words.length > MOST_WORDS ? value.split('\n') : words.slice(1).map(({ index }) => value.slice(index))
  return [value, ...parts.filter((part) => part.length > SHORTEST)].filter((part) => part.length >= SHORTEST)
}

function maskPiece(text: string, piece: string): string {
  const lower = text.toLowerCase()
  const head = headOf(piece)
  // Lower-casing may change lengths in a few scripts: then positions mean nothing and the whole text goes.
  if (lower.length !== text.length) return lower.includes(head) ? MASK : text
  let result = ''
  let done = 0
  for (let at = lower.indexOf(head); at >= 0; at = lower.indexOf(head, Math.max(done, at + 1))) {
    const length = agreement(lower, at, piece)
    if (length === 0) continue
    result += text.slice(done, at) + MASK
    done = at + length
  }
  return result + text.slice(done)
}

/** How many characters from here on repeat the piece: all of it, or whole words of its beginning. */
function agreement(text: string, at: number, piece: string): number {
  let length = 0
  while (length < piece.length && text[at + length] === piece[length]) length++
  if (length === piece.length && length > SHORTEST) return length
  if (isInWord(text, at)) return 0
  while (length > 0 && isInWord(text, at + length)) length--
  return length === piece.length || length > SHORTEST ? length : 0
}

const isInWord = (text: string, at: number): boolean =>
  WORD_CHARACTER.test(text[at - 1] ?? '') && WORD_CHARACTER.test(text[at] ?? '')
