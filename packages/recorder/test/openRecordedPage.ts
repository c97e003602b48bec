import { fileURLToPath } from 'node:url'
import { bundleForBrowser, openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PrivacyPolicy } from '@vasistas/wire/core'
import type { ReplayRecord } from '@vasistas/wire/recording'
import type { Mark } from '../src/nodePrivacy.ts'
import type * as inPage from './recorderInPage.ts'

declare global {
  interface Window {
    recorder: typeof inPage
    told: inPage.RecorderInPage
  }
}

export interface RecordOptions {
  readonly policy?: Partial<PrivacyPolicy>
  readonly marks?: readonly { readonly target: string; readonly mark: Mark }[]
}

export interface RecordedPage {
  readonly page: ChromiumPage
  start(options?: RecordOptions): Promise<void>
  /** All records until now, after everything that waits was told. */
  records(): Promise<readonly ReplayRecord[]>
  sent(): Promise<string>
  failures(): Promise<readonly string[]>
  takeSnapshot(): Promise<void>
}

export interface RecorderBench extends AsyncDisposable {
  /** A page of a real server in a real browser, with the recorder at hand but not started. */
  open(html: string, path?: string): Promise<RecordedPage>
  readonly origin: string
}

const FRAME = `<!doctype html><title>frame</title><style>p{color:teal}</style><p class="in-frame">framed words</p><input name="framed">`
const IMAGE = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

export async function openRecorderBench(): Promise<RecorderBench> {
  const script = await bundleForBrowser(fileURLToPath(new URL('./recorderInPage.ts', import.meta.url)), 'recorder')
  let html = ''
  const page = (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end(html)
  const paths = ['/', '/account/settings', '/p/1', '/p/2', '/checkout/pay']
  const server = await startStaticServer({
    ...Object.fromEntries(paths.map((path) => [path, page])),
    '/frame.html': FRAME,
    '/sheet.css': '.from-link{color:rgb(1,2,3)} .late{margin:1px}',
    '/image.gif': IMAGE,
  })
  const browser = await openChromium()
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })

  async function open(text: string, path = '/'): Promise<RecordedPage> {
    html = text
    const opened = await context.newPage()
    await opened.goto(server.origin + path)
    await opened.evaluate(`{ ${script}; window.recorder = recorder }`)
    return {
      page: opened,
      start: (options = {}) =>
        opened.evaluate(({ policy, marks }) => {
          window.told = window.recorder.record(policy, marks)
        }, options),
      records: () =>
        opened.evaluate(() => {
          window.told.recording?.flush()
          return window.told.records
        }),
      sent: () =>
        opened.evaluate(() => {
          window.told.recording?.flush()
          return window.told.sent.join('\n')
        }),
      failures: () => opened.evaluate(() => window.told.failures),
      takeSnapshot: () => opened.evaluate(() => window.told.recording?.takeSnapshot()),
    }
  }
  return {
    open,
    origin: server.origin,
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.close()
    },
  }
}
