import { startEmbed, type Command } from './startEmbed.ts'

/** Filled in by build.ts: where the recorder lies on the server. */
declare const RECORDER_PATH: string

interface Queueing extends Command {
  q?: ArrayLike<unknown>[]
  /** Set by the first copy of the script: a second one finds that it is not needed. */
  v?: 1
}
declare global {
  interface Window {
    vasistas?: Queueing
  }
}

/** The script of the snippet: one global, which takes over what was queued for it. A second copy of the snippet does nothing. */
const script = document.currentScript as HTMLScriptElement | null
const site = script?.dataset['site']
const found = window.vasistas
if (script && site && !found?.v && window.top === window) {
  const { origin } = new URL(script.src)
  const { notice, privacyUrl, language } = script.dataset
  const queued = found?.q ?? []
  const command = startEmbed({
    page: window,
    endpoint: origin,
    site,
    hasNotice: notice !== 'off',
    privacyUrl,
    language,
    loadRecorder: () => import(origin + RECORDER_PATH) as Promise<typeof import('@vasistas/recorder')>,
  })
  window.vasistas = Object.assign(command, { v: 1 as const })
  for (const call of queued) command(...(Array.from(call) as [string]))
}
