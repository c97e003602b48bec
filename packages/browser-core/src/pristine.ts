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
  /** The name of the element's interface, `HTMLUnknownElement` for a name that the browser does not know. */
  interfaceOf(element: Element): string
  /** Where a child of a shadow host is shown: the slot in an open root. */
  assignedSlot(node: Node): Element | null
  /** The document of a same-origin frame; null for any other. */
  frameDocument(frame: Element): Document | null
  compatMode(document: Document): string
  /** The root of a document that is an editor as a whole (`designMode`). */
  isDesigned(element: Element): boolean
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
  /** Of `input` elements only. */
  inputType(input: Element): string
  /** Of `input`, `textarea` and `select`; of any other element nothing. */
  fieldValue(field: Element): string | undefined
  inputChecked(input: Element): boolean
  isOptionSelected(option: Element): boolean
  /** Elements below a root that match; throws for a selector that is not valid. */
  select(root: Node, selector: string): Iterable<Element>
  labels(control: Element): readonly Element[]
  styleSheetOf(element: Element): CSSStyleSheet | null
  adoptedSheets(root: Document | ShadowRoot): readonly CSSStyleSheet[]
  /** The sheets of a root's own `style` and `link` elements. */
  ownSheets(root: Document | ShadowRoot): Iterable<CSSStyleSheet>
  /**
   * The text of each rule; nothing when the sheet is of another origin. An import that can be read is one rule too, with
   * what it brings in it, each as `write` makes it.
   */
  ruleTexts(
    sheet: CSSStyleSheet,
    write?: (rule: string, imported: CSSStyleSheet) => string,
  ): readonly string[] | undefined
  /** How many rules a parser makes of the text; -1 when it cannot be told. */
  countRules(css: string): number
  /** Null for sheets written in the page. */
  sheetUrl(sheet: CSSStyleSheet): string | null
  baseUri(node: Node): string
  url(document: Document): string
}

type Realm = typeof globalThis
/** `Target` is whatever kind of object the accessor belongs to: called on another it throws, as in the browser. */
type Read = <Value>(owner: string, name: string) => (target: object) => Value
type Method = <Arguments extends unknown[], Value>(
  owner: string,
  name: string,
) => (target: object, ...args: Arguments) => Value

export function createPristine(page: Window): Pristine {
  const own = page as unknown as Realm
  return pristineOf(own, true) ?? pristineOfFreshFrame(page)
}

const HTML = 'http://www.w3.org/1999/xhtml'
const NONE: readonly [] = []

