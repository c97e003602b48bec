import { redactText } from './redactText.ts'

/**
 * The attributes a replay needs. An attribute nobody named is dropped; a new name needs a test and a review (leaks.md §5).
 * The rule says what becomes of the value.
 */
export type AttributeRule =
  | 'class' // tokens that the page's style sheets mention
  | 'id' // names that the style sheets mention; others become a number
  | 'reference' // points at an id or name of the page: replaced as ids are
  | 'style' // declarations, through scrubCss
  | 'css' // a whole sheet, through scrubCss
  | 'link' // an address nobody fetches: scrubUrl
  | 'asset' // an address that the replay may show: scrubAssetUrl
  | 'srcset' // several of them
  | 'placeholder' // the mask
  | 'styled' // data-*: kept when a style sheet's selector names this attribute with this value
  | 'value' // checked against the pattern below

interface Entry {
  readonly rule: AttributeRule
  readonly pattern?: RegExp
  /** Element names it counts for; all when left out. */
  readonly on?: readonly string[]
}

const FLAG = /^.{0,0}$|^(?:true|false)$|^[a-z]+$/i
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?:%|[a-z]{1,5})?\s*$/i
const NUMBERS = /^(?:[\s\d.,;+-]|e-?\d|%|px|em|deg|s\b|ms\b)*$/i
const GEOMETRY = /^[\s\d.,+\-eMmLlHhVvCcSsQqTtAaZz]*$/
const TRANSFORM =
  /^(?:\s*(?:matrix|translate|scale|rotate|skew)[XY]?\s*\([\s\d.,+\-e]*(?:deg|px)?[\s\d.,+\-e]*\)\s*,?)*$/i
