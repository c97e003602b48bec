import type { IncomingHttpHeaders } from 'node:http'
import { isLoopback, type Config } from '../config/config.ts'

export interface RequestWithHeaders {
  readonly headers: IncomingHttpHeaders
}

/** Which requests are meant for this server, and which come from its own dashboard. */
export interface OwnAddress {
  /**
   * Whether the Host is a name of ours. A stranger's page may rename itself to our address (DNS rebinding), and a browser
   * would then let it read what this machine alone may read.
   */
  isOwnHost(request: RequestWithHeaders): boolean
  /**
   * Whether a request that changes something comes from our own dashboard. Browsers send Origin with every such request;
   * one without it comes from no page (curl, the tests) and carries no cookie that a page could have borrowed.
   */
  isOwnOrigin(request: RequestWithHeaders): boolean
}

type AddressSettings = Pick<Config, 'host' | 'publicUrl' | 'trustProxy' | 'tls'>

export function createOwnAddress({ host, publicUrl, trustProxy, tls }: AddressSettings): OwnAddress {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).hostname
  // Names that a proxy sends, and those of an open address without a public URL, are not known to us.
  const takesAnyHost = trustProxy > 0 || (publicUrl === undefined && !isLoopback(host))
  const schemeOf = ({ 'x-forwarded-proto': forwarded }: IncomingHttpHeaders): string =>
    trustProxy > 0 && typeof forwarded === 'string' ? forwarded : tls ? 'https' : 'http'

  function isOwnHost({ headers }: RequestWithHeaders): boolean {
    if (takesAnyHost) return true
    const name = URL.parse(`http://${headers.host ?? ''}`)?.hostname
    return (
      name !== undefined && (isLoopback(name) || name.endsWith('.localhost') || name === publicHost || name === host)
    )
  }

  return {
    isOwnHost,
    isOwnOrigin(request) {
      const { headers } = request
      const { origin } = headers
      if (!isOwnHost(request)) return false
      if (origin === undefined) {
        return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin'
      }
      return origin === publicUrl || (headers.host !== undefined && origin === `${schemeOf(headers)}://${headers.host}`)
    },
  }
}
