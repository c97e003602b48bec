import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const RATE = 11_025
const SECONDS = 1.6
/** Partials of a small bell, as multiples of the strike note, with loudness and seconds to fade. */
const PARTIALS = [
  [0.5, 0.35, 1.1],
  [1, 0.5, 0.8],
  [1.19, 0.3, 0.6],
  [2, 0.32, 0.45],
  [2.66, 0.22, 0.25],
  [4.1, 0.12, 0.12],
] as const
const STRIKE_NOTE = 880

/** Rings the Jingle once, as eight-bit sound: `node drawings/ring.ts`. */
const samples = Buffer.alloc(RATE * SECONDS)
for (let index = 0; index < samples.length; index++) {
  const time = index / RATE
  const sound = PARTIALS.reduce(
    (sum, [multiple, loudness, fade]) =>
      sum + loudness * Math.exp(-time / fade) * Math.sin(2 * Math.PI * STRIKE_NOTE * multiple * time),
    0,
  )
  const attack = Math.min(1, time * 400)
  const release = Math.min(1, (SECONDS - time) * 8)
  samples[index] = Math.round(128 + 62 * sound * attack * release)
}
const header = Buffer.alloc(44)
header.write('RIFF', 0)
header.writeUInt32LE(36 + samples.length, 4)
header.write('WAVEfmt ', 8)
header.writeUInt32LE(16, 16)
header.writeUInt16LE(1, 20)
header.writeUInt16LE(1, 22)
header.writeUInt32LE(RATE, 24)
header.writeUInt32LE(RATE, 28)
header.writeUInt16LE(1, 32)
header.writeUInt16LE(8, 34)
header.write('data', 36)
header.writeUInt32LE(samples.length, 40)
writeFileSync(join(import.meta.dirname, '../public/jingle.wav'), Buffer.concat([header, samples]))
