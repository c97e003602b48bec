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
  /** Waits until everything is loaded. */
  loaded(): Promise<void>
}

export interface PlayerBench extends AsyncDisposable {
  readonly origin: string
  /** What was asked of the server besides the player itself. */
  readonly requests: string[]
  open(recording: StoredRecording): Promise<OpenedPlayer>
}

/** Answers to batches by default as a server that holds the recording. */
export type Answer = (request: { readonly attempt: number; readonly from: number }) => number | undefined

const HTML = `<!doctype html><title>player</title>
<style>html,body{margin:0;height:100%}#stage{width:1000px;height:700px}</style><div id="stage"></div>`
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** The built player in a real page of a real server that hands out recordings as ours does. */
export async function openPlayerBench(answer: Answer = () => undefined): Promise<PlayerBench> {
  const script = await bundleForBrowser(fileURLToPath(new URL('../src/index.ts', import.meta.url)), 'vasistasPlayer')
  const requests: string[] = []
  let recording: StoredRecording | undefined
  let attempt = 0
  const server = await startStaticServer(
    new Proxy(
      {},
      {
        get:
          (_, path: string) =>
          (
            request: { url?: string },
            response: { writeHead: (status: number, head?: object) => { end: (body?: unknown) => void } },
          ) => {
            const url = new URL(request.url ?? '/', 'http://x')
            if (path === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(HTML)
            if (path === '/player.js') return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
            if (path.startsWith('/api/recordings/') && path.endsWith('/batches')) {
              const from = Number(url.searchParams.get('from'))
              const status = answer({ attempt: attempt++, from })
              if (status !== undefined) return response.writeHead(status).end()
              const bytes = recording?.batches(
                Number(url.searchParams.get('stream')),
                from,
                Number(url.searchParams.get('to')),
              )
              return response
                .writeHead(200, { 'content-type': 'application/octet-stream' })
                .end(bytes && Buffer.from(bytes))
            }
            requests.push(request.url ?? '')
            return path.startsWith('/assets/')
              ? response.writeHead(200, { 'content-type': 'image/gif' }).end(GIF)
              : response.writeHead(404).end()
          },
      },
    ),
  )
  const browser = await openChromium()

  async function open(stored: StoredRecording): Promise<OpenedPlayer> {
    recording = stored
    attempt = 0
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
      body: async () => {
        const html = await page.evaluate(() => window.player.frame.contentDocument?.body.innerHTML ?? '')
        return html.replaceAll(/ vasistas-[\w-]+=""/g, '')
      },
      seek: (toMs) => page.evaluate((at) => window.player.seek(at), toMs),
      loaded: async () => {
        await page.waitForFunction(
          () => {
            const { status, loadedMs, durationMs } = window.player.state
            return status === 'failed' || (status !== 'loading' && loadedMs >= durationMs)
          },
          undefined,
          { timeout: 15_000 },
        )
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
