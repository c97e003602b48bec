/**
 * The DOM as the browser made it: accessors taken from prototypes that no page code has changed, so that neither a patched
 * prototype nor a form field called `attributes` (DOM clobbering, leaks.md L128–L131) can hide a mark or a level.
 *
 * `structure` tells where nodes stand and may be used anywhere; `content` tells what a visitor sees or types and is for the
 * recorder's gate alone.
 */
export interface Pristine {
  readonly structure: Structure
  readonly content: Content
}

export interface Structure {
  nodeType(node: Node): number
  parentNode(node: Node): Node | null
  firstChild(node: Node): Node | null
  nextSibling(node: Node): Node | null
  isConnected(node: Node): boolean
  ownerDocument(node: Node): Document | null
  /** As in markup: HTML in lower case, SVG as written. */
  localName(element: Element): string
  namespace(element: Element): string | null
  /** Open roots only; closed ones stay closed. */
  shadowRoot(element: Element): ShadowRoot | null
  host(root: ShadowRoot): Element
  /** Where a child of a shadow host is shown: the slot in an open root. */
  assignedSlot(node: Node): Element | null
  /** The document of a same-origin frame; null for any other. */
  frameDocument(frame: Element): Document | null
  compatMode(document: Document): string
  rect(element: Element): { readonly width: number; readonly height: number }
  /** A dialog that lies over the page. */
  isModal(dialog: Element): boolean
  sheetOwner(sheet: CSSStyleSheet): Node | null
  scrollLeft(element: Element): number
  scrollTop(element: Element): number
}

export interface Content {
  /** Of text, comment, CDATA. */
  data(node: Node): string
  attribute(element: Element, name: string): string | null
  attributeNames(element: Element): readonly string[]
  matches(element: Element, selector: string): boolean
  inputType(input: Element): string
  inputValue(input: Element): string
  inputChecked(input: Element): boolean
  textAreaValue(textArea: Element): string
  isOptionSelected(option: Element): boolean
  /** Elements below a root that match; throws for a selector that is not valid. */
  select(root: Node, selector: string): Iterable<Element>
  labels(control: Element): readonly Element[]
  form(control: Element): Element | null
  styleSheetOf(element: Element): CSSStyleSheet | null
  adoptedSheets(root: Document | ShadowRoot): readonly CSSStyleSheet[]
  /** The sheets of a root's own `style` and `link` elements. */
  ownSheets(root: Document | ShadowRoot): Iterable<CSSStyleSheet>
  /** The text of each rule; nothing when the sheet is of another origin. */
  ruleTexts(sheet: CSSStyleSheet): readonly string[] | undefined
  /** How many rules a parser makes of the text; -1 when it cannot be told. */
  countRules(css: string): number
  /** Null for sheets written in the page. */
  sheetUrl(sheet: CSSStyleSheet): string | null
  baseUri(node: Node): string
  url(document: Document): string
}

type Realm = typeof globalThis

export function createPristine(page: Window): Pristine {
  const own = page as unknown as Realm
  return isUntouched(own) ? pristineOf(own) : pristineOfFreshFrame(page)
}

const NONE: readonly [] = []

