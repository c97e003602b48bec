import type { Pristine } from '@vasistas/browser-core'
import { isSensitiveField, marksOf, resolveLevel, stricter, type Mark, type PrivacyLevel } from '@vasistas/privacy'
import type { PrivacyPolicy } from '@vasistas/wire/core'

export type { Mark }

/**
 * All that a place in the page says about what is in it, inherited over the composed tree. There is one object for each
 * combination: contexts are compared by identity.
 */
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
  /** From now on the node is under this privacy, wherever it goes (leaks.md L141). */
  raise(node: Node, context: NodeContext): void
  /** An attribute had this value before: what it said then still counts (leaks.md L138, L002). */
  noteOldAttribute(element: Element, name: string, oldContent: string): void
  /** Raises (or with `allow` lowers) elements from code. False: the selector is not valid; nothing changed. */
  mark(target: string | Element, mark: Mark): boolean
  /** Elements below a root that a selector of the site, or nothing in the tree, raises: any change may matter. */
  raisedBySelector(root: Node): Iterable<Element>
  /** Which element holds a frame's document; levels and ignoring pass through it. */
  setFrameOf(document: Document, frame: Element): void
}

const CONTROL_NAMES: ReadonlySet<string> = new Set(
  'input textarea select option optgroup datalist output meter progress'.split(' '),
)
const CONTROL_ROLES = /^(?:textbox|searchbox|combobox|spinbutton|slider)$/i
const RAISING = ['block', 'mask', 'ignore'] as const
/** Browser extensions put what visitors typed into elements of their own (leaks.md L013, L133). */
const EXTENSION = /^(?:com-1password|grammarly|lastpass|dashlane|bitwarden|deepl|protonpass|nordpass|keeper)-/
/** Editors that draw by themselves what is typed into a field that nobody sees (leaks.md L045). */
const EDITOR = /(?:^|\s)(?:CodeMirror|monaco-editor|ace_editor|xterm)(?:\s|$)/
const NAMING_ATTRIBUTES = /^(?:name|id|placeholder|aria-label|title)$/
const LABEL_CHARACTERS = 120
const NO_FACTS = { type: '', autocomplete: '', names: [], inputMode: '', maxLength: -1, isDrawnAsDots: false }

