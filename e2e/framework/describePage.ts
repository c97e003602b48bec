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
 * Runs inside a browser (Playwright sends its source there): everything it needs is inside it. Leaves out what draws
 * nothing of its own (scripts, style sheets, head) and what Vasistas itself put into the page.
 */
export function describePage(target: Document): DescribedElement[] {
  const SKIPPED = new Set(['script', 'noscript', 'template', 'style', 'link', 'meta', 'title', 'head', 'base'])
  const CONTROLS = new Set(['input', 'textarea', 'select', 'option', 'optgroup', 'datalist', 'output', 'meter', 'progress'])
  const ROLES = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton', 'slider'])
  const STYLES = [
    'display', 'visibility', 'position', 'color', 'backgroundColor', 'fontSize', 'fontWeight', 'textAlign',
    'borderTopWidth', 'borderTopColor', 'opacity', 'textTransform', 'whiteSpace', 'flexDirection', 'gridTemplateColumns',
  ] as const
  const described: DescribedElement[] = []

  function isControl(element: Element): boolean {
    const editable = element.getAttribute('contenteditable')
    return (
      CONTROLS.has(element.localName) ||
      (editable !== null && editable.toLowerCase() !== 'false') ||
      (element.getAttribute('role') ?? '').split(/\s+/).some((role) => ROLES.has(role))
    )
  }

  function visit(element: Element, depth: number, inControlAbove: boolean): void {
    if (SKIPPED.has(element.localName) || element.hasAttribute('data-vasistas-ui')) return
    const view = element.ownerDocument.defaultView ?? window
    const computed = view.getComputedStyle(element)
    const inControl = inControlAbove || isControl(element)
    const isBlocked = element.getAttribute('data-vasistas') === 'block' || element.hasAttribute('rr_width')
    const isDrawn = computed.display !== 'none'
    described.push({
      depth,
      name: element.localName,
      attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      texts: isBlocked ? [] : textsOf(element),
      inControl,
      // Sizes in grid tracks follow text, which masks change: only their number counts.
      styles: STYLES.map((name) => {
        const value = String(computed[name])
        if (isBlocked || !isDrawn) return name === 'display' && !isBlocked ? value : ''
        return name === 'gridTemplateColumns' ? String(value.split(' ').length) : value
      }),
      scroll: [Math.round(element.scrollLeft), Math.round(element.scrollTop)],
    })
    if (isBlocked) return
    if (element.shadowRoot) for (const child of element.shadowRoot.children) visit(child, depth + 1, inControl)
    for (const child of element.children) visit(child, depth + 1, inControl)
    if (element.localName === 'iframe') {
      const inner = (element as HTMLIFrameElement).contentDocument
      if (inner?.body) visit(inner.body, depth + 1, inControl)
    }
  }

  function textsOf(element: Element): string[] {
    const own = [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])]
    return own
      .filter((node) => node.nodeType === 3)
      .map((node) => (node.textContent ?? '').replace(/\s+/g, ' ').trim())
      .filter(Boolean)
  }

  if (target.body) visit(target.body, 0, false)
  return described
}
