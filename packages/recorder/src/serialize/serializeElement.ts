import { rrweb, type AttributeValue, type SerializedElement } from '@vasistas/wire/recording'
import type { NodeContext } from '../nodePrivacy.ts'
import type { RecordingScope } from '../recordingScope.ts'
import type { Found } from './serializeTree.ts'

const SIZE_STEP = 8

interface Common {
  readonly id: number
  readonly isShadow?: true
  readonly rootId?: number
}

/** One element without its children. In a whole snapshot it also says how far it is scrolled, which costs a layout. */
export function serializeElement(
  scope: RecordingScope,
  element: Element,
  common: Common,
  context: NodeContext,
  { isWhole, found }: { readonly isWhole: boolean; readonly found: Found },
): SerializedElement {
  const { structure, gate } = scope
  const tagName = gate.tagName(element)
  const isSvg = structure.namespace(element) === 'http://www.w3.org/2000/svg'
  const base = {
    type: rrweb.NODE.element,
    ...common,
    childNodes: [],
    ...(isSvg && { isSVG: true as const }),
  }
  if (context.level === 'block') return { ...base, tagName, attributes: sizeOf(scope, element), needBlock: true }
  if (tagName === 'script' || tagName === 'noscript') return { ...base, tagName: 'noscript', attributes: {} }

  const attributes: { [name: string]: AttributeValue } = gate.attributesOf(element, context)
  if (tagName === 'img' && !('src' in attributes)) addSizeOfImage(scope, element, attributes)
  else if (tagName === 'video' || tagName === 'audio') addMediaState(element as HTMLMediaElement, attributes)
  else if (tagName === 'dialog' && structure.isModal(element)) attributes['rr_open_mode'] = 'modal'
  else if (tagName === 'iframe') found.frames.push(element)
  if (gate.field(element, context)) found.fields.push(element)
  if (isWhole) addScroll(scope, element, attributes)
  return {
    ...base,
    tagName,
    attributes,
    ...(tagName.includes('-') && { isCustom: true as const }),
    ...(structure.shadowRoot(element) && { isShadowHost: true as const }),
  }
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