/** Nothing when a selector that raises privacy is not valid: a site that meant to hide something is not recorded at all. */
export function createNodePrivacy(
  { structure, content }: Pristine,
  policy: PrivacyPolicy,
  probe: Element,
): NodePrivacy | undefined {
  const selectors: Record<Mark, string[]> = { block: [], mask: [], ignore: [], allow: [] }
  const marked = new WeakMap<Element, Mark[]>()
  const earlier = new WeakMap<Node, NodeContext>()
  const sensitive = new WeakSet<Element>()
  const secretNames = new Set<string>()
  const frames = new WeakMap<Document, Element>()
  const contexts = new Map<string, NodeContext>()
  const settings = { recordEmails: policy.recordEmails, recordNumbers: policy.recordNumbers }
  const root = contextFor(policy.level === 'strict' ? 'mask' : 'redact', false, false)

  for (const kind of RAISING) {
    for (const selector of policy[kind]) if (!addSelector(selector, kind)) return undefined
  }
  for (const selector of policy.allow) addSelector(selector, 'allow')

  function contextFor(level: PrivacyLevel, inControl: boolean, isIgnored: boolean): NodeContext {
    const key = `${level}${inControl}${isIgnored}`
    let context = contexts.get(key)
    if (!context) contexts.set(key, (context = { level, inControl, isIgnored }))
    return context
  }

  function stricterContext(one: NodeContext, other: NodeContext): NodeContext {
    return one === other
      ? one
      : contextFor(stricter(one.level, other.level), one.inControl || other.inControl, one.isIgnored || other.isIgnored)
  }

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
    const marks: Mark[] = [...(marked.get(element) ?? [])]
    for (const name of content.attributeNames(element)) {
      if (name === 'class' || name.startsWith('data-')) {
        marks.push(...marksOf(name, content.attribute(element, name) ?? '', policy.readForeignAllowMarks))
      }
    }
    for (const kind of RAISING) if (matchesAny(element, kind, true)) marks.push(kind)
    if (matchesAny(element, 'allow', false)) marks.push('allow')
    if (EXTENSION.test(structure.localName(element))) marks.push('block')
    return marks
  }

  /** A selector that throws on this element counts as a match for raising and as none for lowering. */
  function matchesAny(element: Element, kind: Mark, whenBroken: boolean): boolean {
    return selectors[kind].some((selector) => {
      try {
        return content.matches(element, selector)
      } catch {
        return whenBroken
      }
    })
  }

  /** The never-list masks whatever the marks say; what an element was once, it stays. */
  function contextOfElement(parent: NodeContext, element: Element): NodeContext {
    const marks = marksOfElement(element)
    const isField = isControl(element)
    let context = contextFor(
      resolveLevel(parent.level, marks),
      parent.inControl || isField,
      parent.isIgnored || marks.includes('ignore'),
    )
    if (isField && isSensitive(element)) context = stricterContext(context, contextFor('mask', true, false))
    if (context !== root && context.level !== 'allow') raise(element, context)
    return earlier.get(element) ?? context
  }

  function raise(node: Node, context: NodeContext): void {
    const before = earlier.get(node)
    if (before !== context) earlier.set(node, before ? stricterContext(before, context) : context)
  }

  function isControl(element: Element): boolean {
    if (CONTROL_NAMES.has(structure.localName(element))) return true
    const editable = content.attribute(element, 'contenteditable')
    if (editable !== null && editable.toLowerCase() !== 'false') return true
    if (EDITOR.test(content.attribute(element, 'class') ?? '') || structure.isDesigned(element)) return true
    const role = content.attribute(element, 'role')
    return role !== null && role.split(/\s+/).some((name) => CONTROL_ROLES.test(name))
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
    return type === 11 ? structure.host(node as ShadowRoot) : null
  }

  function contextBelow(parent: NodeContext, node: Node, parentIsHost: boolean): NodeContext {
    const slot = parentIsHost ? structure.assignedSlot(node) : null
    const above = slot ? stricterContext(parent, contextOf(slot)) : parent
    if (structure.nodeType(node) === 1) return contextOfElement(above, node as Element)
    const before = earlier.get(node)
    return before ? stricterContext(above, before) : above
  }

  /** On the never-list: once, then for good, and for what replaces it under the same name. */
  function isSensitive(control: Element): boolean {
    if (sensitive.has(control)) return true
    if (!isSecret(control)) return false
    sensitive.add(control)
    for (const name of ['name', 'id']) {
      const called = content.attribute(control, name)
      if (called) secretNames.add(called)
    }
    return true
  }

  function isSecret(control: Element): boolean {
    const attribute = (name: string) => (content.attribute(control, name) ?? '').trim()
    const name = attribute('name')
    const id = attribute('id')
    if (secretNames.has(name) || secretNames.has(id)) return true
    const isInput = structure.localName(control) === 'input'
    const maxLength = attribute('maxlength')
    return isSensitiveField({
      ...NO_FACTS,
      type: isInput ? content.inputType(control).toLowerCase() : '',
      autocomplete: attribute('autocomplete').toLowerCase(),
      names: [
        name,
        id,
        attribute('placeholder'),
        attribute('aria-label'),
        attribute('title'),
        ...content.labels(control).map(labelText),
      ],
      inputMode: attribute('inputmode').toLowerCase(),
      maxLength: /^\d+$/.test(maxLength) ? Number(maxLength) : -1,
      isDrawnAsDots: /text-security|dots?[-_ ]?font|password/i.test(attribute('style')),
      ...settings,
    })
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

  function noteOldAttribute(element: Element, name: string, oldContent: string): void {
    const content = oldContent.toLowerCase()
    const wasSecret =
      isControl(element) &&
      isSensitiveField({
        ...NO_FACTS,
        type: name === 'type' && content === 'password' ? content : '',
        autocomplete: name === 'autocomplete' ? content : '',
        names: NAMING_ATTRIBUTES.test(name) ? [oldContent] : [],
        ...settings,
      })
    if (wasSecret) sensitive.add(element)
    const marks = marksOf(name, oldContent, false)
    if (marks.length === 0) return
    const then = contextFor(resolveLevel(root.level, marks), false, marks.includes('ignore'))
    raise(element, then)
  }

  return {
    contextOf,
    contextBelow,
    noteOldAttribute,
    raise,
    mark(target, mark) {
      if (typeof target === 'string') return addSelector(target, mark)
      marked.set(target, [...(marked.get(target) ?? []), mark])
      // The one way down: the page's own code says so of this element. Marks inside it and the never-list still count.
      if (mark === 'allow') for (const element of [target, ...content.select(target, '*')]) earlier.delete(element)
      return true
    },
    *raisedBySelector(node) {
      // Nothing tells of a document that becomes an editor as a whole.
      yield* content.select(node, ':root')
      for (const kind of RAISING) for (const selector of selectors[kind]) yield* content.select(node, selector)
    },
    setFrameOf: (document, frame) => void frames.set(document, frame),
  }
}
