import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { StoreInUseError } from './storeErrors.ts'

/**
 * Holds a data folder for one process: an open exclusive transaction on a file of its own. The operating system lets go of
 * it when the process ends, however it ends; no stale lock, no process ids.
 */
export function lockFolder(folder: string): { release(): void } {
  const file = join(folder, 'lock.db')
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE')
  } catch {
    database.close()
    throw new StoreInUseError(folder)
  }
  return {
    release() {
      if (database.isOpen) database.close()
    },
  }
}
