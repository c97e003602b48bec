import type { PointerActionRecord } from '@vasistas/wire/recording'
import { describe, expect, it } from 'vitest'

import { findRageClicks } from './frustrationSignals.ts'

const click = (at: number, x = 10, y = 10): PointerActionRecord => ({
  type: 'pointer-action',
  action: 'click',
  at,
  node: 1,
  x,
  y,
})

describe('findRageClicks', () => {
  it('sees one burst of clicks in one place, however long', () => {
    expect(findRageClicks([0, 200, 400, 600, 800].map((at) => click(at)))).toEqual([400])
  })
  it('sees two bursts with a pause between them', () => {
    expect(findRageClicks([0, 100, 200, 5000, 5100, 5200].map((at) => click(at)))).toEqual([200, 5200])
  })
  it('sees none in slow clicks, few clicks, or clicks all over the page', () => {
    expect(findRageClicks([0, 600, 1200].map((at) => click(at)))).toEqual([])
    expect(findRageClicks([click(0), click(100)])).toEqual([])
    expect(findRageClicks([click(0), click(100, 300), click(200, 600)])).toEqual([])
  })
})
