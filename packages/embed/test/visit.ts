import type { ChromiumPage } from '@vasistas/testing'

const HOST = 'vasistas-notice'

export const notice = (page: ChromiumPage) => page.locator(`${HOST} [role=dialog]`)
export const control = (page: ChromiumPage) => page.locator(`${HOST} button[aria-expanded]`)
export const button = (page: ChromiumPage, name: string | RegExp) => page.locator(HOST).getByRole('button', { name })

export const accept = (page: ChromiumPage): Promise<void> => button(page, /^(Accept|Accepter)$/).click()
export const refuse = (page: ChromiumPage): Promise<void> => button(page, /^(Refuse|Refuser)$/).click()

/** Calls the public API as a page does. */
export function vasistas(page: ChromiumPage, ...call: readonly unknown[]): Promise<void> {
  return page.evaluate((args) => (window as unknown as { vasistas(...args: unknown[]): void }).vasistas(...args), call)
}

/** Events that the page was told, with their details. */
export function toldOf(page: ChromiumPage): Promise<readonly (readonly [string, unknown])[]> {
  return page.evaluate(() => (window as unknown as { told: [string, unknown][] }).told)
}

export interface KeptInBrowser {
  readonly local: Readonly<Record<string, string>>
  readonly session: Readonly<Record<string, string>>
  readonly cookies: string
  readonly databases: readonly string[]
}

/** All that a site can keep in a browser. */
export function storageOf(page: ChromiumPage): Promise<KeptInBrowser> {
  return page.evaluate(async () => ({
    local: Object.fromEntries(Object.entries(localStorage)) as Record<string, string>,
    session: Object.fromEntries(Object.entries(sessionStorage)) as Record<string, string>,
    cookies: document.cookie,
    databases: (await indexedDB.databases()).flatMap(({ name }) => name ?? []),
  }))
}
