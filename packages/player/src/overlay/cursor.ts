export interface Point {
  readonly x: number
  readonly y: number
}

/** The visitor's pointer and the way it came, drawn above the page in the size of the screen. */
export interface Cursor {
  /** `trail` ends where the pointer is. Nothing: no pointer is known. */
  show(place: (Point & { readonly isTouch: boolean }) | undefined, trail: readonly Point[]): void
  press(isDown: boolean): void
}

const ARROW = 'M3 2 L3 19 L7.4 15 L10.2 21.4 L13 20.2 L10.2 13.9 L16 13.6 Z'
const SVG = 'http://www.w3.org/2000/svg'
const TEAL = '18, 184, 134'

export function createCursor(layer: HTMLElement): Cursor {
  const { ownerDocument } = layer
  const trailCanvas = ownerDocument.createElement('canvas')
  const arrow = createArrow(ownerDocument)
  const finger = ownerDocument.createElement('div')
  Object.assign(trailCanvas.style, { position: 'absolute', left: '0', top: '0' })
  Object.assign(finger.style, {
    position: 'absolute',
    width: '36px',
    height: '36px',
    margin: '-18px 0 0 -18px',
    borderRadius: '50%',
    background: `rgba(${TEAL}, 0.35)`,
    border: `2px solid rgba(${TEAL}, 0.9)`,
    boxSizing: 'border-box',
    display: 'none',
  })
  layer.append(trailCanvas, finger, arrow)

  function drawTrail(points: readonly Point[]): void {
    const { clientWidth, clientHeight } = layer
    // Setting a size empties the canvas, and costs even when it is the same.
    if (trailCanvas.width !== clientWidth) trailCanvas.width = clientWidth
    if (trailCanvas.height !== clientHeight) trailCanvas.height = clientHeight
    const context = trailCanvas.getContext('2d')
    if (!context) return
    context.clearRect(0, 0, clientWidth, clientHeight)
    context.lineWidth = 3
    context.lineCap = 'round'
    for (let index = 1; index < points.length; index++) {
      const from = points[index - 1] as Point
      const to = points[index] as Point
      context.strokeStyle = `rgba(${TEAL}, ${(0.6 * index) / points.length})`
      context.beginPath()
      context.moveTo(from.x, from.y)
      context.lineTo(to.x, to.y)
      context.stroke()
    }
  }

  return {
    show(place, trail) {
      arrow.style.display = place && !place.isTouch ? 'block' : 'none'
      finger.style.display = place?.isTouch ? 'block' : 'none'
      if (place) (place.isTouch ? finger : arrow).style.translate = `${place.x}px ${place.y}px`
      drawTrail(trail)
    },
    press(isDown) {
      arrow.style.scale = isDown ? '0.85' : '1'
      finger.style.background = `rgba(${TEAL}, ${isDown ? 0.7 : 0.35})`
    },
  }
}

function createArrow(document: Document): SVGElement & { readonly style: CSSStyleDeclaration } {
  const arrow = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  arrow.setAttribute('viewBox', '0 0 24 24')
  arrow.setAttribute('width', '24')
  arrow.setAttribute('height', '24')
  path.setAttribute('d', ARROW)
  path.setAttribute('fill', '#111')
  path.setAttribute('stroke', '#fff')
  path.setAttribute('stroke-width', '1.5')
  path.setAttribute('stroke-linejoin', 'round')
  arrow.append(path)
  Object.assign(arrow.style, {
    position: 'absolute',
    left: '-3px',
    top: '-2px',
    display: 'none',
    transformOrigin: '3px 2px',
  })
  return arrow
}
