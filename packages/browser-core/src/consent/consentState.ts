import type { TimeStamp } from '@vasistas/wire/core'
import type { IdentityStorage } from '../identity/identityStorage.ts'

/** A choice of the visitor, as his browser remembers it: all that is kept after a refusal. */
export interface ConsentChoice {
  readonly recording: 'granted' | 'denied'
  readonly at: TimeStamp
  /** Names the words that were shown. */
  readonly textVersion: string
  readonly mechanism: 'notice' | 'api'
  /** The site switched recording off until the visitor's next consent. */
  readonly isOff?: true
}

export interface ConsentState {
  /** Undefined: nobody has chosen, or so long ago that it says nothing any more. */
  read(): ConsentChoice | undefined
  write(choice: ConsentChoice): void
  /** Whether the visitor agrees at this moment. Asked before every request. */
  isGranted(): boolean
}

export const CONSENT_NAME = 'consent'
/** For a refusal as for a consent (CNIL, Garante, DPC): nobody is asked sooner, and no consent lasts longer. */
const REMEMBERED_MONTHS = 6

export function createConsentState(
  navigator: Navigator,
  storage: IdentityStorage,
  clock: { now(): TimeStamp },
): ConsentState {
  function read(): ConsentChoice | undefined {
    const choice = storage.read(CONSENT_NAME) as ConsentChoice | null
    if (!choice) return undefined
    const until = new Date(choice.at)
    until.setMonth(until.getMonth() + REMEMBERED_MONTHS)
    // What is no choice of ours has no time at which it was made, and no time is before an invalid one.
    return clock.now() < until.getTime() ? choice : undefined
  }
  return {
    read,
    write: (choice) => storage.write(CONSENT_NAME, choice),
    isGranted: () => read()?.recording === 'granted' && !refusesInBrowser(navigator),
  }
}

/** Global Privacy Control: the browser says no for its owner, to every site. */
export const refusesInBrowser = (navigator: Navigator): boolean =>
  (navigator as { readonly globalPrivacyControl?: boolean }).globalPrivacyControl === true
