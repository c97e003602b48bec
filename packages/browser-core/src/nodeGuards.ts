/** By nodeType, because a frame has its own `Element`. */
export const isElement = (value: unknown): value is Element => nodeTypeOf(value) === 1
export const isText = (value: unknown): value is Text => nodeTypeOf(value) === 3
export const isDocument = (value: unknown): value is Document => nodeTypeOf(value) === 9
export const isShadowRoot = (value: unknown): value is ShadowRoot => nodeTypeOf(value) === 11

function nodeTypeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'nodeType' in value ? value.nodeType : undefined
}
