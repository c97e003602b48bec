import {
  attributeRule,
  keepAttributeValue,
  MASK,
  redactText,
  scrubAssetUrl,
  scrubCss,
  scrubSrcset,
  scrubUrl,
} from '@vasistas/privacy'
import type { PrivacyPolicy } from '@vasistas/wire/core'
import type { AttributeValue } from '@vasistas/wire/recording'

/** Why a batch is set aside. Permanent words: they are stored and shown. */
export type QuarantineReason =
  | 'input-value'
  | 'input-state'
  | 'text'
  | 'attribute-name'
  | 'attribute-value'
  | 'url'
  | 'page-url'
  | 'style'
  | 'script'
  | 'element-name'
  | 'error-text'
  | 'event-text'
  | 'unknown-record'

/** Names that attribute rules depend on; an attribute of an element that is not known must suit one of them. */
const ANY_OF =
  'div a area link image use feImage textPath mpath pattern linearGradient radialGradient img source video audio input body table td th tr textarea style button ol ul li details dialog slot map svg'.split(
    ' ',
  )

const FIELDS: ReadonlySet<string> = new Set(['input', 'textarea'])

/** What a rule finds in one attribute. Without a name (of an element that an earlier batch showed) any element's will do. */
export function inspectAttribute(
  tagName: string | undefined,
  name: string,
  value: Exclude<AttributeValue, null>,
  policy: PrivacyPolicy,
): QuarantineReason | undefined {
  if (tagName !== undefined && tagName !== '') return inspectKnown(tagName, name, value, policy)
  let first: QuarantineReason | undefined
  for (const candidate of ANY_OF) {
    const found = inspectKnown(candidate, name, value, policy)
    if (!found) return undefined
    if (found !== 'attribute-name') first ??= found
  }
  return first ?? 'attribute-name'
}

function inspectKnown(
  tagName: string,
  name: string,
  value: Exclude<AttributeValue, null>,
  policy: PrivacyPolicy,
): QuarantineReason | undefined {
  const text = String(value)
  // The gate tells what a field shows as its `value`.
  if (name === 'value' && FIELDS.has(tagName)) return isFieldText(text, policy) ? undefined : 'input-value'
  if ((name === 'checked' || name === 'selected') && !policy.recordFormInputs) return 'input-state'
  const rule = attributeRule(tagName, name)
  switch (rule) {
    case undefined:
      return 'attribute-name'
    case 'class':
    case 'id':
    case 'reference':
      return undefined // names that the page's own sheets mention, or numbers
    case 'style':
    case 'css':
      return scrubCss(text) === text ? undefined : 'style'
    case 'link':
      return scrubUrl(text) === text ? undefined : 'url'
    case 'asset':
      return /^#[\w-]{0,200}$/.test(text) || scrubAssetUrl(text) === text ? undefined : 'url'
    case 'srcset':
      return scrubSrcset(text) === text ? undefined : 'url'
    case 'placeholder':
      return text === '' || text === MASK ? undefined : 'input-value'
    case 'styled':
    case 'value':
    case 'drawing':
      return keepAttributeValue(tagName, name, text) ? undefined : 'attribute-value'
  }
}

/** What may be told of a form control: with inputs off, that it holds something. */
export function isFieldText(text: string, policy: PrivacyPolicy): boolean {
  if (text.trim() === '' || text === MASK) return true
  if (!policy.recordFormInputs) return false
  return redactText(text, { keepEmails: policy.recordEmails, keepNumbers: policy.recordNumbers }) === text
}
