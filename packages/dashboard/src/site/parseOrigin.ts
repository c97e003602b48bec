/** What people type as a site's address (`shop.example`, `https://shop.example/fr`) as an origin; nothing when it is none. */
export function parseOrigin(written: string): string | undefined {
  const text = written.trim()
  const withScheme = /^[a-z]+:\/\//i.test(text)
    ? text
    : `${/^(?:localhost|127\.|\[::1\])/.test(text) ? 'http' : 'https'}://${text}`
  if (!URL.canParse(withScheme)) return undefined
  const { protocol, hostname, origin } = new URL(withScheme)
  const isHost = hostname.includes('.') || hostname === 'localhost' || hostname.startsWith('[')
  return /^https?:$/.test(protocol) && isHost ? origin : undefined
}
