/** The page's local storage as JSON values under our names; where it is forbidden or full, nothing is kept and nothing breaks. */
export interface PageStorage {
  read(name: string): unknown
  write(name: string, value: unknown): void
  remove(name: string): void
}

const PREFIX = 'vasistas.'

export function createPageStorage(page: Window): PageStorage {
  function attempt<Value>(action: (storage: Storage) => Value): Value | undefined {
    try {
      return action(page.localStorage)
    } catch {
      return undefined // blocked by the browser's settings, full, or not JSON
    }
  }
  return {
    read: (name) => attempt((storage): unknown => JSON.parse(storage.getItem(PREFIX + name) ?? 'null')) ?? undefined,
    write: (name, value) => void attempt((storage) => storage.setItem(PREFIX + name, JSON.stringify(value))),
    remove: (name) => void attempt((storage) => storage.removeItem(PREFIX + name)),
  }
}
