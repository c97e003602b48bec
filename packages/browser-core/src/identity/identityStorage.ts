/** What our script keeps in a visitor's browser, as JSON under our names. */
export interface IdentityStorage {
  /** Null: nothing is kept under the name, or it is not ours. */
  read(name: string): unknown
  write(name: string, value: unknown): void
  remove(name: string): void
}

/** All names begin like this. */
export const STORAGE_PREFIX = 'vasistas.'

/** Local storage; where the browser forbids it or it is full, memory until the page goes. Never throws. */
export function createIdentityStorage(page: Window): IdentityStorage {
  const memory = new Map<string, string>()
  function attempt<Value>(action: (storage: Storage) => Value): Value | undefined {
    try {
      return action(page.localStorage)
    } catch {
      return undefined // blocked by the browser's settings, full, or not JSON
    }
  }
  return {
    read(name) {
      const text = memory.get(name) ?? attempt((storage) => storage.getItem(STORAGE_PREFIX + name))
      return attempt((): unknown => JSON.parse(text ?? 'null')) ?? null
    },
    write(name, value) {
      const text = JSON.stringify(value)
      const isKept = attempt((storage) => {
        storage.setItem(STORAGE_PREFIX + name, text)
        return true
      })
      if (isKept) memory.delete(name)
      else memory.set(name, text)
    },
    remove(name) {
      memory.delete(name)
      attempt((storage) => storage.removeItem(STORAGE_PREFIX + name))
    },
  }
}
