import type { DoorRule, Expression, Statement } from './rule.types.ts'
import { dottedName, memberName, withoutTypes } from './syntax.ts'

/** Calls that only make a value. A file that needs more names them in the rule's option `pure`. */
const PURE_CALLS = [
  'Object.freeze',
  'Object.entries',
  'Object.keys',
  'Object.values',
  'Object.fromEntries',
  'Object.assign',
  'Object.getOwnPropertyDescriptor',
  'String.raw',
  'Symbol',
  'Symbol.for',
  'BigInt',
  'Buffer.from',
  'Number',
  'Array.from',
  'Math.max',
  'Math.min',
  'Math.floor',
  'fileURLToPath',
  'milliseconds',
  'timeStamp',
  'defineConfig',
]
/** Methods that leave their object alone. */
const PURE_METHODS = [
  'map',
  'filter',
  'flatMap',
  'join',
  'concat',
  'slice',
  'split',
  'trim',
  'toLowerCase',
  'toUpperCase',
  'padStart',
  'repeat',
  'replace',
  'replaceAll',
  'charCodeAt',
  'codePointAt',
  'at',
  'entries',
  'keys',
  'values',
  'flat',
  'toSorted',
  'encode',
  'bind',
]
const PURE_CLASSES = ['URL', 'RegExp', 'TextEncoder', 'TextDecoder', 'Uint8Array']
/** Without contents they are a table that somebody will fill: module state. */
const COLLECTIONS = ['Map', 'Set', 'WeakMap', 'WeakSet', 'Array']

/** A function of the same file may make a constant, unless its verb (docs/CONVENTIONS.md) promises something else. */
const EFFECT_VERBS =
  /^(?:start|open|track|load|fetch|send|emit|publish|notify|listen|install|register|run|write)(?![a-z])/

/** Importing a module does nothing: no state, no listener, no timer, no call beyond those that only make a constant. */
export const inertImport: DoorRule = {
  meta: {
    type: 'problem',
    docs: { description: 'importing a module does nothing' },
    schema: [{ type: 'object', properties: { pure: { type: 'array', items: { type: 'string' } } } }],
    defaultOptions: [{ pure: [] }],
    messages: {
      state: 'module-level state: keep it in what a create or start function returns',
      effect: 'importing this file does something: move it into a function that is called',
    },
  },
  create(context) {
    const [{ pure }] = context.options as unknown as [{ pure: string[] }]
    const local = new Set<string>()
    const isPureCall = (name: string | undefined) =>
      name !== undefined &&
      (PURE_CALLS.includes(name) ||
        pure.some((entry) => matches(entry, name)) ||
        (local.has(name) && !EFFECT_VERBS.test(name)))
    const isInert = (node: Expression | null): boolean => !node || isInertExpression(withoutTypes(node), isPureCall)
    return {
      Program(program) {
        for (const name of program.body.flatMap(functionNames)) local.add(name)
        for (const statement of program.body) {
          const problem = problemOf(statement, isInert)
          if (problem) context.report({ node: statement, messageId: problem })
        }
      },
    }
  },
}

/** The names of functions that a statement declares: `function f() {}` and `const f = () => …`, exported or not. */
function functionNames(statement: Statement): readonly string[] {
  if (statement.type === 'ExportNamedDeclaration')
    return statement.declaration ? functionNames(statement.declaration) : []
  if (statement.type === 'FunctionDeclaration') return statement.id ? [statement.id.name] : []
  if (statement.type !== 'VariableDeclaration') return []
  return statement.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      ? [id.name]
      : [],
  )
}

/** An entry may end in `.*`: everything of that object. */
function matches(entry: string, name: string): boolean {
  return entry.endsWith('.*') ? name.startsWith(entry.slice(0, -1)) : entry === name
}

type IsInert = (node: Expression | null) => boolean

