import type { PageStorage } from '@vasistas/browser-core'

export type ConsentMechanism = 'notice' | 'api'

/** A choice that the visitor made, as his browser remembers it; the only thing kept after a refusal. */
export interface Consent {
  readonly recording: 'granted' | 'denied'
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Of the words shown; `site` when the site's own consent manager asked. */
  readonly textVersion: string
  readonly mechanism: ConsentMechanism
}

/** Six months, for a yes as for a no (CNIL recommendation 2020-092). */
const REMEMBERED_MS = 183 * 24 * 3600_000

export interface ConsentMemory {
  /** Nothing when there was no choice, or it is too old. */
  read(): Consent | undefined
  write(consent: Consent): void
}

export function createConsentMemory(storage: PageStorage, now: () => number): ConsentMemory {
  return {
    read() {
      const found = storage.read('consent') as Partial<Consent> | undefined
      if (found?.recording !== 'granted' && found?.recording !== 'denied') return undefined
      const { at } = found
      return typeof at === 'number' && now() - at < REMEMBERED_MS && at <= now() + REMEMBERED_MS
        ? (found as Consent)
        : undefined
    },
    write: (consent) => storage.write('consent', consent),
  }
}
