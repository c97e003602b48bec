import type { MessageKey } from '../../translations/translator.ts'

/** Reasons of the server in words; one that this dashboard does not know is shown as its code. */
const TEXTS: Readonly<Record<string, MessageKey>> = {
  'consent-missing': 'reason.consentMissing',
  'not-sampled': 'reason.notSampled',
  'recording-off': 'reason.recordingOff',
  'page-excluded': 'reason.pageExcluded',
  bot: 'reason.bot',
  busy: 'reason.busy',
  'site-unknown': 'reason.siteUnknown',
  'origin-not-allowed': 'reason.originNotAllowed',
  ORIGIN_NOT_ALLOWED: 'reason.originNotAllowed',
  RATE_LIMITED: 'reason.rateLimited',
  START_MALFORMED: 'reason.malformed',
  ERASE_MALFORMED: 'reason.malformed',
  ENVELOPE_MALFORMED: 'reason.malformed',
  TOKEN_INVALID: 'reason.tokenInvalid',
  SESSION_UNKNOWN: 'reason.sessionUnknown',
  SESSION_OVER: 'reason.sessionOver',
  BATCH_TOO_LARGE: 'reason.tooLarge',
  TOO_MANY_STREAMS: 'reason.tooManyStreams',
  STORE_BUSY: 'reason.busy',
  'input-value': 'quarantine.inputValue',
  'input-state': 'quarantine.inputState',
  text: 'quarantine.text',
  'attribute-name': 'quarantine.attributeName',
  'attribute-value': 'quarantine.attributeValue',
  url: 'quarantine.url',
  'page-url': 'quarantine.pageUrl',
  style: 'quarantine.style',
  script: 'quarantine.script',
  'element-name': 'quarantine.elementName',
  'error-text': 'quarantine.errorText',
  'event-text': 'quarantine.eventText',
  'unknown-record': 'quarantine.unknownRecord',
}

export function reasonText(reason: string): MessageKey | undefined {
  return Object.hasOwn(TEXTS, reason) ? TEXTS[reason] : undefined
}
