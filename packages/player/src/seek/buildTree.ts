import type { NodeId } from '@vasistas/wire/core'
import { rrweb, type SerializedElement, type SerializedNode } from '@vasistas/wire/recording'
import type { AllowList } from '../rebuild/allowedRecord.ts'
import type { TreeState } from './tree.types.ts'
import { attach, childrenOf, sheetTextOf, type NodeKind, type TreeNode } from './treeNode.ts'

export interface TreeBuilder {
  /** The node with all that may be of it, registered but not attached; nothing when it may not be. */
  build(serialized: SerializedNode, parent: TreeNode | undefined, isShadow: boolean): TreeNode | undefined
}

/** More nodes than any page that a browser still shows smoothly; a forged recording stops here. */
const MOST_NODES = 300_000
const SHADOW_HOSTS = /^(?:article|aside|blockquote|body|div|footer|h[1-6]|header|main|nav|p|section|span)$/
/** Names with a hyphen that are not for custom elements. */
const RESERVED = /^(?:annotation-xml|color-profile|font-face|font-face-(?:src|uri|format|name)|missing-glyph)$/
const SPLIT = '/* rr_split */'

export function createTreeBuilder({ nodes }: TreeState, allow: AllowList): TreeBuilder {
  function build(serialized: SerializedNode, parent: TreeNode | undefined, isShadow: boolean): TreeNode | undefined {
    if (nodes.has(serialized.id) || nodes.size >= MOST_NODES) return undefined
    if (isShadow && !(parent && canHost(parent))) return undefined
    const node = createNode(serialized)
    if (!node || !mayHold(parent, node)) return undefined
    node.isShadow = isShadow
    node.rootId = node.kind === 'document' ? (parent ? node.id : undefined) : parent?.rootId
    if (isShadow && parent) parent.isHost = true
    nodes.set(node.id, node)
    if ('childNodes' in serialized && !node.isBlocked) buildChildren(serialized, node)
    return node
  }

  function createNode(serialized: SerializedNode): TreeNode | undefined {
    switch (serialized.type) {
      case rrweb.NODE.document:
        return emptyNode(serialized.id, 'document', { compatMode: serialized.compatMode })
      case rrweb.NODE.doctype:
        return emptyNode(serialized.id, 'doctype')
      case rrweb.NODE.text:
        return Object.assign(emptyNode(serialized.id, 'text'), { text: serialized.textContent })
      case rrweb.NODE.comment:
        return Object.assign(emptyNode(serialized.id, 'comment'), { text: '' })
      case rrweb.NODE.element:
        return createElement(serialized)
    }
  }

  function createElement(serialized: SerializedElement): TreeNode | undefined {
    const isSvg = serialized.isSVG === true
    const tagName = allow.tagName(serialized.tagName, isSvg)
    if (tagName === undefined) return undefined
    const isCustom = !isSvg && tagName.includes('-') && !RESERVED.test(tagName)
    const node = emptyNode(serialized.id, 'element', {
      tagName,
      isSvg,
      isCustom,
      isBlocked: serialized.needBlock === true,
    })
    node.isHost = serialized.isShadowHost === true && canHost(node)
    for (const [name, value] of Object.entries(serialized.attributes)) {
      const allowed = value === null ? undefined : allow.attribute(node, name, value)
      if (allowed !== undefined) node.attributes.set(name, allowed)
    }
    if (node.isBlocked) keepOnlySize(node)
    takeScroll(node)
    takeMedia(node)
    return node
  }

  function buildChildren(serialized: SerializedNode & { childNodes: SerializedNode[] }, node: TreeNode): void {
    if ('tagName' in serialized && serialized.tagName === 'script') return
    for (const child of serialized.childNodes) {
      const built = build(child, node, 'isShadow' in child && child.isShadow === true)
      if (built) attach(built, node, undefined)
    }
    if (node.tagName === 'style' && node.children.first && 'attributes' in serialized) {
      splitSheet(node, serialized.attributes['_cssText'])
      node.css = allow.css(sheetTextOf(node))
    }
  }

  return { build }
}

