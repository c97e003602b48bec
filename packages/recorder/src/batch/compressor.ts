import type { Stoppable } from '@vasistas/browser-core'

export interface Compressed {
  readonly gzip: boolean
  readonly payload: Uint8Array<ArrayBuffer>
  readonly rawBytes: number
}

export interface Compressor extends Stoppable {
  /** Answers in the order of asking; as it stands where nothing can compress. Never rejects. */
  compress(text: string): Promise<Compressed>
}

/** The worker's whole program: gzip of a text, off the main thread. */
const PROGRAM = `onmessage=async({data:[id,text]})=>{const raw=new TextEncoder().encode(text);
const out=await new Response(new Blob([raw]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
postMessage([id,out,raw.length],[out])}`

/**
 * In a worker made from a Blob; where the page's content security policy forbids that, the browser's own CompressionStream
 * does it here, in small pieces; where there is none, the text goes as it is.
 */
export function createCompressor(): Compressor {
  const waiting = new Map<number, { readonly text: string; readonly done: (compressed: Compressed) => void }>()
  let worker: Worker | undefined
  let isWorkerTried = false
  let last = 0

  function startWorker(): Worker | undefined {
    if (isWorkerTried) return worker
    isWorkerTried = true
    if (typeof CompressionStream === 'undefined') return undefined
    try {
      const address = URL.createObjectURL(new Blob([PROGRAM], { type: 'text/javascript' }))
      worker = new Worker(address)
      URL.revokeObjectURL(address)
      worker.onmessage = ({ data }: MessageEvent<[number, ArrayBuffer, number]>) => {
        const [id, out, rawBytes] = data
        finish(id, { gzip: true, payload: new Uint8Array(out), rawBytes })
      }
      worker.onerror = (event) => {
        event.preventDefault()
        stopWorker()
        for (const [id, { text }] of waiting) void compressHere(text).then((compressed) => finish(id, compressed))
      }
    } catch {
      worker = undefined // no workers in this page: the main thread does it
    }
    return worker
  }

  function finish(id: number, compressed: Compressed): void {
    const entry = waiting.get(id)
    waiting.delete(id)
    entry?.done(compressed)
  }

  function stopWorker(): void {
    worker?.terminate()
    worker = undefined
  }

  return {
    compress(text) {
      return new Promise((done) => {
        const id = ++last
        waiting.set(id, { text, done })
        const available = startWorker()
        if (available) available.postMessage([id, text])
        else void compressHere(text).then((compressed) => finish(id, compressed))
      })
    },
    stop: stopWorker,
  }
}

export function asItIs(text: string): Compressed {
  const payload = new TextEncoder().encode(text)
  return { gzip: false, payload, rawBytes: payload.byteLength }
}

async function compressHere(text: string): Promise<Compressed> {
  const raw = asItIs(text)
  try {
    const stream = new Blob([raw.payload]).stream().pipeThrough(new CompressionStream('gzip'))
    const payload = new Uint8Array(await new Response(stream).arrayBuffer())
    return { gzip: true, payload, rawBytes: raw.rawBytes }
  } catch {
    return raw // a browser without CompressionStream
  }
}
