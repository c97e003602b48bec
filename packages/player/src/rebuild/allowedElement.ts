import { allowedCss } from './allowedCss.ts'
import { allowedSrcset, type AllowUrl } from './allowedUrl.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Elements that neither run, load nor lead anywhere once their attributes are chosen. A custom name is as good as `div`. */
const HTML = words(
  `a abbr acronym address area article aside audio b bdi bdo big blockquote body br button canvas caption center cite code
  col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
  frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark
  marquee menu meta meter nav nobr noscript object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp
  search section select selectedcontent slot small source span strike strong style sub summary sup table tbody td template
  textarea tfoot th thead time title tr track tt u ul var video wbr`,
)
const SVG = words(
  `a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer
  feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB
  feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting
  feSpotLight feTile feTurbulence filter foreignObject g image line linearGradient marker mask metadata mpath path pattern
  polygon polyline radialGradient rect set stop style svg switch symbol text textPath title tspan use view`,
)
export const MATH_ELEMENTS = words(
  `annotation annotation-xml maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow
  ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics`,
)
const CUSTOM = /^[a-z][a-z\d_.]*-[a-z\d_.-]*$/

/** Names as serialized: HTML's in lower case, SVG's as written. */
const ATTRIBUTES = words(
  `class id style theme dir lang xml:lang translate hidden inert title slot part exportparts role tabindex contenteditable
  draggable popover open for type value checked selected disabled readonly required multiple placeholder pattern min max
  step minlength maxlength rows cols size wrap inputmode enterkeyhint spellcheck label low high optimum start reversed span
  colspan rowspan headers scope abbr datetime shape coords width height align valign bgcolor border cellpadding cellspacing
  hspace vspace nowrap noshade clear color face frame rules text link vlink alink char charoff compact frameborder
  marginwidth marginheight scrolling loop muted controls playsinline media sizes alt usemap shadowrootmode
  x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points transform viewBox preserveAspectRatio pathLength version xmlns
  xmlns:xlink offset opacity fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray
  stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stop-color stop-opacity flood-color flood-opacity
  lighting-color clip-path clip-rule mask filter marker-start marker-mid marker-end markerWidth markerHeight markerUnits
  refX refY orient gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits filterUnits primitiveUnits in in2 result mode operator values
  tableValues slope intercept amplitude exponent stdDeviation baseFrequency numOctaves seed stitchTiles scale
  xChannelSelector yChannelSelector surfaceScale specularConstant specularExponent diffuseConstant azimuth elevation k1 k2
  k3 k4 order radius kernelMatrix divisor bias edgeMode text-anchor dominant-baseline alignment-baseline baseline-shift
  font-family font-size font-weight font-style font-variant font-stretch letter-spacing word-spacing text-decoration
  text-rendering text-overflow writing-mode direction unicode-bidi white-space textLength lengthAdjust startOffset rotate
  overflow display visibility pointer-events cursor vector-effect shape-rendering image-rendering color-interpolation
  color-interpolation-filters paint-order mix-blend-mode isolation transform-origin attributeName begin dur end repeatCount
  repeatDur keyTimes keySplines keyPoints calcMode from to by additive accumulate path fillMode
  mathvariant mathcolor mathbackground mathsize displaystyle scriptlevel columnalign rowalign stretchy fence separator
  accent accentunder linethickness lspace rspace depth voffset columnspan`,
)
/** What an SVG animation may change: looks, never an address or a handler. */
const ANIMATED = words(
  `x y x1 y1 x2 y2 cx cy r rx ry fx fy width height d points transform viewBox offset opacity fill fill-opacity stroke
  stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stop-color stop-opacity flood-color flood-opacity
  visibility display stdDeviation baseFrequency scale rotate gradientTransform patternTransform font-size letter-spacing
  color startOffset pathLength values seed k1 k2 k3 k4 dx dy radius azimuth elevation surfaceScale slope intercept`,
)
const ANIMATIONS = words('animate animateTransform animateMotion set')
/** Addresses, by the elements on which they show an image. Everywhere else they are dropped. */
const IMAGE_ADDRESSES: Readonly<Record<string, ReadonlySet<string>>> = {
  src: words('img input'),
  poster: words('video'),
  background: words('body table td th tr tbody thead tfoot'),
  href: words('image use feImage'),
  'xlink:href': words('image use feImage'),
}
/** Without an address they are boxes; beyond these attributes nobody wants to know what they could do. */
const BOXES = words('object embed param')
const BOX_ATTRIBUTES = /^(?:class|style|width|height|hidden|title|dir|lang|align|border)$|^(?:data|aria)-|^rr_/
/** Within the same document only. */
const FRAGMENTS = words('textPath mpath pattern linearGradient radialGradient filter')
/** Elements that a form offers by name or id as its own properties, over those of the DOM. */
const LISTED = words('button fieldset input output select textarea img')
/** Names that shops and forms do use and that nothing here reads from a form. */
const HARMLESS_NAMES = words('name title action method target lang length dir hidden')
const NUMBERED = /^rr_(?:scrollLeft|scrollTop)$/
const SIZE = /^rr_(?:width|height)$/
const FLAG = ''

