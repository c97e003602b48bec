import type { Point } from './cursor.ts'

/** Coordinates of an event in the frame that a node is in, as coordinates of the page. */
export function placeInPage(node: Node | undefined, { x, y }: Point, page: HTMLIFrameElement): Point {
  let left = x
  let top = y
  let frame = frameOf(node)
  while (frame && frame !== page) {
    const box = frame.getBoundingClientRect()
    left += box.left + (frame as HTMLElement).clientLeft
    top += box.top + (frame as HTMLElement).clientTop
    frame = frameOf(frame)
  }
  return { x: left, y: top }
}

function frameOf(node: Node | undefined): Element | null {
  return node?.ownerDocument?.defaultView?.frameElement ?? null
}
