import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'

export interface Asset {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
}

const FOLDER = join(import.meta.dirname, '../public')

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/** A file of `public/` by its decoded path. Nothing outside the folder, no folder, no type that is not listed. */
export function readAsset(path: string): Asset | undefined {
  const file = join(FOLDER, path)
  const type = TYPES[extname(file)]
  if (type === undefined || path.includes('\0') || !file.startsWith(FOLDER + sep)) return undefined
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined
  const body = readFileSync(file)
  return { body, type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}
