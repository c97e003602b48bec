import type { DoorRule, Expression } from './rule.types.ts'
import { dottedName, withoutTypes } from './syntax.ts'

/**
 * `Object.assign({}, JSON.parse(text))` runs the setter of a `__proto__` in the text, and a spread carries keys nobody
 * allowed. Untrusted JSON goes through a schema or a parser that names its keys.
 */
export const parsedJsonSpread: DoorRule = {
  meta: {
    type: 'problem',
    docs: { description: 'parsed JSON is neither spread nor assigned' },
    messages: {
      spread: 'parsed JSON is untrusted: read its fields by name through a schema, never spread or assign it',
    },
  },
  create(context) {
    const parsed = new Set<string>()
    const isParsed = (node: Expression): boolean => {
      const bare = withoutTypes(node)
      if (bare.type === 'AwaitExpression') return isParsed(bare.argument)
      if (bare.type === 'Identifier') return parsed.has(bare.name)
      if (bare.type !== 'CallExpression') return false
      return dottedName(bare.callee) === 'JSON.parse'
    }
    return {
      VariableDeclarator(node) {
        if (node.id.type === 'Identifier' && node.init && isParsed(node.init)) parsed.add(node.id.name)
      },
      SpreadElement(node) {
        if (node.parent.type === 'ObjectExpression' && isParsed(node.argument))
          context.report({ node, messageId: 'spread' })
      },
      CallExpression(node) {
        if (dottedName(node.callee) !== 'Object.assign') return
        for (const argument of node.arguments)
          if (argument.type !== 'SpreadElement' && isParsed(argument)) context.report({ node, messageId: 'spread' })
      },
    }
  },
}
