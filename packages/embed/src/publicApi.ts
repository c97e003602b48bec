import type { ConsentGate, Props } from './consentGate.ts'

export type Command = (name: string, first?: unknown, second?: unknown) => void
type Handler = (detail: object) => void
type Tell = (name: string, detail: object) => void

/** What a call in the page may be (product.md); what cannot be done warns once on the console. */
export function createPublicApi(
  { console, queueMicrotask }: Window & typeof globalThis,
  createGate: (tell: Tell) => ConsentGate,
): Command {
  const handlers: (readonly [name: unknown, handler: Handler])[] = []
  const warned = new Set<string>()
  let last: readonly [name: string, detail: object] | undefined

  const gate = createGate((name, detail) => {
    if (name.startsWith('recording')) last = [name, detail]
    for (const [wanted, handler] of handlers) if (wanted === name) call(handler, detail)
  })

  /** In a task of its own: an error of a handler is the page's. */
  const call = (handler: Handler, detail: object) => queueMicrotask(() => handler(detail))

  /** False: nothing could be done with it. */
  function run(name: string, first: unknown, second: unknown): boolean {
    switch (name) {
      case 'consent:grant': {
        const { recording = true, textVersion = 'site' } = (first ?? {}) as {
          recording?: boolean
          textVersion?: string
        }
        return gate.choose(recording ? 'granted' : 'denied', 'api', textVersion)
      }
      case 'consent:withdraw':
        return gate.choose('denied', 'api', 'site', (first as { readonly erase?: boolean } | undefined)?.erase)
      case 'recording:start':
        return gate.setStopped(false)
      case 'recording:stop':
        return gate.setStopped(true)
      case 'recording:off':
        return gate.setStopped(true, true)
      case 'block':
      case 'mask':
      case 'ignore':
      case 'allow':
        return gate.mark(first as string | Element | undefined, name)
      case 'event':
        return gate.event(first as string, (second ?? {}) as Props)
      case 'on':
        if (typeof second !== 'function') return false
        handlers.push([first, second as Handler])
        // Who asks late still learns that it records.
        if (last && last[0] === first) call(second as Handler, last[1])
        return true
      default:
        return false
    }
  }

  return (name, first, second) => {
    if (run(name, first, second) || warned.has(name)) return
    warned.add(name)
    console.warn(`vasistas: ${name} was not done`)
  }
}
