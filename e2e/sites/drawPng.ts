import { crc32, deflateSync } from 'node:zlib'

/** A picture of two colours, divided along its diagonal: enough to see whether it is there, and the right way up. */
export function drawPng(size: number, first: readonly number[], second: readonly number[]): Buffer {
  const rows = Buffer.concat(
    Array.from({ length: size }, (_, row) =>
      Buffer.from([0, ...Array.from({ length: size }, (_unused, column) => (column < row ? first : second)).flat()]),
    ),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
