import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { ChromiumPage } from '@vasistas/testing'

export const VIEWPORT = { width: 1100, height: 720 } as const

/** A visitor who agreed before, in a browser of his own: the notice does not stand in the way of what is tested. */
export async function openConsentingVisitor(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<ChromiumPage> {
  const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-GB', ...options })
  await context.addInitScript(() => {
    const consent = { recording: 'granted', at: Date.now(), textVersion: 'test', mechanism: 'api' }
    if (window.top === window) localStorage.setItem('vasistas.consent', JSON.stringify(consent))
  })
  return context.newPage()
}

/** Everything of the visit is on the server when the page has gone: the tail of a page travels at its end. */
export async function leave(page: ChromiumPage): Promise<void> {
  await page.goto('about:blank')
  await page.waitForTimeout(300)
  await page.context().close()
}

/** Every request that a page makes to the product's server; for what they hold, see startTap.ts. */
export function watchRequests(page: ChromiumPage, origin: string): { readonly url: string }[] {
  const seen: { url: string }[] = []
  page.context().on('request', (request) => {
    if (request.url().startsWith(origin)) seen.push({ url: request.url() })
  })
  return seen
}
