import { inertImport } from './inertImport.ts'
import { createRuleTester } from './ruleTester.ts'

const effect = [{ messageId: 'effect' }]
const state = [{ messageId: 'state' }]

createRuleTester().run('inert-import', inertImport, {
  valid: [
    "import { a } from './a.ts'; import type { B } from './b.ts'; export { c } from './c.ts'; export * from './d.ts'",
    "import '@mantine/core/styles.css'",
    'export interface A {} export type B = string',
    'export function startThing() { setInterval(tick, 1000) }',
    'export const f = () => Date.now()',
    "const NAMES = ['a', 'b'].map((name) => name.toUpperCase())",
    "const TABLE = new Map([['a', 1]]); const WORDS = new Set('a b'.split(' '))",
    'const LIMIT = 6 * 1024; const PATTERN = /x/; const SHAPE = { a: [1, -2], ...OTHER } as const',
    "const ENCODER = new TextEncoder(); const FORMAT = new Intl.NumberFormat('en')",
    "const rule = (kind: string) => ({ kind }); const RULES = [rule('a')]",
    { code: 'export const Body = Type.Object({ a: Type.String() })', options: [{ pure: ['Type.*'] }] },
    'export class StoreClosed extends Error {}',
  ],
  invalid: [
    { code: "import './polyfill.ts'", errors: effect },
    { code: 'let count = 0', errors: state },
    { code: 'export let current: string | undefined', errors: state },
    { code: 'const cache = new Map<string, string>()', errors: state },
    { code: 'const seen = new WeakSet()', errors: state },
    { code: "window.addEventListener('load', start)", errors: effect },
    { code: 'const timer = setInterval(tick, 1000)', errors: effect },
    { code: 'const server = startServer()', errors: effect },
    { code: 'function startIt() {} const it = startIt()', errors: effect },
    { code: 'const started = (() => 1)()', errors: effect },
    { code: 'await ready()', errors: effect },
    { code: 'if (supported) patch()', errors: effect },
    { code: 'const now = Date.now()', errors: effect },
    { code: 'export const Body = Type.Object({})', errors: effect },
  ],
})
