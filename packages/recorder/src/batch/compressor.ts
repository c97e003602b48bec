import type { Stoppable } from '@vasistas/browser-core'
import { runCompressor, type CompressorReply, type CompressorRequest } from './compressor.worker.ts'

export interface Compressed {
  readonly gzip: boolean
  readonly payload: Uint8Array<ArrayBuffer>
  readonly rawBytes: number
}

export interface Compressor extends Stoppable {
  /** Never rejects: where nothing can compress, the text stays as it is. */
  compress(text: string): Promise<Compressed>
}

interface Job {
  readonly text: string
  done(compressed: Compressed): void
}

/**
 * Gzip in a worker made from a Blob. Where the page's content security policy forbids that, the browser's own
 * CompressionStream does it here.
 */
export function createCompressor(): Compressor {
  const jobs = new Map<number, Job>()
  let lastId = 0
  let worker = startWorker()

  function startWorker(): Worker | undefined {
    try {
      const address = URL.createObjectURL(new Blob([`(${runCompressor.toString()})()`], { type: 'text/javascript' }))
      const started = new Worker(address)
      URL.revokeObjectURL(address)
      started.onmessage = ({ data: [id, gzip, rawBytes] }: MessageEvent<CompressorReply>) =>
        finish(id, { gzip: true, payload: new Uint8Array(gzip), rawBytes })
      started.onerror = (event) => {
        event.preventDefault() // the page's error handlers need not hear of it
        stop()
        for (const [id, { text }] of jobs) void compressHere(text).then((compressed) => finish(id, compressed))
      }
      return started
    } catch {
      return undefined // no workers in this page
    }
  }

  function finish(id: number, compressed: Compressed): void {
    jobs.get(id)?.done(compressed)
    jobs.delete(id)
  }

  function stop(): void {
    worker?.terminate()
    worker = undefined
  }

  return {
    compress(text) {
      if (!worker) return compressHere(text)
      const request: CompressorRequest = [++lastId, text]
      worker.postMessage(request)
      return new Promise((done) => jobs.set(lastId, { text, done }))
    },
    stop,
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
    return { ...raw, gzip: true, payload: new Uint8Array(await new Response(stream).arrayBuffer()) }
  } catch {
    return raw // a browser without CompressionStream
  }
}
