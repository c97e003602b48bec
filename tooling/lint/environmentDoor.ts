import type { DoorRule } from './rule.types.ts'
import { globalName, patternNames } from './syntax.ts'

/** Settings come from config.ts: nobody else reads the environment. */
export const environmentDoor: DoorRule = {
  meta: {
    type: 'problem',
    docs: { description: 'process.env is read in config.ts only' },
    messages: { read: 'the environment is read in server/src/config/config.ts only: take the setting as a parameter' },
  },
  create(context) {
    return {
      MemberExpression(node) {
        if (globalName(node) === 'process.env') context.report({ node, messageId: 'read' })
      },
      VariableDeclarator(node) {
        if (node.id.type !== 'ObjectPattern' || !node.init || globalName(node.init) !== 'process') return
        if (patternNames(node.id).includes('env')) context.report({ node, messageId: 'read' })
      },
      ImportDeclaration(node) {
        if (!/^(?:node:)?process$/.test(node.source.value)) return
        const named = node.specifiers.some(
          (specifier) =>
            specifier.type === 'ImportSpecifier' &&
            (specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value) === 'env',
        )
        if (named) context.report({ node, messageId: 'read' })
      },
    }
  },
}
