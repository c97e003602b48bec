import Bowser from 'bowser'

import type { FindCountry } from '../store/countryDatabase.ts'
import type { ClientDescription } from '../store/sessionStore.ts'

const LONGEST_AGENT = 512
const LONGEST_NAME = 40
/** Programs that say what they are. A headless browser is somebody's test and is recorded like any other. */
const BOTS =
  /(?<!cu)bot\b|crawl|spider|slurp|lighthouse|pagespeed|monitor|preview|scrap|^(?:curl|wget|python|java|go-http|okhttp|axios|node)/i

/** Whether a user agent says that nobody is looking; empty counts. */
export const isBot = (userAgent: string): boolean => userAgent === '' || BOTS.test(userAgent)

/**
 * Browser, system and country in broad words. The address and the user agent end here: neither is stored, logged or handed
 * on.
 */
export function describeClient(userAgent: string, address: string, findCountry: FindCountry): ClientDescription {
  const { browser, os, platform } = Bowser.parse(userAgent.slice(0, LONGEST_AGENT) || ' ')
  const plainAddress = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
  return {
    country: findCountry(plainAddress),
    device: deviceOf(platform.type),
    browser: nameOf(browser.name, browser.version),
    os: nameOf(os.name, undefined),
  }
}

function deviceOf(type: string | undefined): ClientDescription['device'] {
  return type === 'desktop' || type === 'mobile' || type === 'tablet' ? type : ''
}

/** `Firefox 128`: minor versions tell browsers apart, and nobody needs that. */
function nameOf(name: string | undefined, version: string | undefined): string {
  const major = version?.split('.', 1)[0] ?? ''
  return [name ?? '', major].filter(Boolean).join(' ').slice(0, LONGEST_NAME)
}
