/** What every environment of this package has; the full DOM or Node types would let too much compile. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: boolean })
  decode(bytes: Uint8Array): string
}
