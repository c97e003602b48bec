import { createConsentGate, type Recorder } from './consentGate.ts'
import { createPublicApi, type Command } from './publicApi.ts'
import { readOptions } from './readOptions.ts'

/** Filled in by build.ts: the recorder's file on the server. */
declare const RECORDER_FILE: string

type Global = Command & { q?: ArrayLike<unknown>[]; isLoaded?: true }
declare global {
  interface Window {
    vasistas?: Global
  }
}

/**
 * The script of the snippet: one global, which takes over what was queued for it. A second copy does nothing, and neither does
 * one in a frame: the page around it asks and records.
 */
function startEmbed(page: Window & typeof globalThis, script: HTMLScriptElement): void {
  const options = readOptions(page, script)
  const queued = page.vasistas
  if (!options || queued?.isLoaded || page.top !== page) return
  const api = createPublicApi(page, (tell) =>
    createConsentGate(options, () => import(`${options.server}/v/${RECORDER_FILE}`) as Promise<Recorder>, tell),
  )
  page.vasistas = Object.assign(api, { isLoaded: true as const })
  for (const call of queued?.q ?? []) api(...(Array.from(call) as [string]))
}

const script = document.currentScript as HTMLScriptElement | null
const start = () => script && startEmbed(window, script)
// A page that is rendered in advance has no visitor yet.
if ((document as { readonly prerendering?: boolean }).prerendering) {
  document.addEventListener('prerenderingchange', start, { once: true })
} else start()
