import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { bundleForBrowser, openChromium, startStaticServer, type ChromiumPage } from '@vasistas/testing'
import type * as exported from '../src/index.ts'
import type { StoredRecording } from './aRecording.ts'

declare global {
  interface Window {
    vasistasPlayer: typeof exported
    player: exported.Player
  }
}

export interface OpenedPlayer {
  readonly page: ChromiumPage
  /** HTML of the replayed body, without what the visitor's pointer and keyboard rest on. */
  body(): Promise<string>
  seek(toMs: number): Promise<void>
  /** Waits until everything is loaded, or loading failed. */
  loaded(): Promise<void>
}

export interface PlayerBench extends AsyncDisposable {
  readonly origin: string
  /** What was asked of the server besides the player itself. */
  readonly requests: string[]
  open(recording: StoredRecording): Promise<OpenedPlayer>
}

interface BatchesRequest {
  readonly attempt: number
  readonly from: number
}

export interface PlayerBenchOptions {
  /** A status instead of batches. */
  readonly status?: (request: BatchesRequest) => number | undefined
  /** What an answer waits for. */
  readonly hold?: (request: BatchesRequest) => Promise<void> | undefined
}

const HTML = `<!doctype html><title>player</title>
<style>html,body{margin:0;height:100%}#stage{width:1000px;height:700px}</style><div id="stage"></div>`
/** The dashboard's own: the replay frame inherits it. */
const POLICY = `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; object-src 'none'`
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** The built player in a real page of a real server that hands out recordings as ours does. */
export async function openPlayerBench({ status, hold }: PlayerBenchOptions = {}): Promise<PlayerBench> {
  const script = await bundleForBrowser(fileURLToPath(new URL('../src/index.ts', import.meta.url)), 'vasistasPlayer')
  const requests: string[] = []
  let recording: StoredRecording | undefined
  let attempts = 0

  async function answerBatches({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(url, 'http://x')
    const [stream, from, to] = ['stream', 'from', 'to'].map((name) => Number(searchParams.get(name)))
    const request = { attempt: attempts++, from: from ?? 0 }
    const refusal = status?.(request)
    await hold?.(request)
    const bytes = refusal === undefined ? recording?.batches(stream ?? 0, from ?? 0, to ?? 0) : undefined
    response.writeHead(refusal ?? 200, { 'content-type': 'application/octet-stream' }).end(bytes && Buffer.from(bytes))
  }

  function answer(path: string, request: IncomingMessage, response: ServerResponse): void {
    if (path === '/')
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY }).end(HTML)
    else if (path === '/player.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    else if (path.startsWith('/api/recordings/') && path.endsWith('/batches')) void answerBatches(request, response)
    else {
      requests.push(request.url ?? '')
      if (path.startsWith('/assets/')) response.writeHead(200, { 'content-type': 'image/gif' }).end(GIF)
      else response.writeHead(404).end()
    }
  }

  const server = await startStaticServer(
    new Proxy(
      {},
      {
        get: (_, path) => (request: IncomingMessage, response: ServerResponse) =>
          answer(String(path), request, response),
      },
    ),
  )
  const browser = await openChromium()

  async function open(stored: StoredRecording): Promise<OpenedPlayer> {
    recording = stored
    const page = await browser.newPage({ viewport: { width: 1100, height: 800 } })
    await page.goto(server.origin)
    await page.addScriptTag({ url: '/player.js' })
    await page.evaluate((manifest) => {
      const container = document.querySelector<HTMLElement>('#stage') as HTMLElement
      const source = window.vasistasPlayer.createHttpRecordSource(manifest.recording, manifest)
      window.player = window.vasistasPlayer.createPlayer({ container, source })
    }, stored.manifest)
    return {
      page,
      async body() {
        const html = await page.evaluate(() => window.player.frame.contentDocument?.body.innerHTML ?? '')
        return html.replaceAll(/ vasistas-[\w-]+=""/g, '')
      },
      seek: (toMs) => page.evaluate((at) => window.player.seek(at), toMs),
      loaded: async () => {
        await page.waitForFunction(() => {
          const { status: now, loadedMs, durationMs } = window.player.state
          return now === 'failed' || (now !== 'loading' && loadedMs >= durationMs)
        })
      },
    }
  }

  return {
    origin: server.origin,
    requests,
    open,
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.close()
    },
  }
}