function pristineOf(realm: Realm): Pristine {
  const { apply } = realm.Reflect
  function getter<Target extends object, Value>(prototype: object, name: string): (target: Target) => Value {
    const get: (() => unknown) | undefined = Object.getOwnPropertyDescriptor(prototype, name)?.get
    return (target) => (get ? apply(get, target, NONE) : undefined) as Value
  }
  const method = <Target extends object, Arguments extends unknown[], Value>(prototype: object, name: string) => {
    const call = Object.getOwnPropertyDescriptor(prototype, name)?.value as (...args: Arguments) => Value
    return (target: Target, ...args: Arguments): Value => apply(call, target, args)
  }
  const node = realm.Node.prototype
  const element = realm.Element.prototype
  const input = realm.HTMLInputElement.prototype
  const matches = method<Element, [string], boolean>(element, 'matches')
  const styleOf = getter<Element, CSSStyleSheet | null>(realm.HTMLStyleElement.prototype, 'sheet')
  const linkOf = getter<Element, CSSStyleSheet | null>(realm.HTMLLinkElement.prototype, 'sheet')
  const svgStyleOf = getter<Element, CSSStyleSheet | null>(realm.SVGStyleElement.prototype, 'sheet')
  const localName = getter<Element, string>(element, 'localName')
  const namespace = getter<Element, string | null>(element, 'namespaceURI')
  const inputForm = getter<Element, Element | null>(input, 'form')
  const textAreaForm = getter<Element, Element | null>(realm.HTMLTextAreaElement.prototype, 'form')
  const selectForm = getter<Element, Element | null>(realm.HTMLSelectElement.prototype, 'form')
  const labelsOf = {
    input: getter<Element, NodeListOf<Element> | null>(input, 'labels'),
    textarea: getter<Element, NodeListOf<Element> | null>(realm.HTMLTextAreaElement.prototype, 'labels'),
    select: getter<Element, NodeListOf<Element> | null>(realm.HTMLSelectElement.prototype, 'labels'),
  }
  const frameDocument = getter<Element, Document | null>(realm.HTMLIFrameElement.prototype, 'contentDocument')
  const adoptedOfDocument = getter<object, readonly CSSStyleSheet[]>(realm.Document.prototype, 'adoptedStyleSheets')
  const adoptedOfShadow = getter<object, readonly CSSStyleSheet[]>(realm.ShadowRoot.prototype, 'adoptedStyleSheets')
  const ownSheetsOfDocument = getter<object, Iterable<CSSStyleSheet>>(realm.Document.prototype, 'styleSheets')
  const ownSheetsOfShadow = getter<object, Iterable<CSSStyleSheet>>(realm.ShadowRoot.prototype, 'styleSheets')
  const rulesOf = getter<CSSStyleSheet, CSSRuleList>(realm.CSSStyleSheet.prototype, 'cssRules')
  const ruleText = getter<CSSRule, string>(realm.CSSRule.prototype, 'cssText')
  const replaceRules = method<CSSStyleSheet, [string], void>(realm.CSSStyleSheet.prototype, 'replaceSync')
  const selectIn = {
    1: method<Node, [string], NodeListOf<Element>>(element, 'querySelectorAll'),
    9: method<Node, [string], NodeListOf<Element>>(realm.Document.prototype, 'querySelectorAll'),
    11: method<Node, [string], NodeListOf<Element>>(realm.DocumentFragment.prototype, 'querySelectorAll'),
  }
  const nodeType = getter<Node, number>(node, 'nodeType')
  const slotOfElement = getter<Node, Element | null>(element, 'assignedSlot')
  const slotOfText = getter<Node, Element | null>(realm.Text.prototype, 'assignedSlot')
  const isHtml = (target: Element) => namespace(target) === 'http://www.w3.org/1999/xhtml'
  return {
    structure: {
      nodeType,
      parentNode: getter(node, 'parentNode'),
      firstChild: getter(node, 'firstChild'),
      nextSibling: getter(node, 'nextSibling'),
      isConnected: getter(node, 'isConnected'),
      ownerDocument: getter(node, 'ownerDocument'),
      localName,
      namespace,
      shadowRoot: getter(element, 'shadowRoot'),
      host: getter(realm.ShadowRoot.prototype, 'host'),
      assignedSlot: (target) =>
        nodeType(target) === 1 ? slotOfElement(target) : nodeType(target) === 3 ? slotOfText(target) : null,
      frameDocument(frame) {
        if (localName(frame) !== 'iframe' || !isHtml(frame)) return null
        try {
          return frameDocument(frame)
        } catch {
          return null // cross-origin frames answer null or throw, by engine
        }
      },
      compatMode: getter(realm.Document.prototype, 'compatMode'),
      rect: method<Element, [], DOMRect>(element, 'getBoundingClientRect'),
      isModal(dialog) {
        try {
          return matches(dialog, ':modal')
        } catch {
          return false // a browser without the selector
        }
      },
      sheetOwner: getter(realm.StyleSheet.prototype, 'ownerNode'),
      scrollLeft: getter(element, 'scrollLeft'),
      scrollTop: getter(element, 'scrollTop'),
    },
    content: {
      data: getter(realm.CharacterData.prototype, 'data'),
      attribute: method<Element, [string], string | null>(element, 'getAttribute'),
      attributeNames: method<Element, [], string[]>(element, 'getAttributeNames'),
      matches,
      inputType: getter(input, 'type'),
      inputValue: getter(input, 'value'),
      inputChecked: getter(input, 'checked'),
      textAreaValue: getter(realm.HTMLTextAreaElement.prototype, 'value'),
      isOptionSelected: getter(realm.HTMLOptionElement.prototype, 'selected'),
      labels(control) {
        const name = localName(control)
        const list = name === 'input' || name === 'textarea' || name === 'select' ? labelsOf[name](control) : null
        return list ? realm.Array.from(list) : NONE
      },
      form(control) {
        const name = localName(control)
        return name === 'input'
          ? inputForm(control)
          : name === 'textarea'
            ? textAreaForm(control)
            : name === 'select'
              ? selectForm(control)
              : null
      },
      styleSheetOf(target) {
        if (localName(target) === 'style') return isHtml(target) ? styleOf(target) : svgStyleOf(target)
        return localName(target) === 'link' && isHtml(target) ? linkOf(target) : null
      },
      adoptedSheets(root) {
        return (nodeType(root) === 9 ? adoptedOfDocument(root) : adoptedOfShadow(root)) ?? NONE
      },
      select(root, selector) {
        const type = nodeType(root)
        return type === 1 || type === 9 || type === 11 ? selectIn[type](root, selector) : NONE
      },
      ownSheets: (root) => (nodeType(root) === 9 ? ownSheetsOfDocument(root) : ownSheetsOfShadow(root)) ?? NONE,
      ruleTexts(sheet) {
        try {
          return realm.Array.from(rulesOf(sheet), ruleText)
        } catch {
          return undefined // a sheet of another origin, sent without permission to read it
        }
      },
      countRules(css) {
        try {
          const sheet = new realm.CSSStyleSheet()
          replaceRules(sheet, css)
          return rulesOf(sheet).length
        } catch {
          return -1 // a browser without constructed sheets
        }
      },
      sheetUrl: getter(realm.StyleSheet.prototype, 'href'),
      baseUri: getter(node, 'baseURI'),
      url: getter(realm.Document.prototype, 'URL'),
    },
  }
}

