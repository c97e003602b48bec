/** Chance enters the visitor's page through this and nothing else. */
export interface Random {
  bytes(count: number): Uint8Array<ArrayBuffer>
  /** 128 bits as 22 characters of base64url. */
  id(): string
  /** 48 bits. */
  streamId(): number
  /** 0 to 1, for what needs no secrecy. */
  share(): number
}

export function createRandom(): Random {
  const bytes = (count: number) => crypto.getRandomValues(new Uint8Array(count))
  return {
    bytes,
    id: () =>
      btoa(String.fromCharCode(...bytes(16)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .slice(0, 22),
    streamId: () => bytes(6).reduce((value, byte) => value * 256 + byte, 0),
    share: () => Math.random(),
  }
}
