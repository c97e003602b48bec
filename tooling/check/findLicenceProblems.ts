/** Licences a self-hoster may use without asking anybody. */
const PERMISSIVE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

interface LockEntry {
  readonly license?: string
  readonly dev?: boolean
  readonly link?: boolean
}

/** Run-time packages of package-lock.json whose licence is not permissive, or not said. */
export function findLicenceProblems(lock: {
  readonly packages: Readonly<Record<string, LockEntry>>
}): readonly string[] {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path.includes('node_modules/') && !entry.dev && !entry.link)
    .filter(([, { license }]) => license === undefined || !isPermissive(license))
    .map(([path, { license }]) => `${path.replace(/^.*node_modules\//, '')}: ${license ?? 'no licence given'}`)
}

/** `A OR B` is a choice, `A AND B` is not. */
function isPermissive(expression: string): boolean {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((licence) => PERMISSIVE.has(licence.trim())))
}
