import { scrubUrl } from '@vasistas/privacy'

/** Where a session begins, as it may be told: the address scrubbed, of the referrer only its origin (leaks.md L104). */
export function describeEntry(page: Window): { readonly page: string; readonly referrer: string } {
  const referrer = page.document.referrer
  return {
    page: scrubUrl(page.location.href),
    referrer: URL.canParse(referrer) ? new URL(referrer).origin.replace(/^null$/, '') : '',
  }
}
