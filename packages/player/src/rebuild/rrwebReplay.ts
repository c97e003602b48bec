import { Replayer } from '@rrweb/replay'
import { timeStamp, type NodeId } from '@vasistas/wire/core'
import { toRrwebEvent } from '@vasistas/wire/recording'
import { MATH_ELEMENTS } from './allowedElement.ts'
import { closeFrame } from './sandboxFrame.ts'
import type { PlacedRecord, PlacedRecordOf } from '../timeline/moment.types.ts'

/** A document that follows records. It knows neither time nor order: whoever calls has decided both. */
export interface ReplayedPage {
  readonly frame: HTMLIFrameElement
  /** `isSmooth`: scrolling may take a moment, because one watches. */
  apply(record: PlacedRecord, isSmooth: boolean): void
  find(id: NodeId): Node | undefined
  destroy(): void
}

/** Looks of what rrweb or the recorder left a mark on. */
const MARKS = [
  'noscript{display:none!important}',
  '[data-vasistas=block]{background:repeating-linear-gradient(135deg,#d5d9de 0 6px,#e1e4e8 6px 12px)!important;border-radius:3px}',
  ':where(a,abbr,b,code,em,i,label,small,span,strong,time)[data-vasistas=block]{display:inline-block}',
  // By an image: what the page says of colours stays as it is.
  'img:where(:not([src]):not([srcset])){background-image:linear-gradient(#e1e4e8,#e1e4e8)}',
  'html{scroll-behavior:auto!important}',
]

/**
 * rrweb's replayer as a writer of documents: its live mode, in which it applies at once what it is given. Its timer, its
 * cursor, its skipping and its virtual document are not used.
 */
export function createRrwebReplay(root: HTMLElement, assetPrefix: string | null): ReplayedPage {
  const replayer = new Replayer([], {
    root,
    liveMode: true,
    useVirtualDom: false,
    mouseTail: false,
    triggerFocus: false,
    pauseAnimation: false,
    showWarning: false,
    insertStyleRules: MARKS,
    plugins: [
      { onBuild: (node) => knowMathIn('contentDocument' in node ? (node.contentDocument as Document | null) : null) },
    ],
    logger: { log: () => undefined, warn: () => undefined },
  })
  const { iframe: frame, wrapper } = replayer
  try {
    closeFrame(frame, assetPrefix)
  } catch (failure) {
    wrapper.remove()
    throw failure
  }
  keepCss(replayer)
  knowMathIn(frame.contentDocument)
  replayer.startLive(EVERYTHING_IS_PAST)
  wrapper.querySelector('.replayer-mouse')?.remove()
  frame.style.display = 'block'
  frame.style.border = '0'

  function cast(record: PlacedRecord): void {
    const { service } = replayer
    // Kept events would grow with everything ever shown; rrweb needs the last one only.
    service.state.context.events.length = 0
    const event = toRrwebEvent({ ...record, at: timeStamp(record.at) }) as Parameters<typeof replayer.addEvent>[0]
    if (typeof event === 'string') return
    try {
      service.send({ type: 'ADD_EVENT', payload: { event } })
    } catch {
      // What a browser refuses of a forged record is not shown; the records after it are.
    }
  }

  function apply(record: PlacedRecord, isSmooth: boolean): void {
    switch (record.type) {
      case 'page':
      case 'viewport':
        frame.width = String(record.width)
        frame.height = String(record.height)
        return
      case 'snapshot':
        // An opened document forgets its nodes, but not what it adopted.
        if (frame.contentDocument) frame.contentDocument.adoptedStyleSheets = []
        forgetLinkColours()
        cast(record)
        removePausedMark()
        return
      case 'mutation':
        for (const { id } of record.removes) forgetInner(id)
        cast(record)
        return
      case 'style-sheet':
      case 'adopted-sheets':
      case 'input':
        cast(record)
        return
      case 'scroll':
        return scroll(record, isSmooth)
      default:
        return
    }
  }

  /** A document keeps them over its next opening; taking the attributes away takes them back. */
  function forgetLinkColours(): void {
    const body = frame.contentDocument?.getElementsByTagName('body')[0]
    for (const name of ['link', 'alink', 'vlink']) body?.removeAttribute(name)
  }

  /** rrweb's way to stop animations, which the page's own class would have to suffer. */
  function removePausedMark(): void {
    const html = frame.contentDocument?.documentElement
    html?.classList.remove('rrweb-paused')
    if (html?.getAttribute('class') === '') html.removeAttribute('class')
  }

  function scroll({ node, left, top }: PlacedRecordOf<'scroll'>, isSmooth: boolean): void {
    const target = find(node)
    const options: ScrollToOptions = { left, top, behavior: isSmooth ? 'smooth' : 'instant' }
    if (!target) return
    if ('defaultView' in target) (target as Document).defaultView?.scrollTo(options)
    else if ('scrollTo' in target) (target as Element).scrollTo(options)
  }

  /** rrweb forgets what is below a removed node, but not what is in its shadow trees and frames. */
  function forgetInner(id: NodeId): void {
    const mirror = replayer.getMirror()
    const node = find(id)
    if (!node || !('querySelectorAll' in node)) return
    for (const element of [node as Element, ...(node as Element).querySelectorAll('*')]) {
      const inner =
        element.shadowRoot ?? ('contentDocument' in element ? (element.contentDocument as Document | null) : null)
      if (!inner) continue
      for (const child of inner.childNodes) {
        if (child.nodeType === Node.ELEMENT_NODE) forgetInner(mirror.getId(child))
        mirror.removeNodeFromMap(child)
      }
    }
  }

  function find(id: NodeId): Node | undefined {
    return replayer.getMirror().getNode(id) ?? undefined
  }

  return {
    frame,
    apply,
    find,
    destroy: () => replayer.destroy(),
  }
}

/** rrweb asks whether an event is older than this; a time of zero it would take for none. */
const EVERYTHING_IS_PAST = Number.MAX_SAFE_INTEGER

/** Sheets were rewritten when they were allowed; rrweb would parse each of them once more, for a second on a big page. */
function keepCss(replayer: Replayer): void {
  const { cache } = replayer as unknown as { cache: { stylesWithHoverClass: unknown } }
  cache.stylesWithHoverClass = { get: (css: string) => css, set: () => undefined }
}

/** rrweb builds all but SVG as HTML, in which formulas are no formulas. */
function knowMathIn(document: Document | null): void {
  if (!document || Object.hasOwn(document, 'createElement')) return
  const createElement = document.createElement.bind(document)
  Object.defineProperty(document, 'createElement', {
    value: (name: string) =>
      MATH_ELEMENTS.has(name)
        ? document.createElementNS('http://www.w3.org/1998/Math/MathML', name)
        : createElement(name),
  })
}
