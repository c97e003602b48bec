import type { MaterialName } from './metal.ts'

/** One body of a picture: a silhouette in a material. `main` takes the finish that the visitor chose. */
interface Part {
  readonly material: MaterialName | 'main'
  readonly depth: number
  readonly shape: string
}

export interface Drawing {
  readonly id: string
  /** The colour of the door behind it. */
  readonly door: string
  readonly finishes: readonly MaterialName[]
  readonly parts: readonly Part[]
  /** Drawn flat over the bodies: digits on enamel, engraved lines. */
  readonly paint?: string
}

const circle = (x: number, y: number, radius: number) => `<circle cx="${x}" cy="${y}" r="${radius}"/>`
const ring = (x: number, y: number, radius: number, width: number) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="none" stroke="#000" stroke-width="${width}"/>`
const box = (x: number, y: number, width: number, height: number, round: number) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}"/>`
const path = (d: string) => `<path d="${d}"/>`
const stroke = (d: string, width: number) =>
  `<path d="${d}" fill="none" stroke="#000" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`
const screw = (x: number, y: number): Part => ({ material: 'main', depth: 3, shape: circle(x, y, 9) })
const slot = (x: number, y: number, angle: number) =>
  `<path d="M-6 0H6" transform="translate(${x} ${y}) rotate(${angle})" stroke="#1d1a12" stroke-opacity=".6" stroke-width="2.6"/>`

const mirrored = (shape: string) => `${shape}<g transform="translate(720) scale(-1 1)">${shape}</g>`

