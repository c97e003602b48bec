import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** Which of the strings occur in the bytes, in any of the ways that text hides in (leaks.md §0.3). */
export function findCanaries(bytes: Buffer, canaries: readonly string[]): string[] {
  const layers = [bytes, ...inflatedParts(bytes)].map((layer) => layer.toString('latin1'))
  return canaries.filter((canary) => {
    const forms = formsOf(canary)
    return layers.some((layer) => forms.some((form) => layer.includes(form)))
  })
}

/** The same over every file below a folder. */
export function findCanariesInFolder(folder: string, canaries: readonly string[]): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory()
      ? findCanariesInFolder(path, canaries)
      : findCanaries(readFileSync(path), canaries).map((canary) => `${name}: ${canary}`)
  })
}

function formsOf(canary: string): readonly string[] {
  const utf8 = Buffer.from(canary, 'utf8')
  const escaped = JSON.stringify(canary).slice(1, -1)
  const unicode = Array.from(canary)
    .map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
  const percent = encodeURIComponent(canary)
  const base64 = [0, 1, 2].map((shift) =>
    // Without the first and last characters, which depend on the neighbours.
    Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  return [
    utf8.toString('latin1'),
    escaped,
    unicode,
    percent,
    encodeURIComponent(percent),
    ...base64,
    ...base64.map((text) => text.replace(/\+/g, '-').replace(/\//g, '_')),
    utf8.toString('hex'),
    Buffer.from(canary, 'utf16le').toString('latin1'),
    Buffer.from(Array.from(canary).reverse().join(''), 'utf8').toString('latin1'),
  ].filter((form) => form.length >= 6)
}

const MOST_PARTS = 64

/** Every gzip stream inside, and the whole as zlib or brotli. */
function inflatedParts(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (
    let at = bytes.indexOf('\x1f\x8b\x08', 0, 'latin1');
    at >= 0 && parts.length < MOST_PARTS;
    at = bytes.indexOf('\x1f\x8b\x08', at + 1, 'latin1')
  ) {
    const part = attempt(() => gunzipSync(bytes.subarray(at)))
    if (part) parts.push(part)
  }
  for (const open of [inflateSync, brotliDecompressSync]) {
    const part = attempt(() => open(bytes))
    if (part) parts.push(part)
  }
  return parts
}

function attempt(open: () => Buffer): Buffer | undefined {
  try {
    return open()
  } catch {
    return undefined // not of this kind
  }
}
