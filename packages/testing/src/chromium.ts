import { chromium, type Browser, type Page } from 'playwright-core'

const EXECUTABLE = '/usr/bin/chromium'
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type ChromiumPage = Page

/** The system's Chromium, headless; `await using browser = await openChromium()` closes it. */
export async function openChromium(): Promise<Browser & AsyncDisposable> {
  const browser = await chromium.launch({ executablePath: EXECUTABLE, headless: true, args: ARGUMENTS })
  return Object.assign(browser, { [Symbol.asyncDispose]: () => browser.close() })
}
