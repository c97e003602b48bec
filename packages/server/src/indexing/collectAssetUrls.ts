import { scrubAssetUrl } from '@vasistas/privacy'
import type { AttributeValue, ReplayRecord, SerializedNode } from '@vasistas/wire/recording'

/** A page shows fewer; whoever forges more gets these. */
const MAX_URLS = 200
const MAX_URL_CHARACTERS = 2048
const IMAGE_ATTRIBUTES = new Set(['src', 'poster', 'background'])
const IMAGE_LINKS = new Set(['href', 'xlink:href'])
const SVG_IMAGES = new Set(['image', 'feImage', 'use'])
/** What these play is neither an image nor a font. */
const PLAYERS = new Set(['video', 'audio', 'source'])
const CSS_URL = /url\(\s*(?:"([^"\\]*)"|'([^'\\]*)'|([^)"'\s\\]*))\s*\)/gi

/**
 * Absolute addresses of images and fonts that a batch shows, at most 200, each as `scrubAssetUrl` leaves it: an address
 * with a query or a user was not made by our recorder and is left out.
 */
export function collectAssetUrls(records: readonly ReplayRecord[]): readonly string[] {
  const urls = new Set<string>()
  const add = (url: string) => {
    if (urls.size < MAX_URLS && isAssetUrl(url)) urls.add(url)
  }
  for (const record of records) collectFromRecord(record, add)
  return [...urls]
}

type Add = (url: string) => void

function isAssetUrl(url: string): boolean {
  return (
    /^https?:\/\//i.test(url) && url.length <= MAX_URL_CHARACTERS && URL.canParse(url) && scrubAssetUrl(url) === url
  )
}

function collectFromRecord(record: ReplayRecord, add: Add): void {
  switch (record.type) {
    case 'snapshot':
      return collectFromNode(record.node, add)
    case 'mutation':
      for (const { node } of record.adds) collectFromNode(node, add)
      // Which element an attribute belongs to is not said: it counts as one that shows images.
      for (const { attributes } of record.attributes) collectFromAttributes('img', attributes, add)
      for (const { value } of record.texts) collectFromCss(value, add)
      return
    case 'style-sheet':
      for (const { rule } of record.adds ?? []) collectFromCss(rule, add)
      return collectFromCss(record.replace ?? '', add)
    case 'adopted-sheets':
      for (const { rules } of record.styles ?? []) for (const { rule } of rules) collectFromCss(rule, add)
      return
    default:
      return
  }
}

function collectFromNode(root: SerializedNode, add: Add): void {
  const waiting: SerializedNode[] = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('attributes' in node) collectFromAttributes(node.tagName, node.attributes, add)
    if ('isStyle' in node && 'textContent' in node) collectFromCss(node.textContent, add)
    // One by one: a list of a hundred thousand does not fit into the arguments of one call.
    if ('childNodes' in node) for (const child of node.childNodes.toReversed()) waiting.push(child)
  }
}

function collectFromAttributes(
  tagName: string,
  attributes: { readonly [name: string]: AttributeValue },
  add: Add,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== 'string') continue
    if (name === 'srcset') for (const url of srcsetUrls(value)) add(url)
    else if (name === 'style' || name === '_cssText') collectFromCss(value, add)
    else if (name === 'poster') add(value)
    else if (IMAGE_ATTRIBUTES.has(name) && !PLAYERS.has(tagName)) add(value)
    else if (IMAGE_LINKS.has(name) && SVG_IMAGES.has(tagName)) add(value)
  }
}

const srcsetUrls = (srcset: string): readonly string[] =>
  srcset.split(/,\s+|,(?=https?:)/).map((candidate) => candidate.trim().split(/\s+/, 1)[0] ?? '')

function collectFromCss(css: string, add: Add): void {
  if (!css.includes('url(')) return
  for (const [, double, single, bare] of css.matchAll(CSS_URL)) add(double ?? single ?? bare ?? '')
}
