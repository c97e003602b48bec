import type { Point } from './cursor.ts'

const LASTS = 600
const SIZE = 46

/** A ring that spreads from where the visitor clicked, drawn above the page. */
export function showClickRipple(layer: HTMLElement, { x, y }: Point): void {
  const ring = layer.ownerDocument.createElement('div')
  Object.assign(ring.style, {
    position: 'absolute',
    left: `${x - SIZE / 2}px`,
    top: `${y - SIZE / 2}px`,
    width: `${SIZE}px`,
    height: `${SIZE}px`,
    borderRadius: '50%',
    boxSizing: 'border-box',
    border: '3px solid rgb(18, 184, 134)',
    background: 'rgba(18, 184, 134, 0.2)',
  })
  layer.append(ring)
  const animation = ring.animate(
    [
      { transform: 'scale(0.2)', opacity: 1 },
      { transform: 'scale(1)', opacity: 0 },
    ],
    { duration: LASTS, easing: 'ease-out' },
  )
  animation.onfinish = animation.oncancel = () => ring.remove()
}
