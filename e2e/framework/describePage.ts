/** One element as a person or a style sheet would tell it apart, in document order; frames and shadow trees included. */
export interface DescribedElement {
  readonly depth: number
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Own text nodes, white space folded, in order. */
  readonly texts: readonly string[]
  /** Inside something the visitor fills in. */
  readonly inControl: boolean
  readonly styles: readonly string[]
  readonly scroll: readonly [number, number]
}

/**
 * Runs inside a browser, in a world of its own (describeDocument.ts): everything it needs is inside it, and it reads through
 * prototypes, because a page may have a form field called `attributes`. Leaves out what draws nothing (scripts, sheets, head)
 * and what Vasistas itself put into the page.
 */
export function describePage(target: Document): DescribedElement[] {
  const SKIPPED = new Set([
    'script',
    'noscript',
    'template',
    'style',
    'link',
    'meta',
    'title',
    'head',
    'base',
    'vasistas-notice',
  ])
  const CONTROLS = new Set([
    'input',
    'textarea',
    'select',
    'option',
    'optgroup',
    'datalist',
    'output',
    'meter',
    'progress',
  ])
  const ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton', 'slider'])
  const STYLES = [
    'display',
    'visibility',
    'position',
    'color',
    'backgroundColor',
    'fontSize',
    'fontWeight',
    'textAlign',
    'borderTopWidth',
    'borderTopColor',
    'opacity',
    'textTransform',
    'whiteSpace',
    'flexDirection',
    'fill',
  ] as const
  const described: DescribedElement[] = []
  const read = (prototype: object, name: string) => {
    const get = Object.getOwnPropertyDescriptor(prototype, name)?.get
    return (node: object): never => get?.call(node) as never
  }
  const nativeAttributes = read(Element.prototype, 'attributes') as (element: Element) => NamedNodeMap
  const nativeChildren = read(Node.prototype, 'childNodes') as (node: Node) => NodeListOf<ChildNode>
  const nativeType = read(Node.prototype, 'nodeType') as (node: Node) => number
  const nativeName = read(Element.prototype, 'localName') as (element: Element) => string
  const nativeData = read(CharacterData.prototype, 'data') as (node: Node) => string
  const nativeRoot = read(Element.prototype, 'shadowRoot') as (element: Element) => ShadowRoot | null
  const nativeFrame = read(HTMLIFrameElement.prototype, 'contentDocument') as (element: Element) => Document | null
  const nativeBody = read(Document.prototype, 'body') as (document: Document) => HTMLElement | null
  const scrollLeft = read(Element.prototype, 'scrollLeft') as (element: Element) => number
  const scrollTop = read(Element.prototype, 'scrollTop') as (element: Element) => number

  function isControl(name: string, attributes: Record<string, string>): boolean {
    const editable = attributes['contenteditable']
    return (
      CONTROLS.has(name) ||
      (editable !== undefined && editable.toLowerCase() !== 'false') ||
      (attributes['role'] ?? '').split(/\s+/).some((role) => ROLES.has(role))
    )
  }

  function visit(element: Element, depth: number, inControlAbove: boolean): void {
    const name = nativeName(element)
    const attributes: Record<string, string> = {}
    for (const attribute of nativeAttributes(element)) attributes[attribute.name] = attribute.value
    if (SKIPPED.has(name)) return
    const isBlocked = attributes['data-vasistas'] === 'block' || 'rr_width' in attributes
    if (isBlocked && attributes['rr_width'] === '0px') return
    const computed = getComputedStyle(element)
    const inControl = inControlAbove || isControl(name, attributes)
    const isDrawn = computed.display !== 'none'
    described.push({
      depth,
      name,
      attributes,
      texts: isBlocked ? [] : textsOf(element),
      inControl,
      styles: STYLES.map((style) =>
        isBlocked ? '' : style === 'display' || isDrawn ? `${style}: ${computed[style]}` : '',
      ),
      scroll: [Math.round(scrollLeft(element)), Math.round(scrollTop(element))],
    })
    if (isBlocked) return
    for (const child of childrenOf(element)) if (nativeType(child) === 1) visit(child as Element, depth + 1, inControl)
    if (name !== 'iframe') return
    const inner = nativeFrame(element)
    const body = inner && nativeBody(inner)
    if (body) visit(body, depth + 1, inControl)
  }

  function childrenOf(element: Element): readonly Node[] {
    const root = nativeRoot(element)
    return [...(root ? nativeChildren(root) : []), ...nativeChildren(element)]
  }

  function textsOf(element: Element): string[] {
    return childrenOf(element)
      .filter((node) => nativeType(node) === 3)
      .map((node) => nativeData(node).replace(/\s+/g, ' ').trim())
      .filter(Boolean)
  }

  const body = nativeBody(target)
  if (body) visit(body, 0, false)
  return described
}
