import { attributeRule, isKnownElementName, matchesPage, redactText, scrubCss, scrubUrl } from '@vasistas/privacy'
import type { PrivacyPolicy } from '@vasistas/wire/core'
import {
  rrweb,
  type MutationRecord,
  type ReplayRecord,
  type SerializedElement,
  type SerializedNode,
} from '@vasistas/wire/recording'

import { inspectAttribute, isFieldText, type QuarantineReason } from './inspectAttribute.ts'

/**
 * The second privacy pass: would the rules that the recorder had to follow change anything here? They are idempotent, so
 * what our recorder sent passes as it is; what a stale or hostile one let through is found. Which level an element had is
 * not known here: text is held to the least that every level demands. Returns what was found first, never the content.
 */
export function inspectBatch(records: readonly ReplayRecord[], policy: PrivacyPolicy): QuarantineReason | undefined {
  const page = createKnownPage()
  for (const record of records) {
    const found = inspectRecord(record, policy, page)
    if (found) return found
  }
  return undefined
}

/** Nodes that this batch itself has shown: of others neither name nor place is known. */
interface KnownPage {
  find(id: number): KnownNode | undefined
  set(id: number, node: KnownNode): void
  clear(): void
}

interface KnownNode {
  readonly tagName: string
  /** A form control, or inside one. */
  readonly inControl: boolean
  readonly inScript: boolean
}

const CONTROLS: ReadonlySet<string> = new Set(
  'input textarea select option optgroup datalist output meter progress'.split(' '),
)
const SCRIPTS: ReadonlySet<string> = new Set(['script', 'noscript'])
const OUTSIDE: KnownNode = { tagName: '', inControl: false, inScript: false }
const FREE_WORDS = { keepEmails: true, keepNumbers: true }

function createKnownPage(): KnownPage {
  const nodes = new Map<number, KnownNode>()
  return {
    find: (id) => nodes.get(id),
    set: (id, node) => void nodes.set(id, node),
    clear: () => nodes.clear(),
  }
}

function inspectRecord(record: ReplayRecord, policy: PrivacyPolicy, page: KnownPage): QuarantineReason | undefined {
  switch (record.type) {
    case 'page':
    case 'navigation':
      return scrubUrl(record.url, policy) === record.url && !isExcluded(record.url, policy) ? undefined : 'page-url'
    case 'snapshot':
      page.clear()
      return inspectTree(record.node, OUTSIDE, policy, page)
    case 'mutation':
      return inspectMutation(record, policy, page)
    case 'input':
      if (!isFieldText(record.text, policy)) return 'input-value'
      return record.checked && !policy.recordFormInputs ? 'input-state' : undefined
    case 'style-sheet':
      return [...(record.adds ?? []).map(({ rule }) => rule), record.replace ?? ''].every(isScrubbedCss)
        ? undefined
        : 'style'
    case 'adopted-sheets':
      return (record.styles ?? []).flatMap(({ rules }) => rules).every(({ rule }) => isScrubbedCss(rule))
        ? undefined
        : 'style'
    case 'error':
      return isRedacted(record.name) && isRedacted(record.message) ? undefined : 'error-text'
    case 'custom':
      return [record.name, ...Object.entries(record.props).flat()].every((word) => isRedacted(String(word)))
        ? undefined
        : 'event-text'
    default:
      return undefined // numbers and words of ours only
  }
}

function inspectMutation(
  { adds, texts, attributes }: MutationRecord,
  policy: PrivacyPolicy,
  page: KnownPage,
): QuarantineReason | undefined {
  for (const { parentId, node } of adds) {
    const found = inspectTree(node, page.find(parentId) ?? OUTSIDE, policy, page)
    if (found) return found
  }
  for (const { id, value } of texts) {
    const known = page.find(id)
    const found = inspectText(value, known ?? OUTSIDE, policy)
    if (found) return found
  }
  for (const { id, attributes: changed } of attributes) {
    const tagName = page.find(id)?.tagName
    for (const [name, value] of Object.entries(changed)) {
      if (value === null) continue
      const found = inspectAttribute(tagName, name, value, policy)
      if (found) return found
    }
  }
  return undefined
}

/** Without recursion: how deep a page is nested is the sender's to say. */
function inspectTree(
  top: SerializedNode,
  above: KnownNode,
  policy: PrivacyPolicy,
  page: KnownPage,
): QuarantineReason | undefined {
  const waiting: { readonly node: SerializedNode; readonly above: KnownNode }[] = [{ node: top, above }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node } = next
    const known = knownNode(node, next.above)
    page.set(node.id, known)
    const found = inspectNode(node, next.above, policy)
    if (found) return found
    if ('childNodes' in node) for (const child of node.childNodes) waiting.push({ node: child, above: known })
  }
  return undefined
}

function knownNode(node: SerializedNode, above: KnownNode): KnownNode {
  if (node.type !== rrweb.NODE.element) return { ...above, tagName: node.type === rrweb.NODE.text ? '' : above.tagName }
  return {
    tagName: node.tagName,
    inControl: above.inControl || CONTROLS.has(node.tagName) || isEditor(node),
    inScript: above.inScript || SCRIPTS.has(node.tagName),
  }
}

function inspectNode(node: SerializedNode, above: KnownNode, policy: PrivacyPolicy): QuarantineReason | undefined {
  switch (node.type) {
    case rrweb.NODE.document:
      return undefined
    case rrweb.NODE.doctype:
      return isPlain(`${node.name} ${node.publicId} ${node.systemId}`) ? undefined : 'text'
    case rrweb.NODE.comment:
      return isPlain(node.textContent) ? undefined : 'text'
    case rrweb.NODE.text:
      if (node.isStyle) return isScrubbedCss(node.textContent) ? undefined : 'style'
      return inspectText(node.textContent, above, policy)
    case rrweb.NODE.element:
      if (!isKnownElementName(node.tagName)) return 'element-name'
      if (node.tagName === 'script') return 'script'
      for (const [name, value] of Object.entries(node.attributes)) {
        if (value === null) continue
        if (!node.isSVG && attributeRule(node.tagName, name) === 'drawing') return 'attribute-name'
        const found = inspectAttribute(node.tagName, name, value, policy)
        if (found) return found
      }
      return undefined
  }
}

function inspectText(text: string, place: KnownNode, policy: PrivacyPolicy): QuarantineReason | undefined {
  if (place.inScript && text.trim() !== '') return 'script'
  if (place.inControl && !isFieldText(text, policy)) return 'input-value'
  return isPlain(text) ? undefined : 'text'
}

/** No card, account, key or token, whatever the level. */
const isPlain = (text: string): boolean => redactText(text, FREE_WORDS) === text

/** What no mark can lower: the site's own code and errors tell it, not the page. */
const isRedacted = (text: string): boolean => redactText(text) === text

const isEditor = ({ attributes }: SerializedElement): boolean =>
  !/^(?:null|undefined|false)$/i.test(String(attributes['contenteditable']))

/** The recorder says nothing of such a page; one with older settings may. */
function isExcluded(url: string, { excludedPages }: PrivacyPolicy): boolean {
  const [, path = ''] = /^https?:\/\/[^/]+([^?]*)/.exec(url) ?? []
  return matchesPage(path, excludedPages)
}

const isScrubbedCss = (css: string): boolean => scrubCss(css) === css
