import type { Pristine } from '@vasistas/browser-core'
import {
  attributeRule,
  cssNames,
  isKnownElementName,
  keepAttributeValue,
  MASK,
  matchesPage,
  redactText,
  scrubAssetUrl,
  scrubCss,
  scrubSrcset,
  scrubUrl,
} from '@vasistas/privacy'
import type { PrivacyPolicy } from '@vasistas/wire/core'
import { createEchoes } from './echoes.ts'
import type { NodeContext, NodePrivacy } from './nodePrivacy.ts'

/** What a form control shows, after the decision. */
export interface FieldState {
  readonly text: string
  readonly isOn: boolean
}

/**
 * The one door: every string that leaves the page is decided here, and no other file reads page content (lint). What the
 * rules do not name is dropped; what throws is the caller's to block.
 */
export interface ContentGate {
  tagName(element: Element): string
  text(node: Node, context: NodeContext): string
  /** A readable sheet is told as `_cssText`; of any other the address must do. */
  attributesOf(element: Element, context: NodeContext): { [name: string]: string | number | true }
  /** The named attributes as they are now, null for those that are gone; nothing when none of them is ever told. */
  changedAttributes(
    element: Element,
    names: Iterable<string>,
    context: NodeContext,
  ): { [name: string]: string | null } | undefined
  /** What an attribute said before still counts for privacy. */
  noteOldAttribute(mutation: MutationRecord): void
  /** Nothing: the element is no control whose state is told. */
  field(control: Element, context: NodeContext): FieldState | undefined
  /** What the visitor typed is remembered, so that it is masked where the page repeats it. */
  noteTyped(target: Element, context: NodeContext): void
  settleTyped(target: Element): void
  /** The sheet of a `style` or `link` as text; nothing when it cannot be read. */
  ownCss(element: Element): string | undefined
  adoptedSheets(root: Document | ShadowRoot): readonly CSSStyleSheet[]
  sheetRules(sheet: CSSStyleSheet): readonly string[]
  rule(css: string, sheet: CSSStyleSheet): string
  /** A sheet whose rules code has changed is told by its rules, no longer by the text of its element. */
  noteRulesChanged(sheet: CSSStyleSheet): void
  /** Looks through a root before any of it is told: names that its sheets mention, what was typed already. */
  lookThrough(root: Document | ShadowRoot): void
  /** Elements whose class, id or data attributes are told now because a sheet came to mention them. */
  takeNewlyNamed(roots: Iterable<Document | ShadowRoot>): ReadonlyMap<Element, Set<string>>
  isMasked(context: NodeContext): boolean
  pageUrl(): string
  isExcludedPage(): boolean
  /** Whether the address, also what is not told of it, is another than when this was asked last. */
  takeNewAddress(): boolean
  /** One of nine or more single digits to press: where digits are typed with the pointer (leaks.md L058). */
  isKeypadKey(target: Element): boolean
  errorName(error: unknown): string
  /** What the site's own code tells of a visit; it is redacted all the same. */
  custom(name: string, props: CustomProps): { readonly name: string; readonly props: CustomProps }
}

type CustomProps = Readonly<Record<string, string | number | boolean>>

