import { createIngestTransport, ERASE_NAME, type IdentityStorage } from '@vasistas/browser-core'
import type { SiteKey } from '@vasistas/wire/core'

/**
 * Erases on the server what was recorded of the visitor who asked for it; his own secret id is the proof that he may. What
 * fails is tried again by the next page.
 */
export async function eraseRecorded(
  page: typeof globalThis,
  server: string,
  site: SiteKey,
  storage: IdentityStorage,
): Promise<void> {
  const visitor = storage.read(ERASE_NAME)
  const transport = createIngestTransport({ server, fetch: page.fetch.bind(page), isAllowed: () => true })
  const body = new TextEncoder().encode(JSON.stringify({ v: 1, site, visitor }))
  const answer = await transport.postOutliving('/v1/erase', body)
  const { status = 0 } = answer ?? {}
  // Anything but trouble or haste of the server: it would not answer otherwise next time.
  if (status >= 200 && status < 500 && status !== 429) storage.remove(ERASE_NAME)
}
