export type CompressorRequest = readonly [id: number, text: string]
export type CompressorReply = readonly [id: number, gzip: ArrayBuffer, rawBytes: number]

/**
 * The compressor worker's whole program. It is sent to the worker as its own source text (`compressor.ts`), so it refers to
 * nothing outside of itself.
 */
export function runCompressor(): void {
  onmessage = async ({ data: [id, text] }: MessageEvent<CompressorRequest>) => {
    const raw = new TextEncoder().encode(text)
    const stream = new Blob([raw]).stream().pipeThrough(new CompressionStream('gzip'))
    const gzip = await new Response(stream).arrayBuffer()
    const reply: CompressorReply = [id, gzip, raw.byteLength]
    postMessage(reply, { transfer: [gzip] })
  }
}
