/** Whether a path is one of the site's excluded pages: `/checkout/*`, `*` any run of characters, the rest literal. */
export function matchesPage(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const source = pattern
      .split('*')
      .map((literal) => literal.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')
    return new RegExp(`^${source}$`, 'i').test(path) || (pattern.endsWith('/*') && path === pattern.slice(0, -2))
  })
}
