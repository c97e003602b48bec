import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { DRAWINGS, type Drawing } from './products.ts'
import { lightFilter, MATERIALS, type MaterialName } from './metal.ts'

const ROOT = join(import.meta.dirname, '..')
const IMAGES = join(ROOT, 'public/images')
const SIZE = 720
/** What a visitor may screw to his own door in the workshop, and the doors of the first page wear: no background. */
const LOOSE = ['fox', 'ring', 'bee', 'pebble', 'comma', 'missive', 'jingle']
const LOOSE_SIZE = 300

/** Renders every picture of the shop in Chromium: `node drawings/draw.ts [id…]`. The results are committed. */
const AIR = `<defs><radialGradient id="air" cx=".3" cy=".2" r="1"><stop stop-color="#fff6dc" stop-opacity=".2"/><stop offset=".5" stop-color="#fff6dc" stop-opacity="0"/><stop offset="1" stop-color="#05100f" stop-opacity=".34"/></radialGradient></defs>
  <rect width="${SIZE}" height="${SIZE}" fill="url(#air)"/>`

/** Slates, as a faint pattern behind the foot of each page: one tile. */
const SCALES = [
  [0, 0],
  [720, 0],
  [360, 360],
  [0, 720],
  [720, 720],
]
  .map(([x = 0, y = 0]) =>
    [320, 220, 120]
      .map(
        (radius) =>
          `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="#fff" stroke-opacity=".07" stroke-width="14"/>`,
      )
      .join(''),
  )
  .join('')

const wanted = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  mkdirSync(join(IMAGES, 'products'), { recursive: true })
  mkdirSync(join(IMAGES, 'loose'), { recursive: true })
  const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } })
  for (const drawing of DRAWINGS.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
    for (const finish of drawing.finishes) {
      await keep(
        page,
        `products/${drawing.id}-${finish}.webp`,
        SIZE,
        drawDoor(drawing.door) + drawParts(drawing, finish) + AIR,
      )
      if (LOOSE.includes(drawing.id)) {
        await keep(page, `loose/${drawing.id}-${finish}.webp`, LOOSE_SIZE, drawParts(drawing, finish))
      }
    }
  }
  if (wanted.length === 0) {
    writeFileSync(join(IMAGES, 'scales.png'), await photograph(page, SCALES, 96))
    writeFileSync(join(IMAGES, 'mark.png'), await photograph(page, drawMark(), 180))
  }
} finally {
  await browser.close()
}

async function keep(page: Page, file: string, size: number, svg: string): Promise<void> {
  const image = await encodeWebp(page, await photograph(page, svg, size))
  writeFileSync(join(IMAGES, file), image)
  console.log(`${file} ${image.byteLength} bytes`)
}

async function photograph(page: Page, content: string, size: number): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${SIZE} ${SIZE}" style="display:block">${content}</svg>`
  await page.setContent(`<style>${fontFaces()} body { margin: 0 }</style>${svg}`)
  await page.evaluate(async () => {
    await document.fonts.ready
  })
  return page.screenshot({ clip: { x: 0, y: 0, width: size, height: size }, omitBackground: true })
}

async function encodeWebp(page: Page, png: Buffer): Promise<Buffer> {
  const url = await page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', 0.8)
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

function drawParts(drawing: Drawing, finish: MaterialName): string {
  const parts = drawing.parts.map(({ material, depth, shape }, index) => {
    const made = MATERIALS[material === 'main' ? finish : material]
    return `${lightFilter(`part${index}`, made, depth)}<g filter="url(#part${index})">${shape}</g>`
  })
  return `${parts.join('')}<g>${drawing.paint ?? ''}</g>`
}

/** The sign of the shop, as a picture for the screens of phones. */
function drawMark(): string {
  const mark = readFileSync(join(IMAGES, 'mark.svg'), 'utf8').replace(
    '<svg ',
    '<svg x="90" y="90" width="540" height="540" ',
  )
  return `<rect width="${SIZE}" height="${SIZE}" fill="#faf5ea"/>${mark}`
}

/** Painted wood in afternoon light: planks, a little grain, and a vignette over it all. */
function drawDoor(colour: string): string {
  const planks = [0, 240, 480].map(
    (x) => `<rect x="${x}" width="240" height="${SIZE}" fill="url(#plank)"/>
      <path d="M${x + 1.5} 0V${SIZE}" stroke="#000" stroke-opacity=".38" stroke-width="3"/>
      <path d="M${x + 5} 0V${SIZE}" stroke="#fff" stroke-opacity=".16" stroke-width="2"/>`,
  )
  return `<defs>
    <linearGradient id="plank" x2="1"><stop stop-color="#fff" stop-opacity=".09"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".1"/></linearGradient>
    <filter id="grain" x="0" y="0" width="100%" height="100%" color-interpolation-filters="sRGB">
      <feTurbulence type="fractalNoise" baseFrequency=".055 .004" numOctaves="3" seed="7"/>
      <feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0.6 0 0 0 -.18"/></filter></defs>
    <rect width="${SIZE}" height="${SIZE}" fill="${colour}"/>${planks.join('')}
    <rect width="${SIZE}" height="${SIZE}" filter="url(#grain)" opacity=".55"/>`
}

function fontFaces(): string {
  const face = (family: string, file: string, weight: string) =>
    `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${readFileSync(join(ROOT, 'public/fonts', file)).toString('base64')}) }`
  return face('Young Serif', 'young-serif.woff2', '400') + face('Instrument Sans', 'instrument-sans.woff2', '400 700')
}
