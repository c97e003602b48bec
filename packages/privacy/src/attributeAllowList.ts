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
  | 'styled' // kept when a style sheet's selector names this attribute with this value
  | 'value' // kept when it is a keyword, a number or a drawing and nothing else
  | 'drawing' // the same, on elements of SVG: elsewhere such a name (`from`, `result`) is somebody's own and holds words

/** Rules by name; `tag.name` counts for elements of that name only. Everything else is dropped. */
const RULES: ReadonlyMap<string, AttributeRule> = new Map(
  (
    [
      ['class', 'class part'],
      ['id', 'id'],
      ['reference', 'for slot usemap input.name details.name slot.name map.name'],
      ['style', 'style'],
      ['css', 'style._cssText link._cssText'],
      ['link', 'a.href area.href'],
      [
        'asset',
        'link.href image.href use.href feImage.href textPath.href mpath.href pattern.href linearGradient.href radialGradient.href xlink:href img.src source.src video.src audio.src input.src video.poster background',
      ],
      ['srcset', 'img.srcset source.srcset'],
      ['placeholder', 'input.placeholder textarea.placeholder'],
      [
        'value',
        // Of HTML.
        'link.rel link.media style.media source.media meta.media img.sizes source.sizes link.sizes type rows cols size colspan rowspan width height span start border cellpadding cellspacing hspace vspace li.value open hidden disabled readonly required multiple reversed controls loop muted inert nowrap noshade checked selected dir lang contenteditable wrap align valign clear frame rules bgcolor body.text body.link body.alink body.vlink font.color basefont.color hr.color math.display ' +
          // Of the replay.
          'rr_width rr_height rr_scrollLeft rr_scrollTop rr_mediaState rr_mediaCurrentTime rr_mediaMuted rr_open_mode',
      ],
      [
        'drawing',
        'color xmlns xmlns:xlink fill stroke stop-color flood-color lighting-color clip-path mask filter marker-start marker-mid marker-end viewBox points d stroke-dasharray transform gradientTransform patternTransform x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy offset opacity fill-opacity stroke-opacity stop-opacity flood-opacity stroke-width stroke-dashoffset stroke-miterlimit font-size font-weight font-style letter-spacing pathLength refX refY markerWidth markerHeight orient textLength startOffset rotate stdDeviation baseFrequency numOctaves seed scale order radius values slope intercept amplitude exponent preserveAspectRatio gradientUnits patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits markerUnits spreadMethod fill-rule clip-rule stroke-linecap stroke-linejoin overflow display visibility vector-effect color-interpolation-filters lengthAdjust in in2 result mode operator edgeMode text-anchor dominant-baseline paint-order writing-mode attributeName begin dur repeatCount keyTimes keySplines from to by fillMode calcMode additive',
      ],
    ] as const
  ).flatMap(([rule, names]) => names.split(' ').map((name): [string, AttributeRule] => [name, rule])),
)

/** Nobody's name: a word in letters, two at most, or a language. */
const KEYWORD =
  /^(?:[a-z][a-z-]{0,24}(?: [a-z-]{1,10})?|[a-z]{2,3}(?:-[a-z\d]{2,8}){1,2}|(?:text|image|video|audio)\/[\w.+-]{1,30})?$/i
/** A few digits, with or without a unit. */
const SHORT_NUMBER = /^\s*[+-]?[\d.]{1,9}(?:%|[a-z]{1,4})?\s*$/i
/** Numbers without end are drawings, and only where drawings are: a path, points, a transformation, a time line. */
const DRAWING = /^(?:[\s\d.,;+\-%()mlhvcsqtaze]|matrix|translate|scale|rotate|skew|[xy]\(|deg|px)*$/i
const DRAWN =
  /^(?:viewBox|points|d|stroke-dasharray|values|key.*|.*ransform|rr_.*|std.*|base.*|x|y|d[xy]|rotate|begin|dur|from|to|by)$/
/** Six digits here are a colour, not a number of somebody. */
const HEX_COLOUR = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i
const PAINT =
  /^(?:#[\da-f]{3,8}|(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([\s\d.,%/+\-a-z]*\)|var\(--[\w-]{1,64}(?:,\s*#[\da-f]{3,8})?\)|url\(["']?#[\w-]{1,64}["']?\))$/i
const MEDIA_QUERY = /^[a-z\s\-:().,<>=/%\d]{0,400}$/i
const XML_NAME = /^http:\/\/www\.w3\.org\/[\w/]{9,20}$/
/** Attributes that say a state: `aria-*` but for words, `role`, `data-*`. */
const STYLED =
  /^(?:role|theme|draggable|popover|inputmode|translate|scope|data-(?!vasistas)[a-z-]{1,30}|aria-(?:expanded|hidden|disabled|busy|modal|current|orientation|sort|selected|pressed|checked|invalid))$/
const STYLED_VALUE = /^[a-z-]{0,24}$/

/** What becomes of an attribute; nothing means it is dropped. Names as serialized: HTML's in lower case, SVG's as written. */
export function attributeRule(tagName: string, name: string): AttributeRule | undefined {
  return RULES.get(`${tagName}.${name}`) ?? RULES.get(name) ?? (STYLED.test(name) ? 'styled' : undefined)
}

/** Whether a value of a `value`, `drawing` or `styled` rule may stay as it is; other rules change the value instead. */
export function keepAttributeValue(tagName: string, name: string, content: string): boolean {
  const rule = attributeRule(tagName, name)
  if (rule === 'styled') return STYLED_VALUE.test(content)
  if (rule !== 'value' && rule !== 'drawing') return false
  if (name === 'rel') return /^stylesheet$/i.test(content)
  if (name === 'media' || name === 'sizes') return MEDIA_QUERY.test(content) && redactText(content) === content
  return (
    KEYWORD.test(content) ||
    SHORT_NUMBER.test(content) ||
    (DRAWN.test(name) && DRAWING.test(content)) ||
    HEX_COLOUR.test(content.trim()) ||
    (PAINT.test(content.trim()) && redactText(content) === content) ||
    XML_NAME.test(content)
  )
}
