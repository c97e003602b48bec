import { rrweb, type AttributeValue, type SerializedElement } from '@vasistas/wire/recording'
import type { NodeContext } from '../nodePrivacy.ts'
import type { RecordingScope } from '../recordingScope.ts'
import type { Found } from './found.types.ts'

const SIZE_STEP = 8
const SVG = 'http://www.w3.org/2000/svg'

/** What the page can scroll in; asking every element would cost more than all the rest. */
const SCROLLERS =
  /^(?:html|body|div|main|section|article|aside|nav|ul|ol|dl|pre|code|textarea|form|dialog|fieldset|table|tbody)$|-/

/** One element without its children. In a whole snapshot it also says how far it is scrolled, which costs a layout. */
export function serializeElement(
  scope: RecordingScope,
  element: Element,
  id: number,
  context: NodeContext,
  { isWhole, found }: { readonly isWhole: boolean; readonly found: Found },
): SerializedElement {
  const { structure, gate } = scope
  const tagName = gate.tagName(element)
  if (context.level === 'block') {
    return { ...elementOf(id, tagName, sizeOf(scope, element)), needBlock: true }
  }
  if (tagName === 'script' || tagName === 'noscript') return elementOf(id, 'noscript', {})

  const attributes: { [name: string]: AttributeValue } = gate.attributesOf(element, context)
  if (tagName === 'img' && !('src' in attributes)) addSizeOfImage(scope, element, attributes)
  else if (tagName === 'video' || tagName === 'audio') addMediaState(element as HTMLMediaElement, attributes)
  else if (tagName === 'dialog' && structure.isModal(element)) attributes['rr_open_mode'] = 'modal'
  else if (tagName === 'iframe') found.frames.push(element)
  if (gate.field(element, context)) found.fields.push(element)
  if (isWhole && SCROLLERS.test(tagName)) addScroll(scope, element, attributes)
  const serialized = elementOf(id, tagName, attributes)
  if (structure.namespace(element) === SVG) Object.assign(serialized, { isSVG: true })
  if (tagName.includes('-')) Object.assign(serialized, { isCustom: true })
  if (structure.shadowRoot(element)) Object.assign(serialized, { isShadowHost: true })
  return serialized
}

function elementOf(id: number, tagName: string, attributes: { [name: string]: AttributeValue }): SerializedElement {
  return { type: rrweb.NODE.element, id, tagName, attributes, childNodes: [] }
}

/** Steps instead of exact sizes, because the width of a hidden text tells of the text (leaks.md L174). */
function sizeOf({ structure }: RecordingScope, element: Element): { rr_width: string; rr_height: string } {
  const { width, height } = structure.rect(element)
  const stepped = (length: number) => `${Math.round(length / SIZE_STEP) * SIZE_STEP}px`
  return { rr_width: stepped(width), rr_height: stepped(height) }
}

/** An image that is not kept leaves its box. */
function addSizeOfImage(scope: RecordingScope, image: Element, attributes: { [name: string]: AttributeValue }): void {
  const { width, height } = scope.structure.rect(image)
  if (width > 0 && height > 0)
    Object.assign(attributes, { rr_width: `${Math.round(width)}px`, rr_height: `${Math.round(height)}px` })
}

function addMediaState(media: HTMLMediaElement, attributes: { [name: string]: AttributeValue }): void {
  attributes['rr_mediaState'] = media.paused ? 'paused' : 'played'
  attributes['rr_mediaCurrentTime'] = media.currentTime
}

function addScroll(
  { structure }: RecordingScope,
  element: Element,
  attributes: { [name: string]: AttributeValue },
): void {
  const left = structure.scrollLeft(element)
  const top = structure.scrollTop(element)
  if (left) attributes['rr_scrollLeft'] = Math.round(left)
  if (top) attributes['rr_scrollTop'] = Math.round(top)
}
