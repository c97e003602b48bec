import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type * as playing from '@vasistas/player'
import { bundleForBrowser, openChromium, startStaticServer } from '@vasistas/testing'
import type { Manifest } from '@vasistas/wire/api'
import { encodeRecords, encodeReplayBatch } from '@vasistas/wire/recording'
import { table, type BenchSection } from '../section.ts'
import { quantileOf } from '../statistics.ts'
import { anHour } from './anHour.ts'

const RECORDING = 'bench'
const SEEKS = 60

interface Measured {
  readonly firstFrame: number
  readonly loaded: number
  readonly seeks: readonly number[]
  readonly nodes: number
}

/** First frame, and seeks to places all over an hour of one page: the page rebuilt and laid out. */
export async function benchSeek(): Promise<BenchSection> {
  const rows: string[][] = []
  for (const pageRows of [200, 1500]) {
    const { firstFrame, loaded, seeks, nodes } = await measure(pageRows)
    const sorted = seeks.toSorted((a, b) => a - b)
    const shown = [0.5, 0.95, 1].map((share) => Math.round(quantileOf(sorted, share)))
    rows.push([String(nodes), ...[firstFrame, loaded].map((time) => String(Math.round(time))), ...shown.map(String)])
  }
  return {
    title: 'Seeking',
    notes: [
      `A synthetic recording of one hour on one page without a second snapshot: a change every 250 ms, the pointer every 50 ms, scrolling, typing. ${SEEKS} seeks in an order that jumps about; each ends when the page is rebuilt and laid out. Milliseconds.`,
      'Promise (design.md): first frame below 1000, a seek anywhere below 150.',
    ],
    table: table(['elements', 'first frame', 'all loaded', 'seek, median', 'seek, 95 %', 'seek, longest'], rows),
  }
}

async function measure(pageRows: number): Promise<Measured> {
  const { manifest, batches } = storeHour(pageRows)
  const script = await bundleForBrowser(fileURLToPath(import.meta.resolve('@vasistas/player')), 'vasistasPlayer')
  await using server = await startStaticServer({
    '/': '<!doctype html><div id="stage" style="width:1200px;height:800px"></div>',
    '/player.js': script,
    [`/api/recordings/${RECORDING}/batches`]: ({ url = '' }, response) => {
      const { searchParams } = new URL(url, 'http://x')
      const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))]
      response.writeHead(200).end(Buffer.concat(batches.slice(from, to + 1)))
    },
  })
  await using browser = await openChromium()
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } })
  await page.goto(server.origin)
  await page.addScriptTag({ url: '/player.js' })
  return await page.evaluate(
    async ({ manifest: stored, count }) => {
      const { createPlayer, createHttpRecordSource } = (window as unknown as { vasistasPlayer: typeof playing })
        .vasistasPlayer
      const container = document.querySelector<HTMLElement>('#stage') as HTMLElement
      const begun = performance.now()
      const player = createPlayer({ container, source: createHttpRecordSource(stored.recording, stored) })
      const until = (holds: () => boolean) =>
        new Promise<number>((resolve) => {
          const look = () => (holds() ? resolve(performance.now() - begun) : setTimeout(look, 5))
          look()
        })
      const firstFrame = await until(() => player.state.status === 'paused')
      const loaded = await until(() => player.state.loadedMs >= player.state.durationMs)
      const seeks: number[] = []
      for (let index = 0; index < count; index++) {
        const share = (index * 0.618034) % 1
        const start = performance.now()
        await player.seek(share * player.state.durationMs)
        void player.frame.contentDocument?.body.offsetHeight
        seeks.push(performance.now() - start)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
      return { firstFrame, loaded, seeks, nodes: player.frame.contentDocument?.querySelectorAll('*').length ?? 0 }
    },
    { manifest, count: SEEKS },
  )
}

/** As a recorder would have sent it: a batch every five seconds. */
function storeHour(pageRows: number): { readonly manifest: Manifest; readonly batches: readonly Buffer[] } {
  const stored = anHour(pageRows).map((records, sequence) => {
    const payload = new Uint8Array(gzipSync(encodeRecords(records)))
    const times = records.map(({ at }) => at)
    const ref = {
      sequence,
      firstAt: Math.min(...times),
      lastAt: Math.max(...times),
      bytes: payload.byteLength,
      hasSnapshot: sequence === 0,
    }
    return { ref, bytes: Buffer.from(encodeReplayBatch({ stream: 1, sequence, gzip: true, payload })) }
  })
  return {
    manifest: {
      recording: RECORDING,
      assetPrefix: null,
      streams: [{ stream: 1, skewMs: 0, batches: stored.map(({ ref }) => ref), gaps: [] }],
    },
    batches: stored.map(({ bytes }) => bytes),
  }
}
