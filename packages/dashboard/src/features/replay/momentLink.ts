/** The recording's address with a moment in whole seconds, and without the reader's filters. */
export function momentLink(href: string, at: number): string {
  const { origin, pathname } = new URL(href)
  const seconds = Math.floor(at / 1000)
  return seconds > 0 ? `${origin}${pathname}?t=${seconds}` : `${origin}${pathname}`
}