/** Nothing when one of the natives is not the browser's own any more. */
function pristineOf(realm: Realm, mustBeUntouched: boolean): Pristine | undefined {
  const { call, toString } = realm.Function.prototype
  const natives: unknown[] = [call, toString]
  const prototypeOf = (owner: string) =>
    (Reflect.get(realm, owner) as { readonly prototype: object } | undefined)?.prototype ?? {}
  function uncurry<Call>(native: unknown): Call {
    if (native === undefined) return (() => undefined) as Call // not in this browser
    natives.push(native)
    return call.bind(native as () => unknown) as Call
  }
  const read: Read = (owner, name) => uncurry(Object.getOwnPropertyDescriptor(prototypeOf(owner), name)?.get)
  const method: Method = (owner, name) => uncurry(Reflect.get(prototypeOf(owner), name))

  const describe = uncurry<(target: object) => string>(realm.Object.prototype.toString)
  const nodeType = read<number>('Node', 'nodeType')
  const localName = read<string>('Element', 'localName')
  const namespace = read<string | null>('Element', 'namespaceURI')
  const matches = method<[string], boolean>('Element', 'matches')
  const rulesOf = read<CSSRuleList>('CSSStyleSheet', 'cssRules')
  const ruleText = read<string>('CSSRule', 'cssText')
  const imported = <Value>(name: string) => read<Value>('CSSImportRule', name)
  const importedSheet = imported<CSSStyleSheet | null>('styleSheet')
  const importedMedia = imported<MediaList>('media')
  const importedLayer = imported<string | null | undefined>('layerName')
  const importedSupports = imported<string | null | undefined>('supportsText')
  const mediaText = read<string>('MediaList', 'mediaText')
  const replaceRules = method<[string], void>('CSSStyleSheet', 'replaceSync')
  const designMode = read<string>('Document', 'designMode')
  const ownerDocument = read<Document>('Node', 'ownerDocument')
  const frameDocument = read<Document | null>('HTMLIFrameElement', 'contentDocument')
  const byNodeType = <Call>(make: (owner: string) => Call) => {
    const calls: Partial<Record<number, Call>> = {
      1: make('Element'),
      3: make('Text'),
      9: make('Document'),
      11: make('ShadowRoot'),
    }
    return (node: Node) => calls[nodeType(node)]
  }
  const byElement = <Call>(make: (owner: string) => Call) => {
    const calls = new Map([
      ['input', make('HTMLInputElement')],
      ['textarea', make('HTMLTextAreaElement')],
      ['select', make('HTMLSelectElement')],
      ['style', make('HTMLStyleElement')],
      ['link', make('HTMLLinkElement')],
    ])
    return (element: Element) => (namespace(element) === HTML ? calls.get(localName(element)) : undefined)
  }
  const slotOf = byNodeType((owner) => read<Element | null>(owner, 'assignedSlot'))
  const adoptedOf = byNodeType((owner) => read<readonly CSSStyleSheet[]>(owner, 'adoptedStyleSheets'))
  const sheetsOf = byNodeType((owner) => read<Iterable<CSSStyleSheet>>(owner, 'styleSheets'))
  const selectIn = byNodeType((owner) =>
    method<[string], Iterable<Element>>(owner === 'ShadowRoot' ? 'DocumentFragment' : owner, 'querySelectorAll'),
  )
  const labelsOf = byElement((owner) => read<Iterable<Element> | null>(owner, 'labels'))
  const valueOf = byElement((owner) => read<string>(owner, 'value'))
  const sheetOf = byElement((owner) => read<CSSStyleSheet | null>(owner, 'sheet'))
  const svgSheetOf = read<CSSStyleSheet | null>('SVGStyleElement', 'sheet')

  function attempt<Value>(action: () => Value, otherwise: Value): Value {
    try {
      return action()
    } catch {
      return otherwise
    }
  }

  const textsOf: Content['ruleTexts'] = (sheet, write) =>
    attempt(() => realm.Array.from(rulesOf(sheet), (rule) => textOf(rule, write)), undefined)

  function textOf(rule: CSSRule, write: (rule: string, imported: CSSStyleSheet) => string = (text) => text): string {
    const text = ruleText(rule)
    const sheet = text.startsWith('@import') && importedSheet(rule)
    const rules = sheet && textsOf(sheet, write)
    if (!sheet || !rules) return text
    const [layer, supports] = [importedLayer(rule), importedSupports(rule)]
    let css = rules.map((inner) => write(inner, sheet)).join('\n')
    if (typeof layer === 'string') css = `@layer ${layer}{${css}}`
    if (supports) css = `@supports (${supports}){${css}}`
    return `@media ${mediaText(importedMedia(rule)) || 'all'}{${css}}`
  }

  const pristine: Pristine = {
    structure: {
      nodeType,
      parentNode: read('Node', 'parentNode'),
      firstChild: read('Node', 'firstChild'),
      nextSibling: read('Node', 'nextSibling'),
      isConnected: read('Node', 'isConnected'),
      ownerDocument,
      localName,
      namespace,
      shadowRoot: read('Element', 'shadowRoot'),
      host: read('ShadowRoot', 'host'),
      interfaceOf: (element) => describe(element).slice(8, -1),
      assignedSlot: (node) => slotOf(node)?.(node) ?? null,
      // Frames of another origin answer null or throw, by engine.
      frameDocument: (frame) => attempt(() => frameDocument(frame), null),
      compatMode: read('Document', 'compatMode'),
      isDesigned: (element) => localName(element) === 'html' && designMode(ownerDocument(element)) === 'on',
      rect: method('Element', 'getBoundingClientRect'),
      isModal: (dialog) => attempt(() => matches(dialog, ':modal'), false),
      sheetOwner: read('StyleSheet', 'ownerNode'),
      scrollLeft: read('Element', 'scrollLeft'),
      scrollTop: read('Element', 'scrollTop'),
    },
    content: {
      data: read('CharacterData', 'data'),
      attribute: method('Element', 'getAttribute'),
      attributeNames: method('Element', 'getAttributeNames'),
      matches,
      inputType: read('HTMLInputElement', 'type'),
      fieldValue: (field) => valueOf(field)?.(field),
      inputChecked: read('HTMLInputElement', 'checked'),
      isOptionSelected: read('HTMLOptionElement', 'selected'),
      select: (root, selector) => selectIn(root)?.(root, selector) ?? NONE,
      labels: (control) => realm.Array.from(labelsOf(control)?.(control) ?? NONE),
      styleSheetOf: (element) =>
        sheetOf(element)?.(element) ??
        (localName(element) === 'style' ? attempt(() => svgSheetOf(element), null) : null),
      adoptedSheets: (root) => adoptedOf(root)?.(root) ?? NONE,
      ownSheets: (root) => sheetsOf(root)?.(root) ?? NONE,
      ruleTexts: textsOf,
      countRules: (css) =>
        attempt(() => {
          const sheet = new realm.CSSStyleSheet()
          replaceRules(sheet, css)
          return rulesOf(sheet).length
        }, -1),
      sheetUrl: read('StyleSheet', 'href'),
      baseUri: read('Node', 'baseURI'),
      url: read('Document', 'URL'),
    },
  }
  return mustBeUntouched && !natives.every((native) => isNative(toString, native)) ? undefined : pristine
}

/** A page that replaces one of the browser's functions usually does so with plain JavaScript. */
function isNative(toString: () => string, candidate: unknown): boolean {
  return /\{\s*\[native code\]\s*\}$/.test(Reflect.apply(toString, candidate, NONE) as string)
}

/** An empty frame has prototypes that nobody has touched yet; they work on nodes of any same-origin document. */
function pristineOfFreshFrame(page: Window): Pristine {
  const frame = page.document.createElement('iframe')
  frame.hidden = true
  page.document.documentElement.appendChild(frame)
  const fresh = (frame.contentWindow ?? page) as unknown as Realm
  const pristine = pristineOf(fresh, false)
  frame.remove()
  if (!pristine) throw new TypeError('no untouched natives')
  return pristine
}
