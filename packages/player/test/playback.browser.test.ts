import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '@vasistas/testing'
import { aNode, aPage, aRecording, element, mutation, opening, START, STREAM } from './aRecording.ts'
import { openPlayerBench, type PlayerBench } from './openPlayerBench.ts'

let bench: PlayerBench
beforeAll(async () => {
  bench = await openPlayerBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

function aShop() {
  const page = aPage([
    element('h1', { key: 'title' }, ['Doors']),
    element('ul', { key: 'list' }, [element('li', {}, ['oak'])]),
  ])
  const list = page.id('list')
  const records = [
    ...opening(page),
    mutation(1000, {
      adds: [
        { parentId: list, nextId: null, node: aNode(element('li'), 50) },
        { parentId: 50, nextId: null, node: { type: 3, id: 51, textContent: 'ash' } },
      ],
    }),
    mutation(2000, { texts: [{ id: 51, value: 'elm' }], attributes: [{ id: list, attributes: { class: 'wide' } }] }),
    mutation(3000, { removes: [{ parentId: list, id: 50 }] }),
    {
      type: 'pointer-action' as const,
      at: START + 3500,
      action: 'click' as const,
      node: page.id('title'),
      x: 20,
      y: 20,
    },
    mutation(4000, { texts: [], attributes: [{ id: list, attributes: { class: null } }] }),
  ]
  return aRecording([{ stream: STREAM, batches: [records] }])
}

describe('createPlayer', () => {
  it('shows the first frame, and any other moment, back and forth', async () => {
    const { body, seek, loaded, page } = await bench.open(aShop())
    await loaded()
    expect(await page.evaluate(() => window.player.state)).toMatchObject({
      status: 'paused',
      durationMs: 4000,
      url: 'https://shop.example/',
    })
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li></ul>')
    await seek(2500)
    expect(await body()).toBe('<h1>Doors</h1><ul class="wide"><li>oak</li><li>elm</li></ul>')
    await seek(1500)
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li><li>ash</li></ul>')
    await seek(4000)
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li></ul>')
    await seek(0)
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li></ul>')
  })

  it('plays to the end and begins anew', async () => {
    const { page, loaded, body } = await bench.open(aShop())
    await loaded()
    await page.evaluate(() => {
      window.player.setSpeed(4)
      window.player.play()
    })
    await eventually(async () => expect(await body()).toContain('elm'))
    await eventually(async () => expect(await page.evaluate(() => window.player.state.status)).toBe('ended'))
    expect(await page.evaluate(() => window.player.state.positionMs)).toBe(4000)
    await page.evaluate(() => window.player.play())
    await eventually(async () => expect(await page.evaluate(() => window.player.state.positionMs)).toBeLessThan(3000))
  })
})