/** All pictures of the shop, on a canvas of 720 by 720. */
export const DRAWINGS: readonly Drawing[] = [
  {
    id: 'fox',
    door: '#24505a',
    finishes: ['brass', 'iron', 'verdigris'],
    parts: [
      { material: 'main', depth: 7, shape: ring(360, 462, 112, 30) },
      { material: 'main', depth: 9, shape: circle(360, 578, 27) },
      {
        material: 'main',
        depth: 10,
        shape: mirrored(path('M250 250 L208 112 Q206 98 220 104 L330 178 Z')),
      },
      {
        material: 'main',
        depth: 15,
        shape: path(
          'M360 168 C420 160 486 196 500 262 C508 306 472 330 440 350 C412 368 398 428 360 448 C322 428 308 368 280 350 C248 330 212 306 220 262 C234 196 300 160 360 168 Z',
        ),
      },
      {
        material: 'main',
        depth: 6,
        shape: mirrored(path('M222 272 C252 284 292 312 306 352 C276 346 234 326 222 272 Z')),
      },
      {
        material: 'main',
        depth: 8,
        shape: path('M360 252 C376 300 386 352 384 392 Q360 420 336 392 C334 352 344 300 360 252 Z'),
      },
      { material: 'iron', depth: 5, shape: path('M338 398 Q360 386 382 398 Q378 422 360 426 Q342 422 338 398 Z') },
    ],
    paint: mirrored(
      '<path d="M284 276 Q306 258 328 282 Q304 292 284 276 Z" fill="#17130b" fill-opacity=".8"/><circle cx="309" cy="273" r="4" fill="#fff" fill-opacity=".75"/><path d="M236 142 L258 206" stroke="#17130b" stroke-opacity=".28" stroke-width="10" stroke-linecap="round"/>',
    ),
  },
  {
    id: 'ring',
    door: '#7c2f35',
    finishes: ['brass', 'iron', 'nickel'],
    parts: [
      { material: 'main', depth: 8, shape: circle(360, 226, 118) },
      { material: 'main', depth: 6, shape: ring(360, 226, 92, 14) },
      { material: 'main', depth: 12, shape: circle(360, 226, 56) },
      { material: 'main', depth: 9, shape: ring(360, 404, 138, 36) },
      { material: 'main', depth: 13, shape: path('M318 520 Q360 500 402 520 L410 566 Q360 594 310 566 Z') },
      { material: 'main', depth: 10, shape: box(326, 232, 68, 62, 26) },
      screw(272, 226),
      screw(448, 226),
    ],
    paint: slot(272, 226, 30) + slot(448, 226, 115),
  },
  {
    id: 'bee',
    door: '#e0b34c',
    finishes: ['iron', 'brass', 'verdigris'],
    parts: [
      {
        material: 'nickel',
        depth: 6,
        shape: mirrored(path('M352 286 C270 170 150 170 132 232 C120 282 210 330 352 322 Z')),
      },
      {
        material: 'nickel',
        depth: 5,
        shape: mirrored(path('M350 330 C262 322 186 352 196 398 C206 436 300 420 352 356 Z')),
      },
      {
        material: 'main',
        depth: 14,
        shape: path(
          'M360 300 C428 300 446 376 436 436 C426 506 392 560 360 588 C328 560 294 506 284 436 C274 376 292 300 360 300 Z',
        ),
      },
      {
        material: 'brass',
        depth: 6,
        shape:
          stroke('M290 394 Q360 422 430 394', 26) +
          stroke('M290 454 Q360 482 430 454', 26) +
          stroke('M312 514 Q360 536 408 514', 22),
      },
      { material: 'main', depth: 13, shape: circle(360, 282, 58) },
      { material: 'main', depth: 10, shape: circle(360, 212, 42) },
      {
        material: 'main',
        depth: 4,
        shape: mirrored(stroke('M346 178 Q330 132 296 128', 11)) + circle(294, 128, 11) + circle(426, 128, 11),
      },
    ],
    paint: mirrored(
      '<path d="M330 286 C270 226 206 208 164 232 M338 306 C280 286 220 276 170 262" fill="none" stroke="#23282a" stroke-opacity=".35" stroke-width="4"/><circle cx="342" cy="206" r="8" fill="#0c0a07"/><circle cx="340" cy="203" r="2.6" fill="#fff"/>',
    ),
  },
  {
    id: 'pebble',
    door: '#3f5d47',
    finishes: ['porcelain', 'brass', 'iron'],
    parts: [
      { material: 'brass', depth: 6, shape: box(262, 120, 196, 480, 98) },
      { material: 'brass', depth: 4, shape: box(282, 140, 156, 440, 78) },
      { material: 'brass', depth: 9, shape: circle(360, 310, 92) },
      { material: 'main', depth: 30, shape: '<ellipse cx="360" cy="304" rx="112" ry="106"/>' },
      { material: 'brass', depth: 5, shape: circle(360, 480, 34) },
    ],
    paint:
      '<circle cx="360" cy="472" r="12" fill="#15110a"/><path d="M352 478 L346 508 H374 L368 478 Z" fill="#15110a"/><ellipse cx="322" cy="258" rx="26" ry="16" transform="rotate(-32 322 258)" fill="#fff" fill-opacity=".55"/>',
  },
  {
    id: 'comma',
    door: '#d9cfbb',
    finishes: ['iron', 'brass', 'nickel'],
    parts: [
      { material: 'main', depth: 6, shape: circle(244, 300, 96) },
      { material: 'main', depth: 4, shape: ring(244, 300, 74, 8) },
      {
        material: 'main',
        depth: 15,
        shape: path(
          'M206 268 Q232 238 286 252 C404 276 512 258 574 286 C632 314 622 392 566 408 C590 372 578 342 530 336 C430 328 330 352 262 346 C214 340 190 300 206 268 Z',
        ),
      },
      { material: 'main', depth: 16, shape: circle(244, 300, 46) },
      { material: 'main', depth: 5, shape: circle(244, 520, 52) },
    ],
    paint:
      '<circle cx="244" cy="512" r="11" fill="#15110a"/><path d="M237 516 L231 544 H257 L251 516 Z" fill="#15110a"/>',
  },
  {
    id: 'faubourg',
    door: '#8d3b2f',
    finishes: ['enamel', 'iron', 'coral'],
    parts: [
      {
        material: 'main',
        depth: 7,
        shape: path(
          'M186 214 Q360 164 534 214 Q552 220 552 240 V486 Q552 506 534 512 Q360 556 186 512 Q168 506 168 486 V240 Q168 220 186 214 Z',
        ),
      },
      { material: 'main', depth: 5, shape: path('M210 238 Q360 196 510 238 V488 Q360 528 210 488 Z') },
      { material: 'brass', depth: 4, shape: circle(360, 212, 11) + circle(360, 514, 11) },
    ],
    paint: `<path d="M206 234 Q360 190 514 234 V492 Q360 534 206 492 Z" fill="none" stroke="#fff" stroke-width="7"/>
      <text x="360" y="432" text-anchor="middle" font-family="Young Serif" font-size="206" fill="#fffdf6" letter-spacing="-4">27</text>
      <text x="360" y="262" text-anchor="middle" font-family="Instrument Sans" font-weight="700" font-size="23" letter-spacing="4" fill="#fffdf6">RUE DES LUCIOLES</text>`,
  },
  {
    id: 'jingle',
    door: '#4d6c8a',
    finishes: ['brass', 'nickel', 'verdigris'],
    parts: [
      { material: 'iron', depth: 6, shape: box(150, 168, 66, 190, 20) },
      {
        material: 'iron',
        depth: 5,
        shape: stroke('M184 214 C214 128 330 112 384 146 C424 170 420 208 396 208 C374 208 372 180 392 178', 20),
      },
      {
        material: 'main',
        depth: 17,
        shape: path(
          'M396 206 C458 206 476 262 482 322 C488 382 500 408 524 434 L268 434 C292 408 304 382 310 322 C316 262 334 206 396 206 Z',
        ),
      },
      { material: 'main', depth: 7, shape: box(254, 424, 284, 34, 17) },
      { material: 'main', depth: 9, shape: circle(396, 480, 25) },
      { material: 'oak', depth: 3, shape: box(392, 500, 8, 80, 4) },
      { material: 'oak', depth: 8, shape: path('M376 572 H416 L428 634 Q396 650 364 634 Z') },
    ],
    paint:
      '<circle cx="183" cy="194" r="7" fill="#14110c" fill-opacity=".7"/><circle cx="183" cy="334" r="7" fill="#14110c" fill-opacity=".7"/>',
  },
  {
    id: 'buttercup',
    door: '#2f4b3a',
    finishes: ['brass', 'nickel', 'iron'],
    parts: [
      ...[0, 72, 144, 216, 288].map((angle) => ({
        material: 'main' as const,
        depth: 11,
        shape: `<g transform="rotate(${angle} 360 360)">${path('M360 340 C262 300 258 176 318 158 Q340 152 360 172 Q380 152 402 158 C462 176 458 300 360 340 Z')}</g>`,
      })),
      { material: 'main', depth: 8, shape: circle(360, 360, 76) },
      { material: 'porcelain', depth: 16, shape: circle(360, 360, 50) },
    ],
    paint:
      '<path d="M338 356 a22 22 0 0 1 44 0 v16 h8 v8 h-60 v-8 h8 z" fill="#6d5423" fill-opacity=".75"/><circle cx="360" cy="387" r="6" fill="#6d5423" fill-opacity=".75"/>',
  },
  {
    id: 'missive',
    door: '#5b4a7a',
    finishes: ['brass', 'iron', 'nickel'],
    parts: [
      { material: 'main', depth: 7, shape: box(112, 250, 496, 220, 34) },
      {
        material: 'porcelain',
        depth: 3,
        shape: '<g transform="rotate(-5 360 320)"><rect x="196" y="206" width="300" height="150" rx="4"/></g>',
      },
      { material: 'main', depth: 8, shape: box(150, 306, 420, 124, 18) },
      { material: 'main', depth: 5, shape: box(176, 330, 368, 76, 12) },
      screw(134, 360),
      screw(586, 360),
    ],
    paint: `${slot(134, 360, 20)}${slot(586, 360, 100)}<text x="360" y="383" text-anchor="middle" font-family="Young Serif" font-size="44" letter-spacing="10" fill="#221a08" fill-opacity=".72">LETTRES</text>
      <g transform="rotate(-5 360 320)"><rect x="440" y="218" width="40" height="46" fill="#c8553d"/><path d="M452 226 h16 v30 h-16 z" fill="#fff" fill-opacity=".8"/><path d="M222 252 h120 M222 272 h90" stroke="#60707a" stroke-width="5"/></g>`,
  },
  {
    id: 'lucarne',
    door: '#1f4a45',
    finishes: ['brass', 'iron', 'verdigris'],
    parts: [
      {
        material: 'main',
        depth: 8,
        shape: path(
          'M176 596 V300 C176 176 258 112 360 112 C462 112 544 176 544 300 V596 Q544 612 528 612 H192 Q176 612 176 596 Z',
        ),
      },
    ],
    paint: `<defs><clipPath id="pane"><path d="M226 562 V302 C226 208 290 160 360 160 C430 160 494 208 494 302 V562 Z"/></clipPath>
      <radialGradient id="lamp" cx=".5" cy=".35" r=".8"><stop offset="0" stop-color="#ffe3a1"/><stop offset=".55" stop-color="#f0b45f"/><stop offset="1" stop-color="#8a4d24"/></radialGradient></defs>
      <g clip-path="url(#pane)"><rect x="200" y="150" width="320" height="440" fill="url(#lamp)"/>
        <path d="M258 570 C252 470 276 430 292 420 L284 350 L326 386 Q360 376 394 386 L436 350 L428 420 C446 432 468 470 462 570 Z" fill="#2a2420"/>
        <ellipse cx="328" cy="436" rx="15" ry="17" fill="#ffe9a8"/><ellipse cx="392" cy="436" rx="15" ry="17" fill="#ffe9a8"/>
        <ellipse cx="330" cy="437" rx="5" ry="14" fill="#1a1512"/><ellipse cx="390" cy="437" rx="5" ry="14" fill="#1a1512"/>
        <path d="M352 466 h16 l-8 9 z" fill="#d98a7a"/><path d="M346 472 l-46 -8 M346 478 l-44 6 M374 472 l46 -8 M374 478 l44 6" stroke="#ffe9c8" stroke-opacity=".6" stroke-width="2.4"/>
        <path d="M240 150 L360 150 L226 420 Z" fill="#fff" fill-opacity=".16"/></g>`,
  },
  {
    id: 'sesame',
    door: '#b8643f',
    finishes: ['brass', 'iron', 'nickel'],
    parts: [
      {
        material: 'main',
        depth: 8,
        shape: `<g transform="rotate(38 360 360)">${ring(360, 176, 74, 30)}${box(341, 236, 38, 390, 14)}${box(366, 520, 74, 30, 6)}${box(366, 572, 96, 34, 6)}${box(326, 262, 68, 22, 9)}${box(326, 300, 68, 14, 7)}</g>`,
      },
      {
        material: 'main',
        depth: 9,
        shape: `<g transform="rotate(38 360 360)">${circle(360, 92, 20)}${circle(278, 176, 20)}${circle(442, 176, 20)}</g>`,
      },
    ],
    paint: '',
  },
  {
    id: 'hedgehog',
    door: '#c9b79a',
    finishes: ['felt', 'iron', 'brass'],
    parts: [
      {
        material: 'main',
        depth: 7,
        shape: path(
          Array.from({ length: 25 }, (_, index) => {
            const angle = Math.PI * (1 - index / 24)
            const radius = index % 2 === 0 ? 196 : 238
            return `${index === 0 ? 'M' : 'L'}${(384 + Math.cos(angle) * radius * 1.08).toFixed(0)} ${(530 - Math.sin(angle) * radius).toFixed(0)}`
          }).join(' ') + ' Z',
        ),
      },
      { material: 'main', depth: 16, shape: path('M214 530 C214 390 300 352 384 352 C480 352 566 410 566 530 Z') },
      {
        material: 'oak',
        depth: 13,
        shape: path('M286 420 C246 420 196 462 128 498 Q116 508 128 520 L152 540 H318 C332 500 330 440 286 420 Z'),
      },
      { material: 'oak', depth: 9, shape: circle(292, 430, 26) },
      { material: 'iron', depth: 8, shape: circle(132, 504, 19) },
      { material: 'oak', depth: 7, shape: box(236, 526, 62, 30, 15) + box(454, 526, 62, 30, 15) },
    ],
    paint: '<circle cx="222" cy="474" r="10" fill="#17120c"/><circle cx="219" cy="471" r="3" fill="#fff"/>',
  },
]
