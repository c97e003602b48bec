import type { Page, Request } from 'playwright-core'

export interface Delivery {
  /** Batches that the server acknowledged so far. */
  readonly acknowledged: number
  /** Addresses asked for on other origins than the shop's, the loader itself left out. */
  readonly foreignRequests: readonly string[]
  /** Resolves when at least one batch arrived and none has been on its way for a moment. False after the deadline. */
  settle(deadlineMs: number): Promise<boolean>
}

const QUIET_MS = 800
const PAUSE_MS = 50

/** Listens to what leaves the page: what the recorder sent and whether it was taken. */
export function watchDelivery(page: Page, shopOrigin: string): Delivery {
  const underWay = new Set<Request>()
  const foreignRequests: string[] = []
  let acknowledged = 0
  let lastMoveAt = performance.now()

  const isBatch = (request: Request) => new URL(request.url()).pathname === '/v1/b'
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    if (origin !== shopOrigin && origin !== 'null' && pathname !== '/v.js') foreignRequests.push(request.url())
    if (isBatch(request)) underWay.add(request)
  })
  page.on('response', (response) => {
    if (!isBatch(response.request())) return
    underWay.delete(response.request())
    if (response.ok()) acknowledged += 1
    lastMoveAt = performance.now()
  })
  page.on('requestfailed', (request) => {
    underWay.delete(request)
    lastMoveAt = performance.now()
  })

  return {
    get acknowledged() {
      return acknowledged
    },
    foreignRequests,
    async settle(deadlineMs) {
      const end = performance.now() + deadlineMs
      lastMoveAt = performance.now()
      const isQuiet = () => underWay.size === 0 && performance.now() - lastMoveAt > QUIET_MS
      while (performance.now() < end) {
        if (acknowledged > 0 && isQuiet()) return true
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      }
      return false
    },
  }
}
