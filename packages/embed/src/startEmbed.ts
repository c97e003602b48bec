import { createClock, createPageStorage } from '@vasistas/browser-core'
import type { RecordedSession } from '@vasistas/recorder'
import { createConsentMemory, type Consent, type ConsentMechanism } from './consentMemory.ts'
import { createNotice } from './notice.ts'
import { NOTICE_TEXTS, textVersionOf } from './noticeTexts.ts'

export interface EmbedOptions {
  readonly page: Window & typeof globalThis
  /** Origin of the server. */
  readonly endpoint: string
  readonly site: string
  /** False: the site has a consent manager of its own. */
  readonly hasNotice: boolean
  readonly privacyUrl: string | undefined
  readonly language: string | undefined
  loadRecorder(): Promise<typeof import('@vasistas/recorder')>
}

export type Command = (name: string, ...args: readonly unknown[]) => void

type Mark = 'block' | 'mask' | 'ignore' | 'allow'
type Handler = (detail: unknown) => void

/**
 * The consent gate and the public API (product.md). Before consent: no request, no storage, no listener but the loader's
 * own. Global Privacy Control means refused, and nobody is asked.
 */
export function startEmbed(options: EmbedOptions): Command {
  const { page, endpoint, site, hasNotice, privacyUrl, loadRecorder } = options
  const { document } = page
  const clock = createClock()
  const storage = createPageStorage(page)
  const memory = createConsentMemory(storage, clock.now)
  const language = chooseLanguage(options)
  const texts = NOTICE_TEXTS[language]
  const textVersion = textVersionOf(language, texts)
  const marks: { readonly target: string | Element; readonly mark: Mark }[] = []
  const handlers: [name: string, handler: Handler][] = []
  const isRefusedByBrowser = (page.navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
  let session: RecordedSession | undefined
  /** Counts starts: a recorder that arrives after a stop is not wanted any more. */
  let wanted = 0
  let isOff = false

  const notice = hasNotice
    ? createNotice({
        page,
        texts,
        language,
        privacyUrl,
        onAccept: () => grant('notice'),
        onRefuse: () => deny('notice', false),
        onWithdraw: (erase) => deny('notice', erase),
      })
    : undefined

  const isGranted = (): boolean => memory.read()?.recording === 'granted' && !isRefusedByBrowser

  function tell(name: string, detail?: unknown): void {
    for (const [wantedName, handler] of handlers) {
      if (wantedName !== name) continue
      try {
        handler(detail)
      } catch (error) {
        page.reportError(error) // the site's own handler: its failure is the site's to see, not ours to stop at
      }
    }
  }

  function grant(mechanism: ConsentMechanism): void {
    if (isRefusedByBrowser) return
    if (!isGranted()) decide('granted', mechanism)
    start()
  }

  function deny(mechanism: ConsentMechanism, erase: boolean): void {
    const visitor = storage.read('visitor')
    end(true)
    // Also without the recorder on this page: another page of the site may have left something.
    storage.remove('visitor')
    storage.remove('session')
    if (erase && typeof visitor === 'string') eraseRecordings(visitor)
    decide('denied', mechanism)
  }

  /** The secret id in this browser is the proof that they are his. */
  function eraseRecordings(visitor: string): void {
    void page
      .fetch(`${endpoint}/v1/erase`, {
        method: 'POST',
        body: JSON.stringify({ v: 1, site, visitor }),
        keepalive: true,
        credentials: 'omit',
        referrerPolicy: 'origin',
      })
      .then(
        ({ ok }) => tell('recording:erased', { ok }),
        () => tell('recording:erased', { ok: false }),
      )
  }

  function decide(recording: Consent['recording'], mechanism: ConsentMechanism): void {
    memory.write({ recording, at: clock.now(), textVersion: mechanism === 'notice' ? textVersion : 'site', mechanism })
    notice?.showControl(recording === 'granted')
    tell('consent:changed', { recording })
  }

  function start(): void {
    const consent = memory.read()
    if (session || isOff || !consent || !isGranted()) return
    const mine = ++wanted
    void loadRecorder().then(
      ({ startSession }) => {
        if (mine !== wanted || session || !isGranted()) return
        const { at, mechanism } = consent
        session = startSession({
          page,
          endpoint,
          site,
          consent: { recording: true, at, mechanism, textVersion: consent.textVersion },
          marks,
          onStarted: () => tell('recording:started'),
          onStopped: (reason) => {
            session = undefined
            tell('recording:stopped', { reason })
          },
        })
      },
      () => tell('recording:stopped', { reason: 'unreachable' }),
    )
  }

  function end(isDiscarded: boolean): void {
    wanted++
    const ended = session
    session = undefined
    if (isDiscarded) ended?.discard()
    else void ended?.finish()
  }

  function mark(kind: Mark, target: unknown): void {
    if (typeof target !== 'string' && !(target as Element | null)?.nodeType) return warn(kind)
    marks.push({ target: target as string | Element, mark: kind })
    session?.mark(target as string | Element, kind)
  }

  const warn = (name: string): void => page.console.warn(`vasistas: ${name} was not understood`)

  const commands: Readonly<Record<string, (first: unknown, second: unknown) => void>> = {
    'consent:grant': (purposes) => {
      if ((purposes as { recording?: boolean } | undefined)?.recording !== false) grant('api')
    },
    'consent:withdraw': (how) => deny('api', (how as { erase?: boolean } | undefined)?.erase === true),
    'recording:start': () => {
      isOff = false
      start()
    },
    'recording:stop': () => end(false),
    'recording:off': () => {
      isOff = true
      end(false)
    },
    block: (target) => mark('block', target),
    mask: (target) => mark('mask', target),
    ignore: (target) => mark('ignore', target),
    allow: (target) => mark('allow', target),
    event: (name, props) => session?.event(String(name), (props ?? {}) as Record<string, string>),
    on: (name, handler) => void handlers.push([String(name), handler as Handler]),
  }

  function begin(): void {
    // A choice in another tab counts here too, at once.
    page.addEventListener('storage', ({ key }) => {
      if (key !== 'vasistas.consent' && key !== null) return
      const isNow = isGranted()
      if (isNow) start()
      else end(true)
      if (memory.read()) notice?.showControl(isNow)
    })
    if (isRefusedByBrowser) return
    const known = memory.read()
    if (known) notice?.showControl(known.recording === 'granted')
    else notice?.ask()
    start()
  }

  whenShown(document, begin)
  return (name, first, second) => {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command) command(first, second)
    else warn(name)
  }
}

/** A page that is rendered in advance, or has no body yet, has no visitor to ask. */
function whenShown(document: Document, begin: () => void): void {
  const { prerendering } = document as { prerendering?: boolean }
  if (prerendering) document.addEventListener('prerenderingchange', () => whenShown(document, begin), { once: true })
  else if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin, { once: true })
  else begin()
}

function chooseLanguage({ page, language }: EmbedOptions): 'en' | 'fr' {
  const said = language ?? (page.document.documentElement.lang || page.navigator.language)
  return said.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}