function problemOf(statement: Statement, isInert: IsInert): 'state' | 'effect' | undefined {
  switch (statement.type) {
    case 'ImportDeclaration':
      return statement.specifiers.length === 0 && !statement.source.value.endsWith('.css') ? 'effect' : undefined
    case 'ExportAllDeclaration':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSModuleDeclaration':
    case 'TSDeclareFunction':
    case 'EmptyStatement':
      return undefined
    case 'ExportNamedDeclaration':
      return statement.declaration ? problemOf(statement.declaration, isInert) : undefined
    case 'ExportDefaultDeclaration':
      return /Declaration$|^TS/.test(statement.declaration.type) || isInert(statement.declaration as Expression)
        ? undefined
        : 'effect'
    case 'VariableDeclaration':
      if (statement.declare) return undefined
      if (statement.kind === 'let' || statement.kind === 'var') return 'state'
      return statement.declarations.every((declarator) => isInert(declarator.init))
        ? undefined
        : stateOrEffect(statement)
    default:
      return 'effect'
  }
}

function stateOrEffect(statement: Extract<Statement, { type: 'VariableDeclaration' }>): 'state' | 'effect' {
  const makesCollection = statement.declarations.some(({ init }) => {
    const bare = init && withoutTypes(init)
    return bare?.type === 'NewExpression' && COLLECTIONS.includes(dottedName(bare.callee) ?? '')
  })
  return makesCollection ? 'state' : 'effect'
}

function isInertExpression(node: Expression, isPureCall: (name: string | undefined) => boolean): boolean {
  const inert = (part: Expression | { type: 'SpreadElement'; argument: Expression } | null): boolean => {
    if (!part) return true
    return part.type === 'SpreadElement' ? inert(part.argument) : isInertExpression(withoutTypes(part), isPureCall)
  }
  switch (node.type) {
    case 'Literal':
    case 'Identifier':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'ClassExpression':
    case 'MetaProperty':
    case 'JSXElement':
    case 'JSXFragment':
      return true
    case 'TemplateLiteral':
      return node.expressions.every(inert)
    case 'TaggedTemplateExpression':
      return isPureCall(dottedName(node.tag)) && node.quasi.expressions.every(inert)
    case 'ArrayExpression':
      return node.elements.every(inert)
    case 'ObjectExpression':
      return node.properties.every((property) =>
        property.type === 'SpreadElement' ? inert(property.argument) : inert(property.value as Expression),
      )
    case 'UnaryExpression':
      return node.operator !== 'delete' && inert(node.argument)
    case 'BinaryExpression':
      return inert(node.left as Expression) && inert(node.right)
    case 'LogicalExpression':
      return inert(node.left) && inert(node.right)
    case 'ConditionalExpression':
      return inert(node.test) && inert(node.consequent) && inert(node.alternate)
    case 'MemberExpression':
      return (
        node.object.type !== 'Super' && inert(node.object) && (!node.computed || inert(node.property as Expression))
      )
    case 'ChainExpression':
      return inert(node.expression)
    case 'CallExpression':
      return isInertCall(node, inert, isPureCall)
    case 'NewExpression':
      return isInertNew(node, inert)
    default:
      return false
  }
}

type Inert = (part: Expression | { type: 'SpreadElement'; argument: Expression } | null) => boolean

function isInertCall(
  node: Extract<Expression, { type: 'CallExpression' }>,
  inert: Inert,
  isPureCall: (name: string | undefined) => boolean,
): boolean {
  const argumentsInert = node.arguments.every((argument) => inert(argument as Expression))
  if (!argumentsInert) return false
  if (isPureCall(dottedName(node.callee))) return true
  const callee = withoutTypes(node.callee)
  if (callee.type !== 'MemberExpression' || callee.object.type === 'Super') return false
  return PURE_METHODS.includes(memberName(callee) ?? '') && inert(callee.object)
}

function isInertNew(node: Extract<Expression, { type: 'NewExpression' }>, inert: Inert): boolean {
  const name = dottedName(node.callee) ?? ''
  const isTable = COLLECTIONS.includes(name) && node.arguments.length > 0
  const isValue = PURE_CLASSES.includes(name) || name.startsWith('Intl.')
  return (isTable || isValue) && node.arguments.every((argument) => inert(argument as Expression))
}