const BUTTON_TYPES = /^(?:submit|button|reset|image)$/
const UNTOLD_TYPES = /^(?:hidden|file|image)$/
const CHECKABLE = /^(?:checkbox|radio)$/
/** A class token that cannot name a person, for pages with a sheet that nobody may read. */
const PLAIN_TOKEN = /^[a-z]+(?:[-_]+[a-z]+)*[-_]?\d{0,2}$/
const REFERENCE = /(url\(\s*["']?#)([^"')]+)/g
const ADDRESS_PART = /[^/?#\\&=]+/g
/** What `scrubUrl` writes for a part that it hides. */
const ECHO_PART = ':id'
const CSS_WORDS = /url\("[^"]*"\)|"(?:[^"\\]|\\[\s\S])*"|--[\w-]+\s*:[^;{}]*|[.#][a-z_-][\w-]*|\[[^\]]*\]/gi
const UNKNOWN_INTERFACE = /^(?:HTMLUnknownElement|SVGElement|Element)$/
const LONGEST_TOLD = 500
const LONGEST_TYPED = 5000
const LONGEST_SHEET = 1_000_000
const KEYPAD_KEYS = 9
/** Beyond this, elements whose name a later sheet mentions are not told anew. */
const MOST_UNKNOWN_NAMES = 5000

export function createContentGate(
  { structure, content }: Pristine,
  privacy: NodePrivacy,
  policy: PrivacyPolicy,
  document: Document,
): ContentGate {
  const echoes = createEchoes()
  const sheetNames = new Set<string>()
  const unknownNames = new Set<string>()
  const newNames = new Set<string>()
  const numbered = new Map<string, string>()
  const changedSheets = new WeakSet<CSSStyleSheet>()
  const toldNames = new Map<string, string>()
  const learned = new WeakSet<CSSStyleSheet>()
  let hasUnreadableSheet = false
  let lastAddress = ''

  const fieldOptions = { keepEmails: policy.recordEmails, keepNumbers: policy.recordNumbers }
  const allowOptions = { keepEmails: true, keepNumbers: true }
  const hides = ({ level, inControl }: NodeContext): boolean =>
    level === 'mask' || level === 'block' || (inControl && !policy.recordFormInputs)

  function words(raw: string, context: NodeContext): string {
    if (!/\S/.test(raw)) return raw
    if (hides(context)) return MASK
    const options = context.inControl ? fieldOptions : context.level === 'allow' ? allowOptions : {}
    const masked = echoes.mask(raw)
    // A field that repeats a masked one has taken its place: what is added there is not told either (leaks.md L005).
    return context.inControl && masked !== raw ? MASK : redactText(masked, options)
  }

  const isEcho = (text: string): boolean => echoes.mask(text) !== text

  /** An address without the parts that repeat what was typed, escaped or not; the site's own host stays. */
  function unechoed(url: string): string {
    return url.replace(ADDRESS_PART, (part) => {
      const isOwn = part === pageHost() || /^https?:$/.test(part)
      return !isOwn && isEcho(unescaped(part)) ? ECHO_PART : part
    })
  }

  /** Names that a sheet had before they were typed are the site's words. */
  function learn(written: string): void {
    const name = folded(written)
    if (sheetNames.has(name) || isEcho(name)) return
    sheetNames.add(name)
    if (unknownNames.delete(name)) newNames.add(name)
  }

  function isNamed(written: string): boolean {
    const name = folded(written)
    const isKnown = sheetNames.has(name)
    if (!isKnown && unknownNames.size < MOST_UNKNOWN_NAMES) unknownNames.add(name)
    return isKnown
  }

  /** Without a doctype the case of classes and ids does not matter. */
  const folded = (name: string): string => (structure.compatMode(document) === 'BackCompat' ? name.toLowerCase() : name)

  function classNames(value: string): string | undefined {
    const kept = value
      .split(/\s+/)
      .filter((token) => token && (isNamed(token) || (hasUnreadableSheet && PLAIN_TOKEN.test(token) && !isEcho(token))))
    return kept.length > 0 ? kept.join(' ') : undefined
  }

  /** Names that nothing mentions become numbers: the same name the same number, so that references still meet. */
  function reference(name: string, selector = name): string {
    if (isNamed(name)) return name
    let number = numbered.get(name)
    if (!number && sheetNames.has(selector)) return name
    if (!number) numbered.set(name, (number = `v${numbered.size + 1}`))
    return number
  }

  const renamed = (value: string): string =>
    value.includes('#') ? value.replace(REFERENCE, (_, start: string, name: string) => start + reference(name)) : value

  /** Absolute and scrubbed, or empty when images of that host are not kept. */
  function asset(url: string, base: string, isAnyHost = false): string {
    if (/^\s*data:/i.test(url)) return scrubAssetUrl(url)
    try {
      const { href, protocol, host } = new URL(url, base)
      const isKept = isAnyHost || host === new URL(base).host || host === pageHost() || policy.imageHosts.includes(host)
      return /^https?:$/.test(protocol) && isKept && unechoed(href) === href ? scrubAssetUrl(href) : ''
    } catch {
      return ''
    }
  }

  const pageHost = (): string => new URL(content.url(document)).host

  function css(text: string, base: string, showsImages = true): string {
    const scrubbed = scrubCss(text, (url) => (showsImages ? asset(url, base) : ''))
    return isEcho(scrubbed) ? scrubbed.replace(CSS_WORDS, unechoedWords) : scrubbed
  }

  /** Of a sheet: a string, a name of a selector, the value of a custom property. Addresses were looked at as such. */
  function unechoedWords(words: string): string {
    if (/^(?:url|"https?:|"data:)/.test(words) || sheetNames.has(words.slice(1))) return words
    const [, start = '', rest = ''] = /^("|[.#]|\[[^=]*=?|--[\w-]+\s*:)([\s\S]*)/.exec(words) ?? []
    const end = /["\]]*$/.exec(rest)?.[0] ?? ''
    return start + echoes.mask(rest.slice(0, rest.length - end.length)) + end
  }

  function attribute(element: Element, name: string, context: NodeContext): string | undefined {
    const raw = content.attribute(element, name)
    if (raw === null || isFieldState(element, name)) return undefined
    const tag = structure.localName(element)
    const base = () => content.baseUri(element)
    const showsImages = !hides(context) || context.inControl
    const rule = attributeRule(tag, name)
    switch (rule) {
      case 'class':
        return classNames(raw)
      case 'id':
        return isNamed(raw) ? raw : isSvg(element) ? reference(raw) : undefined
      case 'reference':
        return reference(raw, `[${tag === 'slot' ? tag : name}=${raw}]`)
      case 'style':
        return renamed(css(raw, base(), showsImages))
      case 'link':
        return scrubUrl(unechoed(raw))
      case 'asset':
        if (raw.startsWith('#')) return `#${reference(raw.slice(1))}`
        return showsImages || tag === 'link' ? asset(raw, base(), tag === 'link') || undefined : undefined
      case 'srcset':
        return (showsImages && scrubSrcset(raw, (url) => asset(url, base()))) || undefined
      case 'placeholder':
        return raw && MASK
      case 'styled':
        return ((isNamed(`[${name}]`) && !mayBeWords(name, raw, context)) || isNamed(`[${name}=${raw}]`)) &&
          keepAttributeValue(tag, name, raw)
          ? raw
          : undefined
      case 'drawing':
      case 'value': {
        if (rule === 'drawing' && !isSvg(element)) return undefined
        const value = renamed(raw)
        return keepAttributeValue(tag, name, value) && !(/^[a-z\s-]+$/i.test(raw) && isEcho(raw)) ? value : undefined
      }
      default:
        return undefined
    }
  }

  /** A sheet that asks for a state without naming it: a word of a masked place, or one that was typed. */
  const mayBeWords = (name: string, raw: string, context: NodeContext): boolean =>
    isEcho(raw) || (name.startsWith('data-') && hides(context))

  const isSvg = (element: Element): boolean => structure.namespace(element) === 'http://www.w3.org/2000/svg'

  /** Told by `field`, or not at all. */
  function isFieldState(element: Element, name: string): boolean {
    return name === 'checked' || name === 'selected' || (name === 'value' && structure.localName(element) !== 'li')
  }

  function attributesOf(element: Element, context: NodeContext): { [name: string]: string | number | true } {
    const kept: { [name: string]: string | number | true } = {}
    for (const name of content.attributeNames(element)) {
      const value = attribute(element, name, context)
      if (value !== undefined) kept[name] = value
    }
    const css = ownCss(element)
    if (css !== undefined) {
      kept['_cssText'] = css
      delete kept['rel']
      delete kept['href']
    }
    const state = field(element, context)
    if (state?.text) kept['value'] = state.text
    if (state?.isOn) kept[structure.localName(element) === 'option' ? 'selected' : 'checked'] = true
    return kept
  }

  function changedAttributes(
    element: Element,
    names: Iterable<string>,
    context: NodeContext,
  ): { [name: string]: string | null } | undefined {
    const changed: { [name: string]: string | null } = {}
    for (const name of names) {
      const isTold = !isFieldState(element, name) && attributeRule(structure.localName(element), name) !== undefined
      if (isTold) changed[name] = attribute(element, name, context) ?? null
    }
    return Object.keys(changed).length > 0 ? changed : undefined
  }

  function field(control: Element, context: NodeContext): FieldState | undefined {
    switch (structure.localName(control)) {
      case 'input':
        return inputState(control, context)
      case 'textarea':
        return { text: words(content.fieldValue(control) ?? '', context), isOn: false }
      case 'option':
        return { text: '', isOn: !hides(context) && content.isOptionSelected(control) }
      default:
        return undefined
    }
  }

  function inputState(input: Element, context: NodeContext): FieldState {
    const type = content.inputType(input).toLowerCase()
    const isOn = CHECKABLE.test(type) && !hides(context) && content.inputChecked(input)
    if (CHECKABLE.test(type) || UNTOLD_TYPES.test(type)) return { text: '', isOn }
    const value = content.fieldValue(input) ?? ''
    const shown = BUTTON_TYPES.test(type) && !value ? (content.attribute(input, 'value') ?? '') : value
    return { text: words(shown, context), isOn }
  }

  function noteTyped(target: Element, context: NodeContext): void {
    if (hides(context)) echoes.note(target, typedText(target))
  }

  function typedText(target: Element): string {
    const name = structure.localName(target)
    const isChosen = name === 'select' || (name === 'input' && CHECKABLE.test(content.inputType(target)))
    return isChosen ? '' : (content.fieldValue(target) ?? textOf(target, LONGEST_TYPED))
  }

  function textOf(node: Node, most: number): string {
    let text = ''
    const visit = (parent: Node): void => {
      for (
        let child = structure.firstChild(parent);
        child && text.length < most;
        child = structure.nextSibling(child)
      ) {
        if (structure.nodeType(child) === 3) text += content.data(child)
        else visit(child)
      }
    }
    visit(node)
    return text
  }

  function ownCss(element: Element): string | undefined {
    const sheet = content.styleSheetOf(element)
    const rules = sheet && ruleTexts(sheet)
    if (!sheet || !rules) return undefined
    const written =
      structure.localName(element) === 'style' && !changedSheets.has(sheet) ? textOf(element, LONGEST_SHEET) : ''
    // A browser's own writing of a rule loses what it could not resolve (`margin: var(--m); margin-top: 0`): the text of
    // the page is better while it still says what the rules do.
    const text = written && content.countRules(written) === rules.length ? written : rules.join('\n')
    return sheetText(text, sheet)
  }

  /** Addresses in an imported sheet count from there. */
  function ruleTexts(sheet: CSSStyleSheet): readonly string[] | undefined {
    return content.ruleTexts(sheet, (rule, imported) => css(rule, content.sheetUrl(imported) ?? ''))
  }

  function sheetText(text: string, sheet: CSSStyleSheet): string {
    if (text.length > LONGEST_SHEET) return ''
    cssNames(text, learn)
    return renamed(css(text, content.sheetUrl(sheet) ?? content.baseUri(document)))
  }

  function lookThrough(root: Document | ShadowRoot): void {
    for (const field of content.select(root, 'input,textarea')) {
      const isTyped = typedText(field) !== (content.attribute(field, 'value') ?? textOf(field, LONGEST_TOLD))
      if (isTyped) noteTyped(field, privacy.contextOf(field))
    }
    for (const sheet of [...content.ownSheets(root), ...content.adoptedSheets(root)]) {
      if (learned.has(sheet)) continue
      const rules = content.ruleTexts(sheet)
      if (!rules) hasUnreadableSheet = true
      else learned.add(sheet)
      for (const rule of rules ?? []) cssNames(rule, learn)
    }
  }

  /** What the browser does not know may be something that somebody typed between angle brackets. */
  function tagName(element: Element): string {
    const name = structure.localName(element)
    let told = toldNames.get(name)
    if (told === undefined) {
      const isKnown =
        isKnownElementName(name) && (name.includes('-') || !UNKNOWN_INTERFACE.test(structure.interfaceOf(element)))
      told = isKnown ? name : isSvg(element) ? 'g' : 'span'
      if (isKnown) toldNames.set(name, told)
    }
    return told
  }

  function takeNewlyNamed(roots: Iterable<Document | ShadowRoot>): ReadonlyMap<Element, Set<string>> {
    const elements = new Map<Element, Set<string>>()
    const attributes = ['class', 'id', ...[...newNames].flatMap((name) => /^\[([\w-]+)/.exec(name)?.[1] ?? [])]
    const selector = [...newNames]
      .map((name) => {
        const plain = CSS.escape(name)
        return name.startsWith('[') ? name.replace(/=(.*)\]/, '="$1"]') : `.${plain},#${plain}`
      })
      .join()
    newNames.clear()
    if (selector)
      for (const root of roots)
        for (const element of content.select(root, selector)) elements.set(element, new Set(attributes))
    return elements
  }

  return {
    tagName,
    text: (node, context) => words(content.data(node), context),
    attributesOf,
    changedAttributes,
    noteOldAttribute({ target, attributeName, oldValue }) {
      if (attributeName !== null && oldValue !== null)
        privacy.noteOldAttribute(target as Element, attributeName, oldValue)
    },
    field,
    noteTyped,
    settleTyped: echoes.settle,
    ownCss,
    adoptedSheets: content.adoptedSheets,
    sheetRules: (sheet) => (ruleTexts(sheet) ?? []).map((rule) => sheetText(rule, sheet)),
    rule: sheetText,
    noteRulesChanged: (sheet) => void changedSheets.add(sheet),
    lookThrough,
    takeNewlyNamed,
    isMasked: hides,
    pageUrl: () => scrubUrl(unechoed(content.url(document)), policy),
    takeNewAddress() {
      const before = lastAddress
      lastAddress = content.url(document)
      return lastAddress !== before
    },
    isExcludedPage: () => matchesPage(new URL(content.url(document)).pathname, policy.excludedPages),
    isKeypadKey(target) {
      // Also its letters, which are an element of their own.
      const above = structure.parentNode(target)
      if (!isDigit(target) && !(above && structure.nodeType(above) === 1 && isDigit(above as Element))) return false
      let pad: Node = target
      for (let step = 0; step < 4; step++) {
        const holder = structure.parentNode(pad)
        if (holder && structure.nodeType(holder) === 1) pad = holder
      }
      let keys = 0
      for (const element of content.select(pad, 'button,[role=button],input,td,li,a,span,div')) {
        if (isDigit(element) && ++keys >= KEYPAD_KEYS) return true
      }
      return false
    },
    errorName: (error) => {
      const name = error instanceof Error ? error.name : ''
      return /^[A-Z][A-Za-z]{2,40}$/.test(name) && redactText(echoes.mask(name)) === name ? name : 'Error'
    },
    custom: (name, props) => ({
      name: told(name),
      props: Object.fromEntries(
        Object.entries(props).map(([key, value]) => [told(key), told(String(value)) === String(value) ? value : MASK]),
      ),
    }),
  }

  function told(text: string): string {
    return redactText(echoes.mask(text.slice(0, LONGEST_TOLD)))
  }

  function isDigit(element: Element): boolean {
    const own = structure.localName(element) === 'input' ? content.attribute(element, 'value') : textOf(element, 3)
    return /^\s*\d\s*[A-Z]{0,4}\s*$/.test(own ?? '')
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

/**
 * Where a visit begins: the address scrubbed, and of the referrer its origin (leaks.md L104). A gate that was there before
 * (a later session of the same page) also knows what was typed.
 */
export function describeEntry(page: Window, gate?: ContentGate): { readonly page: string; readonly referrer: string } {
  const [, origin = ''] = /^(https?:\/\/[^/]+)/.exec(page.document.referrer) ?? []
  return { page: gate?.pageUrl() ?? scrubUrl(page.location.href), referrer: scrubUrl(origin) }
}
