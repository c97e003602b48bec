import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a request that changes something comes from our own dashboard. Browsers send Origin with every such request; one
 * without it comes from no page (curl, the tests) and carries no cookie that a page could have borrowed.
 */
export function createIsOwnOrigin(publicUrl: string | undefined, isSecure: boolean, trustProxy: boolean) {
  return function isOwnOrigin({ headers }: { readonly headers: IncomingHttpHeaders }): boolean {
    const { origin, host } = headers
    if (origin === undefined)
      return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin'
    if (publicUrl !== undefined && origin === publicUrl) return true
    const forwarded = trustProxy ? headers['x-forwarded-proto'] : undefined
    const scheme = forwarded === 'https' || (forwarded === undefined && isSecure) ? 'https' : 'http'
    return host !== undefined && origin === `${scheme}://${host}`
  }
}
