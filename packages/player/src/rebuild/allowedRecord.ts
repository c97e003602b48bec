import { allowedCss, allowedRule } from './allowedCss.ts'
import { allowedAttribute, allowedTagName, type OwnElement } from './allowedElement.ts'
import { createAllowUrl } from './allowedUrl.ts'
import type { PlacedRecordOf } from '../timeline/moment.types.ts'

/**
 * What of a recording may be rebuilt. Recordings are hostile: who knows a site key can forge one. Everything passes here
 * once, when it is loaded, before anything else of the player sees it; what nobody named is dropped.
 */
export interface AllowList {
  tagName(tagName: string, isSvg: boolean): string | undefined
  attribute(element: OwnElement, name: string, value: string | number | true): string | number | undefined
  css(css: string): string
  sheetRules(record: PlacedRecordOf<'style-sheet'>): PlacedRecordOf<'style-sheet'>
  adoptedSheets(record: PlacedRecordOf<'adopted-sheets'>): PlacedRecordOf<'adopted-sheets'>
  size<Sized extends PlacedRecordOf<'page'> | PlacedRecordOf<'viewport'>>(record: Sized): Sized
}

const SMALLEST = 40
const LARGEST = 8000
const CACHED_CHARACTERS = 16_000_000

/** `assetPrefix` is absolute (absoluteAssetPrefix); null: no image and no font but `data:`. */
export function createAllowList(assetPrefix: string | null): AllowList {
  const allowUrl = createAllowUrl(assetPrefix)
  const sheets = new Map<string, string>()
  let cachedCharacters = 0

  /** The pages of a visit share their sheets. */
  function css(text: string): string {
    const known = sheets.get(text)
    if (known !== undefined) return known
    const allowed = allowedCss(text, allowUrl)
    if (cachedCharacters + text.length < CACHED_CHARACTERS) {
      cachedCharacters += text.length
      sheets.set(text, allowed)
    }
    return allowed
  }

  return {
    tagName: allowedTagName,
    attribute: (element, name, value) =>
      name === '_cssText' && typeof value === 'string' && /^(?:style|link)$/.test(element.tagName)
        ? css(value)
        : allowedAttribute(element, name, value, allowUrl),
    css,
    sheetRules: (record) => ({
      ...record,
      ...(record.adds && {
        adds: record.adds.map(({ rule, index }) => ({ rule: allowedRule(rule, allowUrl), index })),
      }),
      ...(record.replace !== undefined && { replace: css(record.replace) }),
    }),
    adoptedSheets: (record) => ({
      ...record,
      ...(record.styles && {
        styles: record.styles.map(({ styleId, rules }) => ({
          styleId,
          rules: rules.map(({ rule, index }) => ({ rule: allowedRule(rule, allowUrl), index })),
        })),
      }),
    }),
    size: (record) => ({ ...record, width: clamp(record.width), height: clamp(record.height) }),
  }
}

const clamp = (length: number): number => Math.round(Math.min(LARGEST, Math.max(SMALLEST, length)))

/** For what has passed before: checkpoints of the player's own making. */
export const ALREADY_ALLOWED: AllowList = {
  tagName: (tagName) => tagName,
  attribute: (_, __, value) => (value === true ? '' : value),
  css: (text) => text,
  sheetRules: (record) => record,
  adoptedSheets: (record) => record,
  size: (record) => record,
}
