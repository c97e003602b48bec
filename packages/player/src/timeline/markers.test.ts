import type { PlacedRecord } from './moment.types.ts'
import { describe, expect, it } from 'vitest'
import { createMarkerTrack } from './markers.ts'

const words = () => ({ name: 'button', text: '  Add to\n basket ' })
function markersOf(...records: readonly PlacedRecord[]) {
  const track = createMarkerTrack()
  for (const record of records) track.add(record, words)
  return track.list().map(({ at, type, label }) => `${at} ${type} ${label}`)
}
const click = (at: number, x = 10, y = 10): PlacedRecord => ({
  type: 'pointer-action',
  at,
  action: 'click',
  node: 1,
  x,
  y,
})

describe('createMarkerTrack', () => {
  it('tells a visit in order, with the words that were recorded', () => {
    expect(
      markersOf(
        { type: 'page', at: 0, url: 'https://shop.example/doors', width: 1, height: 1 },
        click(100),
        { type: 'input', at: 200, node: 5, text: 'secret', checked: false },
        { type: 'navigation', at: 300, url: 'https://shop.example/doors/oak' },
        { type: 'error', at: 400, name: 'TypeError', message: 'no door' },
        { type: 'custom', at: 500, name: 'bought', props: {} },
        { type: 'visibility', at: 600, visible: false },
        { type: 'gap', at: 700, reason: 'excluded-page' },
      ),
    ).toEqual([
      '0 page /doors',
      '100 click Add to basket',
      '200 input button',
      '300 page /doors/oak',
      '400 error TypeError: no door',
      '500 event bought',
      '600 visibility hidden',
      '700 gap excluded-page',
    ])
  })

  it('takes three quick clicks on one spot for one rage click, however many follow', () => {
    expect(markersOf(click(0), click(300), click(600), click(900), click(1200))).toEqual(['0 rage-click Add to basket'])
  })

  it('takes clicks far apart in place or time for clicks', () => {
    expect(markersOf(click(0), click(300, 200), click(600, 400))).toHaveLength(3)
    expect(markersOf(click(0), click(900), click(1800))).toHaveLength(3)
  })

  it('takes typing in one field for one entry, and a checkout of the same page for no new page', () => {
    const typed = (at: number, node: number): PlacedRecord => ({
      type: 'input',
      at,
      node,
      text: '•••••',
      checked: false,
    })
    expect(markersOf(typed(0, 1), typed(500, 1), typed(900, 2), typed(1300, 1))).toHaveLength(3)
    const page = (at: number): PlacedRecord => ({ type: 'page', at, url: 'https://a.example/', width: 1, height: 1 })
    expect(markersOf(page(0), page(60_000))).toEqual(['0 page /'])
  })
})
