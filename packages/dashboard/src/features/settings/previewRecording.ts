import {
  isSensitiveField,
  MASK,
  matchesPage,
  redactText,
  scrubAssetUrl,
  scrubUrl,
  type FieldFacts,
} from '@vasistas/privacy'
import type { PrivacyPolicy } from '@vasistas/wire/core'

/** What a page could hold: texts are in the reader's language, so that the rules are seen at work on familiar words. */
export interface PreviewSamples {
  readonly text: string
  readonly contact: string
  readonly search: string
  readonly email: string
  readonly orderNumber: string
}

export type PreviewName =
  | 'text'
  | 'contact'
  | 'search'
  | 'email'
  | 'orderNumber'
  | 'password'
  | 'card'
  | 'ownImage'
  | 'otherImage'
  | 'address'
  | 'checkout'

export type PreviewOutcome = 'kept' | 'changed' | 'masked' | 'nothing'

export interface PreviewRow {
  readonly name: PreviewName
  readonly original: string
  /** What would be stored; empty when nothing would. */
  readonly recorded: string
  readonly outcome: PreviewOutcome
  /** No setting changes it. */
  readonly isNever?: true
}

export const PREVIEW_HOST = 'shop.example'
const CHECKOUT_PATH = '/checkout/payment'
/** A test number of a card scheme: well-formed, and nobody's. */
const CARD = '4242 4242 4242 4242'

/** What would be recorded with these settings: the functions that the recorder itself uses, applied to examples. */
export function previewRecording(policy: PrivacyPolicy, samples: PreviewSamples): readonly PreviewRow[] {
  const row = (name: PreviewName, original: string, recorded: string): PreviewRow => ({
    name,
    original,
    recorded,
    outcome: outcomeOf(original, recorded),
  })
  const ownImage = `https://${PREVIEW_HOST}/img/oak-door.jpg?w=800`
  const otherImage = `https://${policy.imageHosts[0] ?? 'cdn.example'}/photo.jpg?visitor=81`
  const address = `https://${PREVIEW_HOST}/doors?${policy.allowedQueryNames[0] ?? 'utm_source'}=newsletter&email=marie@example.com`
  return [
    row('text', samples.text, pageText(samples.text, policy)),
    row('contact', samples.contact, pageText(samples.contact, policy)),
    row('search', samples.search, field(samples.search, { names: ['search'] }, policy)),
    row('email', samples.email, field(samples.email, { type: 'email', names: ['email'] }, policy)),
    row('orderNumber', samples.orderNumber, field(samples.orderNumber, { names: ['order'] }, policy)),
    { ...row('password', 'S3cret-Door', field('S3cret-Door', { type: 'password' }, policy)), isNever: true },
    { ...row('card', CARD, field(CARD, { autocomplete: 'cc-number' }, policy)), isNever: true },
    row('ownImage', ownImage, image(ownImage, policy)),
    row('otherImage', otherImage, image(otherImage, policy)),
    row('address', address, scrubUrl(address, policy)),
    { ...row('checkout', CHECKOUT_PATH, matchesPage(CHECKOUT_PATH, policy.excludedPages) ? '' : CHECKOUT_PATH) },
  ]
}

function pageText(text: string, { level }: PrivacyPolicy): string {
  return level === 'strict' ? MASK : redactText(text)
}

function field(value: string, facts: Partial<FieldFacts>, policy: PrivacyPolicy): string {
  const { level, recordFormInputs, recordEmails, recordNumbers } = policy
  if (level === 'strict' || !recordFormInputs) return MASK
  const isSensitive = isSensitiveField({ ...PLAIN_FIELD, ...facts, recordEmails, recordNumbers })
  return isSensitive ? MASK : redactText(value, { keepEmails: recordEmails, keepNumbers: recordNumbers })
}

const PLAIN_FIELD: FieldFacts = {
  type: 'text',
  autocomplete: '',
  names: [],
  inputMode: '',
  maxLength: -1,
  isDrawnAsDots: false,
  recordEmails: false,
  recordNumbers: false,
}

function image(url: string, { level, imageHosts }: PrivacyPolicy): string {
  const { host } = new URL(url)
  const isKept = level !== 'strict' && (host === PREVIEW_HOST || imageHosts.includes(host))
  return isKept ? scrubAssetUrl(url) : ''
}

function outcomeOf(original: string, recorded: string): PreviewOutcome {
  if (recorded === '') return 'nothing'
  if (recorded === MASK) return 'masked'
  return recorded === original ? 'kept' : 'changed'
}