interface Own {
  readonly tagName?: string
  readonly isSvg?: boolean
  readonly isCustom?: boolean
  readonly isBlocked?: boolean
  readonly compatMode?: string | undefined
}

function emptyNode(id: NodeId, kind: NodeKind, own: Own = {}): TreeNode {
  return {
    id,
    kind,
    tagName: own.tagName ?? '',
    isSvg: own.isSvg ?? false,
    isCustom: own.isCustom ?? false,
    isBlocked: own.isBlocked ?? false,
    compatMode: own.compatMode,
    attributes: new Map(),
    text: '',
    parent: undefined,
    isShadow: false,
    isHost: false,
    rootId: undefined,
    previous: undefined,
    next: undefined,
    children: { first: undefined, last: undefined },
    shadow: { first: undefined, last: undefined },
    css: undefined,
    scroll: undefined,
    input: undefined,
    media: undefined,
    sheet: undefined,
  }
}

const canHost = ({ kind, isSvg, isCustom, tagName }: TreeNode): boolean =>
  kind === 'element' && !isSvg && (isCustom || SHADOW_HOSTS.test(tagName))

/** What a browser would refuse with an exception, in the middle of rebuilding. */
function mayHold(parent: TreeNode | undefined, { kind }: TreeNode): boolean {
  if (!parent) return kind === 'document'
  if (parent.kind === 'document')
    return kind === 'comment' || ((kind === 'element' || kind === 'doctype') && !hasChild(parent, kind))
  if (parent.kind !== 'element' || parent.isBlocked) return false
  if (parent.tagName === 'iframe' || parent.tagName === 'frame') return kind === 'document' && !parent.children.first
  if (parent.tagName === 'style' && !parent.isSvg) return kind === 'text'
  return kind === 'element' || kind === 'text' || kind === 'comment'
}

function hasChild(document: TreeNode, kind: NodeKind): boolean {
  for (const child of childrenOf(document.children)) if (child.kind === kind || child.kind === 'element') return true
  return false
}

function keepOnlySize({ attributes }: TreeNode): void {
  for (const name of attributes.keys()) if (name !== 'rr_width' && name !== 'rr_height') attributes.delete(name)
}

/** rrweb applies these to the page's own document only; as scroll records they hold in frames and additions too. */
function takeScroll(node: TreeNode): void {
  const left = Number(node.attributes.get('rr_scrollLeft') ?? 0)
  const top = Number(node.attributes.get('rr_scrollTop') ?? 0)
  node.attributes.delete('rr_scrollLeft')
  node.attributes.delete('rr_scrollTop')
  if (left || top) node.scroll = { left, top }
}

function takeMedia(node: TreeNode): void {
  const { attributes, tagName } = node
  const read = (name: string, otherwise: number): number => {
    const value = Number(attributes.get(name) ?? otherwise)
    attributes.delete(name)
    return Number.isFinite(value) ? value : otherwise
  }
  const state = attributes.get('rr_mediaState')
  attributes.delete('rr_mediaState')
  const currentTime = read('rr_mediaCurrentTime', 0)
  const volume = read('rr_mediaVolume', 1)
  const playbackRate = read('rr_mediaPlaybackRate', 1)
  if (state === undefined || (tagName !== 'video' && tagName !== 'audio')) return
  const [muted, loop] = [attributes.has('muted'), attributes.has('loop')]
  node.media = { action: state === 'played' ? 'play' : 'pause', currentTime, volume, playbackRate, muted, loop }
}

/** rrweb writes the parts of a sheet joined by a mark, beside text nodes that stand for them. */
function splitSheet(style: TreeNode, css: unknown): void {
  if (typeof css !== 'string') return
  const parts = [...childrenOf(style.children)]
  const texts = css.split(SPLIT)
  for (const [index, part] of parts.entries()) {
    part.text = (index === parts.length - 1 ? texts.slice(index).join('') : texts[index]) ?? ''
  }
  style.attributes.delete('_cssText')
}
