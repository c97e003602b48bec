import type { NodeId } from '@vasistas/wire/core'

/**
 * What the visitor's pointer and keyboard rested on, as attributes that the rewritten sheets ask for (allowedCss.ts). Nothing
 * in the frame is really hovered or focused, so that the dashboard keeps its own focus.
 */
export interface VisitorStates {
  hover(id: NodeId | undefined): void
  press(isDown: boolean): void
  focus(id: NodeId | undefined): void
  /** The document was rebuilt. */
  reset(): void
}

const HOVER = 'vasistas-hover'
const ACTIVE = 'vasistas-active'
const FOCUS = 'vasistas-focus'
const FOCUS_WITHIN = 'vasistas-focus-within'

export function createVisitorStates(find: (id: NodeId) => Node | undefined): VisitorStates {
  let hovered: readonly Element[] = []
  let hoveredNode: Node | undefined
  let pressed: readonly Element[] = []
  let focused: readonly Element[] = []

  function mark(before: readonly Element[], after: readonly Element[], name: string): readonly Element[] {
    const kept = new Set(after)
    for (const element of before) if (!kept.has(element)) element.removeAttribute(name)
    for (const element of after) if (!element.hasAttribute(name)) element.setAttribute(name, '')
    return after
  }

  return {
    hover(id) {
      const node = id === undefined ? undefined : find(id)
      if (node === hoveredNode && node?.isConnected) return
      hoveredNode = node
      hovered = mark(hovered, node ? chainOf(node) : [], HOVER)
    },
    press(isDown) {
      pressed = mark(pressed, isDown ? hovered : [], ACTIVE)
    },
    focus(id) {
      const node = id === undefined ? undefined : find(id)
      const chain = node ? chainOf(node) : []
      for (const element of focused) element.removeAttribute(FOCUS)
      chain[0]?.setAttribute(FOCUS, '')
      focused = mark(focused, chain, FOCUS_WITHIN)
    },
    reset() {
      hovered = pressed = focused = []
      hoveredNode = undefined
    },
  }
}

/** The element and those around it, out of shadow trees but not out of its frame. */
function chainOf(node: Node): readonly Element[] {
  const chain: Element[] = []
  for (let at: Node | null = node; at; at = at.parentNode ?? ('host' in at ? (at as ShadowRoot).host : null)) {
    if (at.nodeType === Node.ELEMENT_NODE) chain.push(at as Element)
  }
  return chain
}
