/** What a recorded address becomes; nothing when it may not be shown. */
export type AllowUrl = (url: string) => string | undefined

const LONGEST_ADDRESS = 4096
const LONGEST_DATA = 2 * 1024 * 1024
const DATA =
  /^data:(?:image\/[\w.+-]+|font\/[\w.+-]+|application\/(?:x-)?font-[\w-]+|application\/vnd\.ms-fontobject)[;,]/i

/**
 * An image or font as the player may load it: `data:` of those kinds, a fragment of the same document, or our own copy
 * under the asset prefix. Nothing else: no address of a recording is ever fetched.
 */
export function createAllowUrl(assetPrefix: string | null): AllowUrl {
  return (raw) => {
    const url = raw.trim()
    if (/^#[^\s"'()<>\\]+$/.test(url)) return url
    if (DATA.test(url)) return url.length <= LONGEST_DATA ? url : undefined
    if (assetPrefix === null || url.length > LONGEST_ADDRESS || !/^https?:\/\//i.test(url)) return undefined
    const [address = '', fragment] = url.split('#', 2)
    if (!URL.canParse(address)) return undefined
    return assetPrefix + encodeURIComponent(address) + (fragment ? `#${encodeURIComponent(fragment)}` : '')
  }
}

/** `a.png 1x, b.png 2x`; candidates that may not be shown are left out. */
export function allowedSrcset(srcset: string, allowUrl: AllowUrl): string | undefined {
  const kept = srcset
    .split(/,\s+|,(?=https?:)/)
    .map((candidate) => {
      const [url = '', ...descriptors] = candidate.trim().split(/\s+/)
      const allowed = allowUrl(url)
      return allowed && [allowed, ...descriptors.filter((part) => /^[\d.]+[wxh]$/.test(part))].join(' ')
    })
    .filter(Boolean)
  return kept.length > 0 ? kept.join(', ') : undefined
}

/**
 * The asset prefix as an absolute address that a Content-Security-Policy can name; nothing when it could break out of the
 * directive or is not of this origin.
 */
export function absoluteAssetPrefix(prefix: string | null, base: string): string | null {
  if (prefix === null || !URL.canParse(prefix, base)) return null
  const { href, origin } = new URL(prefix, base)
  return origin === new URL(base).origin && /^[\w:/.[\]%~-]+\/$/.test(href) ? href : null
}
