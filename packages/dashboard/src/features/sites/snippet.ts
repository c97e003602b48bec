import type { Language } from '@vasistas/wire/api'
import type { SiteKey } from '@vasistas/wire/core'

export interface SnippetOptions {
  /** The built-in notice asks for consent; without it the site's own consent manager does. */
  readonly hasNotice: boolean
  /** Linked from the notice; empty: no link. */
  readonly privacyUrl: string
  /** Of the notice; `auto` follows the visitor's browser. */
  readonly language: Language | 'auto'
}

interface WrittenSnippet extends SnippetOptions {
  /** The site records entries in forms: the notice must say so, and without that they stay masked. */
  readonly recordsForms: boolean
}

/** What goes into a site's pages. */
export function siteSnippet(
  publicUrl: string,
  key: SiteKey,
  { hasNotice, privacyUrl, language, recordsForms }: WrittenSnippet,
): string {
  const attributes = [
    `src="${escapeAttribute(publicUrl.replace(/\/$/, ''))}/v.js"`,
    `data-site="${escapeAttribute(key)}"`,
    ...(hasNotice ? [] : ['data-notice="off"']),
    ...(hasNotice && privacyUrl ? [`data-privacy-url="${escapeAttribute(privacyUrl)}"`] : []),
    ...(hasNotice && recordsForms ? ['data-forms="recorded"'] : []),
    ...(hasNotice && language !== 'auto' ? [`data-language="${language}"`] : []),
  ]
  return [
    `<script async ${attributes.join(' ')}></script>`,
    '<script>window.vasistas = window.vasistas || function () { (vasistas.q = vasistas.q || []).push(arguments) }</script>',
  ].join('\n')
}

/** What a site's own consent manager calls. */
export const CONSENT_CALLS = `vasistas('consent:grant', { recording: true })
vasistas('consent:withdraw')`

/** What a strict Content-Security-Policy of the site must allow. */
export function cspLines(publicUrl: string): string {
  const origin = URL.canParse(publicUrl) ? new URL(publicUrl).origin : publicUrl
  return `script-src ${origin};
connect-src ${origin};
worker-src blob:;`
}

export const MARK_EXAMPLES = `<section data-vasistas="block"> … </section>
<p data-vasistas="mask"> … </p>
<input data-vasistas="ignore">
<script>vasistas('block', '.account-balance')</script>`

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')
}
