import { fileURLToPath } from 'node:url'
import type { createHttpRecordSource, createPlayer, Player } from '@vasistas/player'
import { bundleForBrowser, type ChromiumPage } from '@vasistas/testing'
import { describeDocument } from './describeDocument.ts'
import type { DescribedElement } from './describePage.ts'

export interface Replay {
  readonly durationMs: number
  /** Client time of the first record: what a moment of the visit is counted from. */
  readonly startedAt: number
  /** Shows the page as it was at this moment of the visit, by the visitor's clock. */
  seekTo(at: number): Promise<void>
  describe(): Promise<readonly DescribedElement[]>
  screenshot(): Promise<Buffer>
}

/**
 * The product's own player on the dashboard's own origin, with its sign-in and its content security policy; the player is
 * put over the dashboard so that a scenario can hold it by the hand.
 */
export async function openReplay(page: ChromiumPage, origin: string, recording: string): Promise<Replay> {
  await page.goto(`${origin}/sites`)
  const player = await bundleForBrowser(fileURLToPath(import.meta.resolve('@vasistas/player')), 'playerModule')
  await page.evaluate(`${player};globalThis.playerModule = playerModule`)
  const { durationMs, startedAt } = await page.evaluate(openInPage, recording)
  return {
    durationMs,
    startedAt,
    seekTo: (at) => page.evaluate((position) => window.replayed.seek(position), at - startedAt),
    describe: () => describeDocument(page, "document.querySelector('#replayed iframe').contentDocument"),
    screenshot: () => page.screenshot(),
  }
}

async function openInPage(recording: string): Promise<{ readonly durationMs: number; readonly startedAt: number }> {
  const { createPlayer, createHttpRecordSource } = window.playerModule
  const { csrfToken } = (await (await fetch('/api/state')).json()) as { csrfToken: string }
  const headers = { 'x-vasistas-csrf': csrfToken }
  const watch = await fetch(`/api/recordings/${recording}/watches`, { method: 'POST', headers })
  if (!watch.ok) throw new Error(`the watch was refused: ${watch.status}`)
  const manifest = (await (await fetch(`/api/recordings/${recording}/manifest`)).json()) as ManifestLike
  const container = document.createElement('div')
  container.id = 'replayed'
  container.style.cssText = 'position:fixed;inset:0;z-index:99999;background:#fff'
  document.body.append(container)
  window.replayed = createPlayer({ container, source: createHttpRecordSource(recording, manifest as never) })
  await new Promise<void>((resolve, reject) => {
    const check = () => {
      const { status, failure } = window.replayed.state
      if (status === 'failed') reject(new Error(`the player failed: ${failure}`))
      else if (status === 'paused' || status === 'playing') resolve()
      else setTimeout(check, 50)
    }
    check()
  })
  const [first] = manifest.streams
  return { durationMs: window.replayed.state.durationMs, startedAt: first?.batches[0]?.firstAt ?? 0 }
}

interface ManifestLike {
  readonly streams: readonly { readonly batches: readonly { readonly firstAt: number }[] }[]
}

declare global {
  interface Window {
    playerModule: {
      readonly createPlayer: typeof createPlayer
      readonly createHttpRecordSource: typeof createHttpRecordSource
    }
    replayed: Player
  }
}
