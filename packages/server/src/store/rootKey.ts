import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Random } from '../random.ts'
import { StoreFailedError } from './storeErrors.ts'

/** The key above all others. It wraps epoch keys, and other secrets of this server are derived from it, each for its use. */
export interface RootKey {
  readonly secret: KeyObject
  /** Tells root keys apart without telling them; one byte goes into tokens. */
  readonly id: Uint8Array
  derive(purpose: string): KeyObject
}

const KEY_BYTES = 32

/**
 * Reads the root key; makes one when `mayCreate` and there is none. Refuses a file that others may read. A data folder that
 * already has keys must not get a new root key: everything in it would be lost without a word.
 */
export async function openRootKey(
  file: string,
  random: Random,
  { mayCreate }: { readonly mayCreate: boolean },
): Promise<RootKey> {
  const found = await readRootKey(file)
  if (found) return found
  if (!mayCreate) throw new StoreFailedError(`the root key file ${file} is missing, and data wrapped by it exists`)
  await createRootKey(file, random)
  const made = await readRootKey(file)
  if (!made) throw new StoreFailedError(`the root key file ${file} cannot be made`)
  return made
}

async function readRootKey(file: string): Promise<RootKey | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new StoreFailedError(`the root key file ${file} may be read by others: chmod 600 it`)
  }
  const bytes = Buffer.from(text.trim(), 'base64url')
  if (bytes.byteLength !== KEY_BYTES) throw new StoreFailedError(`the root key file ${file} holds no key of 32 bytes`)
  return rootKeyFrom(bytes)
}

/** Written beside and linked into place, so that a key file is never half a key and never replaces another. */
async function createRootKey(file: string, random: Random): Promise<void> {
  const folder = dirname(file)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.new`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(Buffer.from(random.bytes(KEY_BYTES)).toString('base64url') + '\n')
    await handle.sync()
  } finally {
    await handle.close()
  }
  await chmod(draft, 0o600)
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  const directory = await open(folder, 'r')
  await directory.sync()
  await directory.close()
}

function rootKeyFrom(bytes: Uint8Array): RootKey {
  const secret = createSecretKey(bytes)
  return {
    secret,
    id: createHash('sha256').update('vasistas root key id').update(bytes).digest().subarray(0, 8),
    derive: (purpose) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `vasistas ${purpose}`, KEY_BYTES))),
  }
}
