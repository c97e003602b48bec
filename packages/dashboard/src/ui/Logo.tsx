/** The small window in a door, ajar. The drawing is public/favicon.svg. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return <img src="/favicon.svg" alt="" width={size} height={size} style={{ display: 'block' }} />
}