/** A look at the functions that decide most; a page that replaces one usually replaces it with plain JavaScript. */
function isUntouched(realm: Realm): boolean {
  const { toString } = realm.Function.prototype
  const isNative = (candidate: unknown) =>
    typeof candidate === 'function' &&
    /\{\s*\[native code\]\s*\}$/.test(Reflect.apply(toString, candidate, NONE) as string)
  const accessor = (prototype: object, name: string) => Object.getOwnPropertyDescriptor(prototype, name)?.get
  const element = realm.Element.prototype
  const node = realm.Node.prototype
  return (
    isNative(toString) &&
    isNative(realm.Reflect.apply) &&
    isNative(realm.Array.from) &&
    isNative(element.matches) &&
    isNative(element.getAttribute) &&
    isNative(element.getAttributeNames) &&
    ['nodeType', 'parentNode', 'firstChild', 'nextSibling', 'isConnected'].every((name) =>
      isNative(accessor(node, name)),
    ) &&
    ['localName', 'shadowRoot', 'namespaceURI'].every((name) => isNative(accessor(element, name))) &&
    ['type', 'value', 'checked'].every((name) => isNative(accessor(realm.HTMLInputElement.prototype, name))) &&
    isNative(accessor(realm.HTMLTextAreaElement.prototype, 'value')) &&
    isNative(accessor(realm.CharacterData.prototype, 'data'))
  )
}

/** An empty frame has prototypes that nobody has touched yet; they work on nodes of any same-origin document. */
function pristineOfFreshFrame(page: Window): Pristine {
  const frame = page.document.createElement('iframe')
  frame.hidden = true
  page.document.documentElement.appendChild(frame)
  const fresh = frame.contentWindow as unknown as Realm | null
  const pristine = pristineOf(fresh ?? (page as unknown as Realm))
  frame.remove()
  return pristine
}
