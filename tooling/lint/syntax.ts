import type { Expression, MemberNode, PatternNode } from './rule.types.ts'

/** `a.name` and `a['name']`; nothing for a name that is only known at run time. */
export function memberName(node: MemberNode): string | undefined {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : undefined
}

/** The names that `const { a, 'b': c } = x` reads from x. */
export function patternNames(node: PatternNode): readonly string[] {
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property') return []
    if (property.key.type === 'Identifier' && !property.computed) return [property.key.name]
    return property.key.type === 'Literal' && typeof property.key.value === 'string' ? [property.key.value] : []
  })
}

/** The expression inside `(x as T)`, `x!`, `x satisfies T` and brackets. */
export function withoutTypes(node: Expression): Expression {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return withoutTypes(node.expression)
    default:
      return node
  }
}

/** `Date.now` of `Date.now`, `a.b.c` of `a.b.c`, `f` of `f`; nothing for anything else. */
export function dottedName(node: Expression): string | undefined {
  const bare = withoutTypes(node)
  if (bare.type === 'Identifier') return bare.name
  if (bare.type !== 'MemberExpression') return undefined
  const name = memberName(bare)
  const object = bare.object.type === 'Super' ? undefined : dottedName(bare.object)
  return name !== undefined && object !== undefined ? `${object}.${name}` : undefined
}

/** `globalThis.Date.now` and `window.Date.now` are `Date.now` too. */
export function globalName(node: Expression): string | undefined {
  return dottedName(node)?.replace(/^(?:globalThis|window|self)\./, '')
}
