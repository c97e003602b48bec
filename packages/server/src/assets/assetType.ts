/** Bytes. A photograph that a page shows is smaller; an upload that a page merely links is not an asset. */
const IMAGE_BYTES = 2 * 1024 * 1024
const FONT_BYTES = 1024 * 1024

export interface AssetType {
  /** As it will be served: one of a closed list, never what a stranger's server wrote. */
  readonly contentType: string
  readonly maxBytes: number
}

const IMAGES: ReadonlyMap<string, string> = new Map([
  ['image/png', 'image/png'],
  ['image/jpeg', 'image/jpeg'],
  ['image/jpg', 'image/jpeg'],
  ['image/gif', 'image/gif'],
  ['image/webp', 'image/webp'],
  ['image/avif', 'image/avif'],
  ['image/bmp', 'image/bmp'],
  ['image/svg+xml', 'image/svg+xml'],
  ['image/x-icon', 'image/x-icon'],
  ['image/vnd.microsoft.icon', 'image/x-icon'],
])
const FONTS: ReadonlyMap<string, string> = new Map([
  ['font/woff2', 'font/woff2'],
  ['font/woff', 'font/woff'],
  ['font/ttf', 'font/ttf'],
  ['font/otf', 'font/otf'],
  ['font/sfnt', 'font/sfnt'],
  ['application/font-woff2', 'font/woff2'],
  ['application/font-woff', 'font/woff'],
  ['application/x-font-woff', 'font/woff'],
  ['application/x-font-ttf', 'font/ttf'],
  ['application/x-font-otf', 'font/otf'],
])

/** What an answer may be kept as; nothing for all that is neither an image nor a font (a page, a script, a download). */
export function assetType(contentType: string | undefined): AssetType | undefined {
  const essence = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const image = IMAGES.get(essence)
  if (image !== undefined) return { contentType: image, maxBytes: IMAGE_BYTES }
  const font = FONTS.get(essence)
  return font === undefined ? undefined : { contentType: font, maxBytes: FONT_BYTES }
}
