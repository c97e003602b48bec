import type { DoorRule } from './rule.types.ts'
import { globalName } from './syntax.ts'

const READINGS = new Set([
  'Date.now',
  'performance.now',
  'performance.timeOrigin',
  'process.hrtime',
  'process.uptime',
  'Math.random',
  'crypto.getRandomValues',
  'crypto.randomUUID',
  'crypto.randomBytes',
  'crypto.randomInt',
  'crypto.randomFillSync',
])
const RANDOM_IMPORTS = /^(?:random(?:Bytes|Int|UUID|UUIDv7|Fill|FillSync)|getRandomValues|webcrypto)$/

/** Time and chance enter through a clock and a random source, so that every test can move the one and seed the other. */
export const clockDoor: DoorRule = {
  meta: {
    type: 'problem',
    docs: { description: 'time and chance enter through a Clock and a random source' },
    messages: { read: '`{{name}}`: take a clock or a random source as a parameter' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        const name = globalName(node)
        if (name !== undefined && READINGS.has(name)) context.report({ node, messageId: 'read', data: { name } })
      },
      NewExpression(node) {
        if (globalName(node.callee) === 'Date' && node.arguments.length === 0)
          context.report({ node, messageId: 'read', data: { name: 'new Date()' } })
      },
      CallExpression(node) {
        if (globalName(node.callee) === 'Date') context.report({ node, messageId: 'read', data: { name: 'Date()' } })
      },
      ImportDeclaration(node) {
        if (!/^(?:node:)?crypto$/.test(node.source.value)) return
        for (const specifier of node.specifiers) {
          if (specifier.type !== 'ImportSpecifier') continue
          const name = specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value
          if (RANDOM_IMPORTS.test(name)) context.report({ node: specifier, messageId: 'read', data: { name } })
        }
      },
    }
  },
}
