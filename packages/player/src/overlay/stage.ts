/** The recorded page at its own size, scaled to fit the container, with a layer above it for what is not part of the page. */
export interface Stage {
  /** Where the page goes. */
  readonly page: HTMLElement
  /** Above it, in the size it has on the screen. */
  readonly layer: HTMLElement
  /** Size of the recorded viewport. */
  resize(width: number, height: number): void
  scale(): number
  destroy(): void
}

export function createStage(container: HTMLElement): Stage {
  const { ownerDocument } = container
  const root = ownerDocument.createElement('div')
  const page = ownerDocument.createElement('div')
  const layer = ownerDocument.createElement('div')
  Object.assign(root.style, {
    position: 'relative',
    width: '100%',
    height: '100%',
    overflow: 'hidden',
    contain: 'strict',
  })
  Object.assign(page.style, { position: 'absolute', left: '0', top: '0', transformOrigin: '0 0', background: '#fff' })
  Object.assign(layer.style, { position: 'absolute', left: '0', top: '0', overflow: 'hidden', pointerEvents: 'none' })
  layer.setAttribute('aria-hidden', 'true')
  root.append(page, layer)
  container.append(root)

  let width = 0
  let height = 0
  let scale = 1

  function fit(): void {
    if (width === 0 || height === 0) return
    const { clientWidth, clientHeight } = root
    scale = Math.min(1, clientWidth / width, clientHeight / height) || 1
    const left = Math.max(0, (clientWidth - width * scale) / 2)
    const top = Math.max(0, (clientHeight - height * scale) / 2)
    Object.assign(page.style, {
      width: `${width}px`,
      height: `${height}px`,
      transform: `translate(${left}px, ${top}px) scale(${scale})`,
    })
    Object.assign(layer.style, {
      width: `${width * scale}px`,
      height: `${height * scale}px`,
      transform: `translate(${left}px, ${top}px)`,
    })
  }

  const observer = new ResizeObserver(fit)
  observer.observe(root)
  return {
    page,
    layer,
    resize(toWidth, toHeight) {
      if (toWidth === width && toHeight === height) return
      width = toWidth
      height = toHeight
      fit()
    },
    scale: () => scale,
    destroy() {
      observer.disconnect()
      root.remove()
    },
  }
}