const PAINT =
  /^\s*(?:[a-z]{2,22}|#[\da-f]{3,8}|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([\s\d.,%/+\-a-z]*\)|var\(--[\w-]{1,64}\)|url\(["']?#[\w-]{1,64}["']?\))\s*$/i
const LANGUAGE = /^(?:[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3})?$/i
const MEDIA_QUERY = /^[\w\s\-:().,<>=/%]{0,400}$/

const oneOf = (words: string): RegExp => new RegExp(`^(?:${words.split(' ').join('|')})?$`, 'i')
const value = (pattern: RegExp, ...on: string[]): Entry =>
  on.length > 0 ? { rule: 'value', pattern, on } : { rule: 'value', pattern }
const rule = (name: AttributeRule, ...on: string[]): Entry => (on.length > 0 ? { rule: name, on } : { rule: name })

const TABLE: readonly (readonly [names: string, entry: Entry])[] = [
  ['class part', rule('class')],
  ['id', rule('id')],
  ['for slot usemap', rule('reference')],
  ['name', rule('reference', 'input', 'details', 'slot', 'map')],
  ['style', rule('style')],
  ['_cssText', rule('css', 'style', 'link')],
  ['href', rule('link', 'a', 'area')],
  [
    'href',
    rule(
      'asset',
      'link',
      'image',
      'use',
      'feImage',
      'textPath',
      'mpath',
      'pattern',
      'linearGradient',
      'radialGradient',
    ),
  ],
  [
    'xlink:href',
    rule('asset', 'image', 'use', 'feImage', 'textPath', 'mpath', 'pattern', 'linearGradient', 'radialGradient'),
  ],
  ['src', rule('asset', 'img', 'source', 'video', 'audio', 'input')],
  ['poster', rule('asset', 'video')],
  ['background', rule('asset', 'body', 'table', 'td', 'th', 'tr')],
  ['srcset', rule('srcset', 'img', 'source')],
  ['placeholder', rule('placeholder', 'input', 'textarea')],
  ['rel', value(/^stylesheet$/i, 'link')],
  ['media', value(MEDIA_QUERY, 'link', 'style', 'source')],
  ['sizes', value(MEDIA_QUERY, 'img', 'source')],
  [
    'type',
    value(
      oneOf(
        'text password email tel url search number date datetime-local month week time color range checkbox radio file hidden submit reset button image',
      ),
      'input',
      'button',
    ),
  ],
  ['type', value(/^(?:1|a|i|disc|circle|square)$/i, 'ol', 'ul', 'li')],
  ['type', value(/^text\/css$/i, 'style', 'link')],
  ['type', value(/^(?:image|video|audio)\/[\w.+-]{1,40}$/i, 'source')],
  [
    'type',
    value(
      oneOf(
        'matrix saturate hueRotate luminanceToAlpha identity table discrete linear gamma translate scale rotate skewX skewY fractalNoise turbulence',
      ),
    ),
  ],
  ['rows cols size colspan rowspan span start border cellpadding cellspacing hspace vspace tabindex', value(NUMBER)],
  ['width height', value(/^\s*[\d.]{1,9}(?:%|[a-z]{1,4})?\s*$/i)],
  ['value', value(/^\s*[+-]?\d{1,4}\s*$/, 'li')],
  ['open', value(/^(?:true|open)?$/i, 'details', 'dialog')],
  ['hidden', value(/^(?:true|hidden|until-found)?$/i)],
  [
    'disabled readonly required multiple reversed controls loop muted inert nowrap noshade checked selected',
    value(FLAG),
  ],
  ['dir', value(oneOf('ltr rtl auto'))],
  ['lang xml:lang', value(LANGUAGE)],
  ['translate', value(oneOf('yes no'))],
  ['contenteditable', value(oneOf('true false plaintext-only'))],
  ['draggable', value(oneOf('true false auto'))],
  ['popover', value(oneOf('auto manual hint'))],
  ['wrap', value(oneOf('hard soft off'), 'textarea')],
  ['inputmode', value(oneOf('none text decimal numeric tel search email url'))],
  ['shadowrootmode', value(oneOf('open'))],
  [
    'role',
    value(
      oneOf(
        'alert alertdialog application article banner button cell checkbox columnheader combobox complementary contentinfo definition dialog directory document feed figure form grid gridcell group heading img link list listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status switch tab table tablist tabpanel term textbox timer toolbar tooltip tree treegrid treeitem',
      ),
    ),
  ],
  ['aria-expanded aria-hidden aria-disabled aria-busy aria-modal', value(oneOf('true false undefined'))],
  ['aria-current', value(oneOf('page step location date time true false'))],
  ['aria-orientation', value(oneOf('horizontal vertical undefined'))],
  ['aria-sort', value(oneOf('ascending descending none other'))],
  [
    'align valign text-anchor dominant-baseline alignment-baseline clear scope shape frame rules',
    value(/^[a-z-]{1,20}$/i),
  ],
  ['bgcolor color text link vlink alink fill stroke stop-color flood-color lighting-color', value(PAINT)],
  ['clip-path mask filter marker-start marker-mid marker-end', value(PAINT)],
  ['viewBox points d stroke-dasharray kernelMatrix', value(GEOMETRY)],
  ['transform gradientTransform patternTransform', value(TRANSFORM)],
  [
    'x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy offset opacity fill-opacity stroke-opacity stop-opacity flood-opacity ' +
      'stroke-width stroke-dashoffset stroke-miterlimit font-size font-weight letter-spacing word-spacing pathLength ' +
      'refX refY markerWidth markerHeight orient textLength startOffset rotate stdDeviation baseFrequency numOctaves seed ' +
      'scale surfaceScale specularConstant specularExponent diffuseConstant azimuth elevation k1 k2 k3 k4 order radius values ' +
      'tableValues slope intercept amplitude exponent',
    value(
      /^(?:auto|auto-start-reverse|normal|bold|bolder|lighter|smaller|larger|(?:[\s\d.,;+-]|e-?\d|%|px|em|rem|deg)*)$/i,
    ),
  ],
  ['xmlns', value(/^http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1998\/Math\/MathML)$/)],
  ['xmlns:xlink', value(/^http:\/\/www\.w3\.org\/1999\/xlink$/)],
  ['version', value(/^[\d.]{1,4}$/, 'svg')],
  [
    'preserveAspectRatio gradientUnits patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits filterUnits ' +
      'primitiveUnits markerUnits spreadMethod fill-rule clip-rule stroke-linecap stroke-linejoin overflow display visibility ' +
      'pointer-events vector-effect color-interpolation-filters shape-rendering text-rendering image-rendering lengthAdjust ' +
      'in in2 result mode operator edgeMode xChannelSelector yChannelSelector paint-order font-style text-decoration ' +
      'writing-mode direction mix-blend-mode isolation displaystyle columnalign rowalign stretchy',
    value(/^[a-z][a-z\d-]{0,24}(?: [a-z-]{1,10})?$/i),
  ],
  ['font-family', value(/^[\w\s,'"-]{0,120}$/)],
  ['attributeName', value(/^[a-zA-Z-]{1,24}$/)],
  [
    'begin dur repeatCount keyTimes keySplines from to by fillMode calcMode additive accumulate',
    value(/^(?:indefinite|[a-z]{1,10}|[\s\d.,;+\-e]*(?:s|ms|%|px)?)$/i),
  ],
  ['rr_width rr_height rr_scrollLeft rr_scrollTop', value(/^-?[\d.]{1,12}(?:px)?$/)],
  ['rr_mediaState', value(oneOf('played paused'))],
  ['rr_mediaCurrentTime rr_mediaPlaybackRate rr_mediaVolume', value(NUMBERS)],
  ['rr_mediaMuted rr_mediaLoop', value(FLAG)],
  ['rr_open_mode', value(oneOf('modal non-modal'))],
]

const RULES: ReadonlyMap<string, readonly Entry[]> = entriesByName(TABLE)
const DATA_NAME = /^data-[a-z][a-z-]{0,30}$/
const DATA_VALUE = /^[a-z-]{0,24}$/

/** What becomes of an attribute; nothing means it is dropped. Names as serialized: HTML's in lower case, SVG's as written. */
export function attributeRule(tagName: string, name: string): AttributeRule | undefined {
  return (
    findEntry(tagName, name)?.rule ?? (DATA_NAME.test(name) && !name.startsWith('data-vasistas') ? 'styled' : undefined)
  )
}

/** Whether a value of a `value` or `styled` rule may stay as it is; other rules change the value instead. */
export function keepAttributeValue(tagName: string, name: string, content: string): boolean {
  const entry = findEntry(tagName, name)
  if (!entry) return DATA_NAME.test(name) && DATA_VALUE.test(content)
  if (!entry.pattern?.test(content)) return false
  return entry.pattern === GEOMETRY || /^[\s\d.,;+\-e%a-z]*$/i.test(content) || redactText(content) === content
}

function findEntry(tagName: string, name: string): Entry | undefined {
  return RULES.get(name)?.find(({ on }) => on === undefined || on.includes(tagName))
}

function entriesByName(table: typeof TABLE): ReadonlyMap<string, readonly Entry[]> {
  const entries = new Map<string, Entry[]>()
  for (const [names, entry] of table) {
    for (const name of names.split(' ')) entries.set(name, [...(entries.get(name) ?? []), entry])
  }
  return entries
}
