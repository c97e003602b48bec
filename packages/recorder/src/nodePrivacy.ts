import type { Pristine } from '@vasistas/browser-core'
import {
  isSensitiveField,
  MARK_ATTRIBUTES,
  marksOf,
  resolveLevel,
  stricter,
  type Mark,
  type PrivacyLevel,
} from '@vasistas/privacy'
import type { PrivacyPolicy } from '@vasistas/wire/core'

/** All that a place in the page says about what is in it, inherited over the composed tree. */
export interface NodeContext {
  readonly level: PrivacyLevel
  /** Inside something the visitor fills in: a control, an editable region, a role that acts as one. */
  readonly inControl: boolean
  /** What the visitor does here is not recorded. */
  readonly isIgnored: boolean
}

export interface NodePrivacy {
  /** Walks up the composed tree, now, without a cache: right at the moment of an event. */
  contextOf(node: Node): NodeContext
  /** A child's context when its parent's is known: what serializing top-down uses. */
  contextBelow(parent: NodeContext, node: Node, parentIsHost: boolean): NodeContext
  readonly root: NodeContext
  /** On the never-list. Once true for an element, true for good, and for what replaces it in the same place. */
  isSensitive(control: Element): boolean
  /** The element showed itself as secret some other way: an old `type`, a removed sibling. */
  markSensitive(control: Element): void
  /** A control leaves the page: what takes its place inherits its secrecy. */
  noteRemoved(parent: Node, removed: Node): void
  /** Raises (or with `allow` lowers) elements from code. False: the selector is not valid; nothing changed. */
  mark(target: string | Element, mark: Mark): boolean
  /** Which element holds a frame's document; levels and ignoring pass through it. */
  setFrameOf(document: Document, frame: Element): void
}

const CONTROL_NAMES: ReadonlySet<string> = new Set(
  'input textarea select option optgroup datalist output meter progress'.split(' '),
)
const CONTROL_ROLES: ReadonlySet<string> = new Set('textbox searchbox combobox spinbutton slider'.split(' '))
const MARKS: ReadonlySet<string> = new Set(MARK_ATTRIBUTES)
const LABEL_CHARACTERS = 120

