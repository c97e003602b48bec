import { Buffer } from 'node:buffer'

/** All spellings of the canary that occur in the bytes: plain, escaped, encoded, reversed, and put together from pieces. */
export function findCanary(sent: string, canary: string): readonly string[] {
  const text = sent.toLowerCase()
  const joined = joinedStrings(sent)
  return Object.entries(spellings(canary))
    .filter(([, spelling]) => text.includes(spelling.toLowerCase()))
    .map(([name]) => name)
    .concat(joined.includes(canary.toLowerCase()) ? ['in pieces'] : [])
}

function spellings(canary: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(canary)
  const base64 = (padding: number) =>
    Buffer.concat([Buffer.alloc(padding), bytes])
      .toString('base64')
      .slice(padding === 0 ? 0 : padding + 1, -4)
  return {
    plain: canary,
    'percent-encoded': encodeURIComponent(canary).replace(/%20/g, '+'),
    'percent-encoded with spaces': encodeURIComponent(canary),
    'percent-encoded twice': encodeURIComponent(encodeURIComponent(canary)),
    'base64 0': base64(0),
    'base64 1': base64(1),
    'base64 2': base64(2),
    hex: bytes.toString('hex'),
    reversed: canary.split('').reverse().join(''),
    'without separators': /\d{8}/.test(canary.replace(/\W/g, '')) ? canary.replace(/\W/g, '') : canary,
    entities: canary
      .split('')
      .map((letter) => `&#${letter.codePointAt(0)};`)
      .join(''),
  }
}

/** What every text and value of the records says when read one after the other. */
function joinedStrings(sent: string): string {
  return [...sent.matchAll(/"(?:textContent|value|text)":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => text)
    .join('')
    .toLowerCase()
}
