import type { IngestTransport } from '@vasistas/browser-core'
import type { UnsentBatches } from './batch/unsentBatches.ts'

/** What earlier pages could not send, under the names that it had there: the server knows what it has already. */
export async function sendUnsent(unsent: UnsentBatches, transport: IngestTransport): Promise<void> {
  for (const { name, envelope } of await unsent.list()) {
    const { status } = await transport.post('/v1/b', envelope)
    // Not now; a later page tries again.
    if (status === 0 || status === 408 || status === 429 || status >= 500) return
    unsent.forget([name])
  }
}