/** Nothing when a selector that raises privacy is not valid: a site that meant to hide something is not recorded at all. */
export function createNodePrivacy(
  { structure, content }: Pristine,
  policy: PrivacyPolicy,
  probe: Element,
): NodePrivacy | undefined {
  const selectors: Record<Mark, string[]> = { block: [], mask: [], ignore: [], allow: [] }
  const marked = new WeakMap<Element, Mark[]>()
  const raised = new WeakMap<Element, PrivacyLevel>()
  const sensitive = new WeakSet<Element>()
  const secretPlaces = new WeakSet<Node>()
  const frames = new WeakMap<Document, Element>()
  const root: NodeContext = {
    level: policy.level === 'strict' ? 'mask' : 'redact',
    inControl: false,
    isIgnored: false,
  }

  for (const kind of ['block', 'mask', 'ignore'] as const) {
    for (const selector of policy[kind]) if (!addSelector(selector, kind)) return undefined
  }
  for (const selector of policy.allow) addSelector(selector, 'allow')

  function addSelector(selector: string, mark: Mark): boolean {
    try {
      content.matches(probe, selector)
    } catch {
      return false
    }
    selectors[mark].push(selector)
    return true
  }

  function marksOfElement(element: Element): readonly Mark[] {
    const names = content.attributeNames(element)
    const marks: Mark[] = [...(marked.get(element) ?? [])]
    if (names.some((name) => name === 'class' || MARKS.has(name))) {
      marks.push(
        ...marksOf(
          {
            attribute: (name) => content.attribute(element, name),
            classNames: () => (content.attribute(element, 'class') ?? '').split(/\s+/),
          },
          policy.readForeignAllowMarks,
        ),
      )
    }
    for (const kind of ['block', 'mask', 'ignore', 'allow'] as const) {
      if (selectors[kind].some((selector) => matchesOr(element, selector, kind !== 'allow'))) marks.push(kind)
    }
    return marks
  }

  /** A selector that throws on this element counts as a match for raising and as none for lowering. */
  function matchesOr(element: Element, selector: string, whenBroken: boolean): boolean {
    try {
      return content.matches(element, selector)
    } catch {
      return whenBroken
    }
  }

  function contextOfElement(parent: NodeContext, element: Element): NodeContext {
    const marks = marksOfElement(element)
    const level = resolveLevel(parent.level, { marks, earlier: raised.get(element) })
    if (level === 'mask' || level === 'block') raised.set(element, level)
    return {
      level,
      inControl: parent.inControl || isControl(element),
      isIgnored: parent.isIgnored || marks.includes('ignore'),
    }
  }

  function isControl(element: Element): boolean {
    if (CONTROL_NAMES.has(structure.localName(element))) return true
    const editable = content.attribute(element, 'contenteditable')
    if (editable !== null && editable.toLowerCase() !== 'false') return true
    const role = content.attribute(element, 'role')
    return role !== null && role.toLowerCase().split(/\s+/).some((name) => CONTROL_ROLES.has(name))
  }

  function contextOf(node: Node): NodeContext {
    const path: Node[] = []
    for (let at: Node | null = node; at; at = composedParent(at)) path.push(at)
    let context = root
    for (let index = path.length - 1; index >= 0; index--) {
      const step = path[index]
      if (step) context = contextBelow(context, step, isHost(path[index + 1]))
    }
    return context
  }

  function isHost(node: Node | undefined): boolean {
    return node !== undefined && structure.nodeType(node) === 1 && structure.shadowRoot(node as Element) !== null
  }

  function composedParent(node: Node): Node | null {
    const parent = structure.parentNode(node)
    if (parent) return parent
    const type = structure.nodeType(node)
    if (type === 9) return frames.get(node as Document) ?? null
    return type === 11 && isShadowRootNode(node) ? structure.host(node) : null
  }

  function isShadowRootNode(node: Node): node is ShadowRoot {
    try {
      return Boolean(structure.host(node as ShadowRoot))
    } catch {
      return false // a plain fragment
    }
  }

  function contextBelow(parent: NodeContext, node: Node, parentIsHost: boolean): NodeContext {
    const slot = parentIsHost ? structure.assignedSlot(node) : null
    const above = slot ? stricterContext(parent, contextOf(slot)) : parent
    return structure.nodeType(node) === 1 ? contextOfElement(above, node as Element) : above
  }

  function isSensitive(control: Element): boolean {
    if (sensitive.has(control)) return true
    if (!isSecret(control)) return false
    sensitive.add(control)
    return true
  }

  function isSecret(control: Element): boolean {
    const parent = structure.parentNode(control)
    if (parent && secretPlaces.has(parent)) return true
    const attribute = (name: string) => (content.attribute(control, name) ?? '').trim()
    const isInput = structure.localName(control) === 'input'
    const maxLength = attribute('maxlength')
    return (
      isSensitiveField({
        type: isInput ? content.inputType(control).toLowerCase() : '',
        autocomplete: attribute('autocomplete').toLowerCase(),
        names: [
          attribute('name'),
          attribute('id'),
          attribute('placeholder'),
          attribute('aria-label'),
          attribute('title'),
          ...content.labels(control).map(labelText),
        ],
        inputMode: attribute('inputmode').toLowerCase(),
        maxLength: /^\d+$/.test(maxLength) ? Number(maxLength) : -1,
        isDrawnAsDots: /text-security|dots?[-_ ]?font|password/i.test(attribute('style')),
        recordEmails: policy.recordEmails,
        recordNumbers: policy.recordNumbers,
      }) !== undefined
    )
  }

  function labelText(label: Element): string {
    let text = ''
    const visit = (node: Node) => {
      for (let child = structure.firstChild(node); child; child = structure.nextSibling(child)) {
        if (text.length > LABEL_CHARACTERS) return
        const type = structure.nodeType(child)
        if (type === 3) text += content.data(child)
        else if (type === 1 && !CONTROL_NAMES.has(structure.localName(child as Element))) visit(child)
      }
    }
    visit(label)
    return text.slice(0, LABEL_CHARACTERS)
  }

  return {
    root,
    contextOf,
    contextBelow,
    isSensitive,
    markSensitive: (control) => void sensitive.add(control),
    noteRemoved(parent, removed) {
      if (structure.nodeType(removed) === 1 && sensitive.has(removed as Element)) secretPlaces.add(parent)
    },
    mark(target, mark) {
      if (typeof target === 'string') return addSelector(target, mark)
      marked.set(target, [...(marked.get(target) ?? []), mark])
      return true
    },
    setFrameOf: (document, frame) => void frames.set(document, frame),
  }
}

function stricterContext(one: NodeContext, other: NodeContext): NodeContext {
  return {
    level: stricter(one.level, other.level),
    inControl: one.inControl || other.inControl,
    isIgnored: one.isIgnored || other.isIgnored,
  }
}