/** The element's name as the player builds it; nothing: not an element to build, nor anything in it. */
export function allowedTagName(tagName: string, isSvg: boolean): string | undefined {
  if (isSvg) return SVG.has(tagName) ? tagName : /^script$/i.test(tagName) ? undefined : 'g'
  if (HTML.has(tagName) || MATH_ELEMENTS.has(tagName) || CUSTOM.test(tagName)) return tagName
  if (tagName === 'script') return 'noscript'
  if (tagName === 'base') return 'meta' // which may have no attributes
  return 'span'
}

export interface OwnElement {
  readonly tagName: string
  readonly isSvg: boolean
}

/**
 * An attribute's value as the player may set it; nothing: the attribute is not set. `true` and numbers are as rrweb writes
 * them. What nobody named is dropped: handlers, `srcdoc`, `http-equiv`, `action`, `ping`, `autofocus`, `nonce` and so on.
 */
export function allowedAttribute(
  element: OwnElement,
  name: string,
  value: string | number | true,
  allowUrl: AllowUrl,
): string | number | undefined {
  const { tagName } = element
  if (tagName === 'meta' || (tagName === 'noscript' && name !== 'class')) return undefined
  if (BOXES.has(tagName) && !BOX_ATTRIBUTES.test(name)) return undefined
  if (name.startsWith('rr_')) return allowedNote(name, value, allowUrl)
  const text = value === true ? FLAG : String(value)
  if (name === '_cssText') return tagName === 'style' || tagName === 'link' ? allowedCss(text, allowUrl) : undefined
  if (name === 'style') return allowedCss(text, allowUrl)
  if (name === 'srcset') return tagName === 'img' || tagName === 'source' ? allowedSrcset(text, allowUrl) : undefined
  if (name === 'href' && (tagName === 'a' || tagName === 'area')) return '#' // so that it still looks like a link
  if (Object.hasOwn(IMAGE_ADDRESSES, name)) return allowedAddress(tagName, name, text, allowUrl)
  if (name === 'id' || name === 'name') return allowedName(element, name, text)
  if (name === 'usemap') return /^#[^\s:/]+$/.test(text) ? text : undefined
  if (name === 'attributeName') return ANIMATIONS.has(tagName) && ANIMATED.has(text) ? text : undefined
  if (name === 'type' && (tagName === 'style' || tagName === 'link')) return text === 'text/css' ? text : undefined
  if (!ATTRIBUTES.has(name) && !/^(?:data|aria)-[\w.:-]+$/.test(name)) return undefined
  // An attribute that style rules know, like `fill` or `cursor`, may name an address.
  return /[(\\]/.test(text) && !/^(?:data|aria)-|^(?:title|alt|label|placeholder|pattern|value|class)$/.test(name)
    ? allowedCss(text, allowUrl)
    : text
}

function allowedAddress(tagName: string, name: string, url: string, allowUrl: AllowUrl): string | undefined {
  if (IMAGE_ADDRESSES[name]?.has(tagName)) return allowUrl(url)
  return name.endsWith('href') && FRAGMENTS.has(tagName) && url.startsWith('#') ? allowUrl(url) : undefined
}

/** A form with a control named `appendChild` would lose its function of that name. */
function allowedName({ tagName }: OwnElement, name: string, value: string): string | undefined {
  const isNameOfFrame = name === 'name' && !LISTED.has(tagName) && !/^(?:details|slot|map|meta|a)$/.test(tagName)
  if (isNameOfFrame) return undefined
  if (!LISTED.has(tagName) || HARMLESS_NAMES.has(value)) return value
  return isNameOfDom(value) ? undefined : value
}

/** Outside a browser every name counts as one. */
function isNameOfDom(name: string): boolean {
  return typeof HTMLFormElement !== 'function' || name in HTMLFormElement.prototype || name in Document.prototype
}

/** What rrweb notes of an element besides its attributes. */
function allowedNote(name: string, value: string | number | true, allowUrl: AllowUrl): string | number | undefined {
  if (NUMBERED.test(name)) return Number.isFinite(Number(value)) ? Number(value) : undefined
  if (SIZE.test(name)) return /^[\d.]{1,12}(?:px)?$/.test(String(value)) ? String(value) : undefined
  if (name === 'rr_open_mode') return value === 'modal' || value === 'non-modal' ? value : undefined
  if (name === 'rr_dataURL') return /^data:image\//i.test(String(value)) ? allowUrl(String(value)) : undefined
  if (name === 'rr_mediaState') return value === 'played' || value === 'paused' ? value : undefined
  if (/^rr_media(?:CurrentTime|PlaybackRate|Volume)$/.test(name)) return typeof value === 'number' ? value : undefined
  return undefined
}
