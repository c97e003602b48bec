import {
  CONSENT_NAME,
  createClock,
  createConsentState,
  createIdentityStorage,
  ERASE_NAME,
  findVisitor,
  forgetVisitor,
  refusesInBrowser,
  STORAGE_PREFIX,
  type ConsentChoice,
} from '@vasistas/browser-core'
import { createNotice } from './notice/createNotice.ts'
import { NOTICE_WORDS } from './notice/words.ts'
import type { EmbedOptions } from './readOptions.ts'

// oxlint-disable-next-line typescript/consistent-type-imports -- an import declaration would be a static one; this download of its own comes after consent
export type Recorder = typeof import('@vasistas/recorder')
type RecordedSession = ReturnType<Recorder['startSession']>
type Mark = Parameters<RecordedSession['mark']>[1]
export type Props = Parameters<RecordedSession['event']>[1]
type Recording = ConsentChoice['recording']
type Mechanism = ConsentChoice['mechanism']

/** Each answers false when the browser refuses for the visitor and nothing was done. */
export interface ConsentGate {
  /** With `erase`, what was recorded goes too. */
  choose(recording: Recording, mechanism: Mechanism, textVersion: string, erase?: boolean): boolean
  /** On this page; with `isOff` on all pages, until the visitor's next consent. */
  setStopped(isStopped: boolean, isOff?: boolean): boolean
  mark(target: string | Element | undefined, mark: Mark): boolean
  event(name: string, props: Props): boolean
}

/** Hashes of the words, by build.ts: the consent ledger names what the visitor read. */
declare const TEXT_VERSIONS: Readonly<Record<string, string>>

/** Where recorder/src/batch/unsentBatches.ts keeps what a page could not send. */
const DATABASE_NAME = 'vasistas'

/**
 * Nothing passes before the visitor agrees: no request, nothing kept, no listener but for choices made in another tab. What
 * was said last counts, in whichever tab. Global Privacy Control is a refusal that nothing lifts, and nobody is asked then.
 */
export function createConsentGate(
  options: EmbedOptions,
  loadRecorder: () => Promise<Recorder>,
  tell: (name: string, detail: object) => void,
): ConsentGate {
  const { page, server, site, language, recordsForms } = options
  const { navigator } = page
  const clock = createClock()
  const storage = createIdentityStorage(page)
  const consent = createConsentState(navigator, storage, clock)
  const marks: { readonly target: string | WeakRef<Element>; readonly mark: Mark }[] = []
  const memory: Parameters<Recorder['startSession']>[0]['memory'] = {}
  let shown: Recording | undefined
  /** Undefined inside when it is not wanted any more, or could not be loaded. */
  let session: Promise<RecordedSession | undefined> | undefined
  let isStopped = false

  const notice =
    options.hasNotice && !refusesInBrowser(navigator)
      ? createNotice(options, NOTICE_WORDS[language], (recording, erase) =>
          choose(recording, 'notice', TEXT_VERSIONS[language] + (recordsForms ? '-forms' : ''), erase),
        )
      : undefined

  function choose(recording: Recording, mechanism: Mechanism, textVersion: string, erase?: boolean): boolean {
    if (refusesInBrowser(navigator)) return recording === 'denied'
    const visitor = findVisitor(storage)
    // A consent manager repeats what it knows on every page: that is no new consent.
    if (consent.read()?.recording !== recording) {
      consent.write({ recording, at: clock.now(), textVersion, mechanism })
      isStopped = false
    }
    apply()
    if (erase && visitor) storage.write(ERASE_NAME, visitor)
    eraseAsked()
    return true
  }

  /** What a visitor asked for is done by a later page, if this one does not reach the server. */
  function eraseAsked(): void {
    if (storage.read(ERASE_NAME)) {
      loadRecorder().then(
        ({ eraseRecorded }) => eraseRecorded(page, server, site, storage),
        () => undefined,
      )
    }
  }

  /** Makes this page what the last choice says. */
  function apply(): void {
    const choice = consent.read()
    const recording = choice?.recording
    notice?.show(recording)
    if (recording && recording !== shown) tell('consent:changed', { recording })
    shown = recording
    if (!choice || !consent.isGranted()) forget()
    else if (choice.isOff || isStopped) end((recorded) => recorded.stop())
    else session ??= start(choice)
  }

  function start({ at, mechanism, textVersion }: ConsentChoice): Promise<RecordedSession | undefined> {
    const starting = loadRecorder().then(
      ({ startSession }) => {
        if (session !== starting) return undefined
        return startSession({
          page,
          server,
          site,
          consent: { recording: true, at, mechanism, textVersion },
          storage,
          marks,
          memory,
          isAllowed: consent.isGranted,
          onStarted: (id) => tell('recording:started', { recording: id }),
          onStopped,
        })
      },
      () => onStopped('unreachable'),
    )
    function onStopped(reason: string): undefined {
      if (session === starting) session = undefined
      tell('recording:stopped', { reason })
    }
    return starting
  }

  function end(how: (recorded: RecordedSession) => void): void {
    void session?.then((recorded) => recorded && how(recorded))
    session = undefined
  }

  /** Nothing by which this browser could be known again stays. */
  function forget(): void {
    end((recorded) => recorded.discard())
    if (!findVisitor(storage)) return
    forgetVisitor(storage)
    page.indexedDB.deleteDatabase(DATABASE_NAME)
  }

  if (refusesInBrowser(navigator)) storage.remove(CONSENT_NAME)
  page.addEventListener('storage', ({ key }) => {
    if (!key || key === STORAGE_PREFIX + CONSENT_NAME) apply()
  })
  // A page from the browser's memory heard nothing of choices made meanwhile.
  page.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) apply()
  })
  eraseAsked()
  apply()

  return {
    choose,
    setStopped(isStoppedNow, isOff) {
      const choice = consent.read()
      isStopped = isStoppedNow
      if (isOff && choice) consent.write({ ...choice, isOff: true })
      apply()
      return !refusesInBrowser(navigator)
    },
    mark(target, mark) {
      const isSelector = typeof target === 'string'
      if (!isSelector && !target?.nodeType) return false
      marks.push({ target: isSelector ? target : new WeakRef(target), mark })
      void session?.then((recorded) => recorded?.mark(target, mark))
      return true
    },
    event(name, props) {
      void session?.then((recorded) => recorded?.event(name, props))
      return true
    },
  }
}
