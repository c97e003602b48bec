import { NODE, type AttributeValue, type SerializedNode } from './rrwebEvent.ts'

export interface UnknownObject {
  readonly [name: string]: unknown
}

export const isObject = (value: unknown): value is UnknownObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isAttributes = (value: unknown): value is { [name: string]: AttributeValue } =>
  isObject(value) && Object.entries(value).every(([name, entry]) => name !== '__proto__' && isAttributeValue(entry))

/** A serialized node rebuilt from known properties; depth is bounded by `scanDepth`, so recursion is safe. */
export function decodeNode(value: unknown): SerializedNode | undefined {
  if (!isObject(value)) return undefined
  const { type, id, rootId, isShadow } = value
  if (!Number.isSafeInteger(id) || (id as number) < 1) return undefined
  const common = {
    id: id as number,
    ...(Number.isSafeInteger(rootId) && { rootId: rootId as number }),
    ...(isShadow === true && { isShadow: true as const }),
  }
  switch (type) {
    case NODE.document: {
      const childNodes = decodeChildren(value['childNodes'])
      const { compatMode } = value
      return childNodes && { type, ...common, childNodes, ...(typeof compatMode === 'string' && { compatMode }) }
    }
    case NODE.doctype: {
      const { name, publicId, systemId } = value
      if (typeof name !== 'string' || typeof publicId !== 'string' || typeof systemId !== 'string') return undefined
      return { type, ...common, name, publicId, systemId }
    }
    case NODE.element: {
      const { tagName, attributes } = value
      const childNodes = decodeChildren(value['childNodes'])
      if (typeof tagName !== 'string' || !isAttributes(attributes) || !childNodes) return undefined
      return {
        type,
        ...common,
        tagName,
        attributes: { ...attributes },
        childNodes,
        ...(value['isSVG'] === true && { isSVG: true }),
        ...(value['isCustom'] === true && { isCustom: true }),
        ...(value['needBlock'] === true && { needBlock: true }),
        ...(value['isShadowHost'] === true && { isShadowHost: true }),
      }
    }
    case NODE.text: {
      const { textContent } = value
      if (typeof textContent !== 'string') return undefined
      return { type, ...common, textContent, ...(value['isStyle'] === true && { isStyle: true }) }
    }
    case NODE.comment: {
      const { textContent } = value
      return typeof textContent === 'string' ? { type, ...common, textContent } : undefined
    }
    default:
      return undefined
  }
}

function decodeChildren(value: unknown): SerializedNode[] | undefined {
  if (!Array.isArray(value)) return undefined
  const children: SerializedNode[] = []
  for (const child of value) {
    const node = decodeNode(child)
    if (!node) return undefined
    children.push(node)
  }
  return children
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return typeof value === 'string' || value === true || value === null || Number.isFinite(value)
}
