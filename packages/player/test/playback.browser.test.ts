import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, type ChromiumPage } from '@vasistas/testing'
import type { ReplayRecord } from '@vasistas/wire/recording'
import { aNode, aPage, aRecording, element, mutation, opening, START, STREAM, text } from './aRecording.ts'
import { openPlayerBench, type PlayerBench } from './openPlayerBench.ts'

let bench: PlayerBench
beforeAll(async () => {
  bench = await openPlayerBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const state = (page: ChromiumPage) => page.evaluate(() => window.player.state)
const click = (at: number, node: number): ReplayRecord => ({
  type: 'pointer-action',
  at: START + at,
  action: 'click',
  node,
  x: 20,
  y: 20,
})

function aShop() {
  const page = aPage([
    element('h1', { key: 'title' }, ['Doors']),
    element('ul', { key: 'list' }, [element('li', {}, ['oak'])]),
  ])
  const list = page.id('list')
  return aRecording([
    {
      stream: STREAM,
      batches: [
        [
          ...opening(page),
          mutation(1000, {
            adds: [
              { parentId: list, nextId: null, node: aNode(element('li'), 50) },
              { parentId: 50, nextId: null, node: text(51, 'ash') },
            ],
          }),
          mutation(2000, {
            texts: [{ id: 51, value: 'elm' }],
            attributes: [{ id: list, attributes: { class: 'wide' } }],
          }),
          mutation(3000, { removes: [{ parentId: list, id: 50 }] }),
          click(3500, page.id('title')),
          mutation(4000, { attributes: [{ id: list, attributes: { class: null } }] }),
        ],
      ],
    },
  ])
}

describe('createPlayer', () => {
  it('shows the first frame, and any other moment, back and forth', async () => {
    const { body, seek, loaded, page } = await bench.open(aShop())
    await loaded()
    expect(await state(page)).toMatchObject({ status: 'paused', durationMs: 4000, url: 'https://shop.example/' })
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li></ul>')
    await seek(2500)
    expect(await body()).toBe('<h1>Doors</h1><ul class="wide"><li>oak</li><li>elm</li></ul>')
    await seek(1500)
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li><li>ash</li></ul>')
    await seek(4000)
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li></ul>')
    await seek(0)
    expect(await body()).toBe('<h1>Doors</h1><ul><li>oak</li></ul>')
    await page.close()
  })

  it('plays to the end, and from the beginning after it', async () => {
    const { page, loaded, body } = await bench.open(aShop())
    await loaded()
    await page.evaluate(() => {
      window.player.setSpeed(4)
      window.player.play()
    })
    await eventually(async () => expect(await body()).toContain('elm'))
    await eventually(async () => expect((await state(page)).status).toBe('ended'))
    expect((await state(page)).positionMs).toBe(4000)
    await page.evaluate(() => window.player.play())
    await eventually(async () => expect((await state(page)).positionMs).toBeLessThan(3000))
    await page.close()
  })

  it('tells its listeners of every change until they stop', async () => {
    const { page, loaded } = await bench.open(aShop())
    await loaded()
    const told = await page.evaluate(async () => {
      const seen: string[] = []
      const listening = window.player.subscribe(({ status, positionMs, speed }) =>
        seen.push(`${status} ${Math.round(positionMs)} ${speed}`),
      )
      await window.player.seek(1000)
      window.player.setSpeed(99)
      window.player.play()
      window.player.pause()
      listening.stop()
      window.player.setSpeed(1)
      return seen
    })
    expect(told).toEqual(['paused 1000 1', 'paused 1000 16', 'playing 1000 16', 'paused 1000 16'])
    await page.close()
  })

  it('leads from page load to page load and back, and follows the visitor from tab to tab', async () => {
    const first = aPage([element('h1', { key: 'title' }, ['Home'])])
    const second = aPage([element('h1', { key: 'title' }, ['Basket'])])
    const other = aPage([element('h1', { key: 'title' }, ['Other tab'])])
    const recording = aRecording([
      {
        stream: 1,
        batches: [
          [...opening(first), click(400, first.id('title')), { type: 'visibility', at: START + 900, visible: false }],
        ],
      },
      // Its clock is a minute ahead.
      {
        stream: 2,
        skewMs: -60_000,
        batches: [
          [
            ...opening(second, 61_000, 'https://shop.example/basket'),
            mutation(61_500, { attributes: [{ id: second.id('title'), attributes: { class: 'full' } }] }),
            click(63_500, second.id('title')),
          ],
        ],
      },
      {
        stream: 3,
        batches: [
          [...opening(other, 2000, 'https://shop.example/help')],
          [{ type: 'visibility', at: START + 4000, visible: true }],
        ],
      },
    ])
    const { page, loaded, body, seek } = await bench.open(recording)
    await loaded()
    const shown: string[] = []
    for (const at of [500, 1200, 1700, 2500, 3600, 4000, 1700, 100]) {
      await seek(at)
      shown.push(`${(await state(page)).url.split('/').pop()} ${await body()}`)
    }
    expect(shown).toEqual([
      ' <h1>Home</h1>',
      'basket <h1>Basket</h1>',
      'basket <h1 class="full">Basket</h1>',
      'help <h1>Other tab</h1>',
      'basket <h1 class="full">Basket</h1>',
      'help <h1>Other tab</h1>',
      'basket <h1 class="full">Basket</h1>',
      ' <h1>Home</h1>',
    ])
    const { durationMs, markers } = await state(page)
    expect(durationMs).toBe(4000)
    expect(markers.map(({ at, type, label }) => `${at} ${type} ${label}`)).toEqual([
      '0 page /',
      '400 click Home',
      '900 visibility hidden',
      '1000 page /basket',
      '2000 page /help',
      '3500 click Basket',
      '4000 visibility visible',
    ])
    await page.close()
  })

  it('names what is missing and goes on at the next snapshot', async () => {
    const before = aPage([element('h1', {}, ['before'])])
    const after = aPage([element('h1', {}, ['after'])])
    const recording = aRecording([{ stream: STREAM, batches: [opening(before), undefined, [...opening(after, 3000)]] }])
    const { page, loaded, body, seek } = await bench.open(recording)
    await loaded()
    await seek(1000)
    expect(await body()).toBe('<h1>before</h1>')
    await seek(3000)
    expect(await body()).toBe('<h1>after</h1>')
    expect((await state(page)).markers.filter(({ type }) => type === 'gap')).toEqual([
      { at: 0, type: 'gap', label: 'missing' },
    ])
    await page.close()
  })

  it('runs through stretches without activity when asked to', async () => {
    const shop = aPage([element('h1', { key: 'title' }, ['Doors'])])
    const recording = aRecording([
      {
        stream: STREAM,
        batches: [
          [
            ...opening(shop),
            click(1000, shop.id('title')),
            click(60_000, shop.id('title')),
            click(61_000, shop.id('title')),
          ],
        ],
      },
    ])
    const { page, loaded } = await bench.open(recording)
    await loaded()
    expect((await state(page)).idleRanges).toEqual([{ from: 1000, to: 60_000 }])
    const skipped = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          let hasSkipped = false
          window.player.subscribe(({ status, isSkipping }) => {
            hasSkipped ||= isSkipping
            if (status === 'ended') resolve(hasSkipped)
          })
          window.player.setSkipInactivity(true)
          window.player.setSpeed(2)
          window.player.play()
        }),
    )
    expect(skipped).toBe(true)
    await page.close()
  })

  it('says that there is nothing to play when no snapshot came', async () => {
    const { page, loaded } = await bench.open(
      aRecording([{ stream: STREAM, batches: [[mutation(0, {}), mutation(100, {})]] }]),
    )
    await loaded()
    expect(await state(page)).toMatchObject({ status: 'failed', failure: 'NOT_PLAYABLE' })
    await page.close()
  })

  it('scales the page into its container and leaves nothing behind', async () => {
    const { page, loaded } = await bench.open(aShop())
    await loaded()
    const box = () =>
      page.evaluate(
        () => window.player.frame.getBoundingClientRect().toJSON() as { width: number; height: number; left: number },
      )
    expect(await box()).toMatchObject({ width: 800, height: 600, left: 100 })
    await page.evaluate(() => document.querySelector<HTMLElement>('#stage')?.style.setProperty('width', '400px'))
    await eventually(async () => expect(await box()).toMatchObject({ width: 400, height: 300, left: 0 }))
    await page.evaluate(() => window.player.destroy())
    expect(await page.evaluate(() => document.querySelector('#stage')?.childElementCount)).toBe(0)
    await page.close()
  })
})

describe('loading', () => {
  const aLongShop = () => {
    const shop = aPage([element('h1', { key: 'title' }, ['0'])])
    const batches = Array.from({ length: 4 }, (_, index) => [
      ...(index === 0 ? opening(shop) : []),
      mutation(index * 10_000 + 5000, {
        attributes: [{ id: shop.id('title'), attributes: { class: `batch-${index}` } }],
      }),
    ])
    return aRecording([{ stream: STREAM, batches }])
  }

  it('shows the first frame before the rest is there, and waits for what is sought', async () => {
    let release = () => undefined as void
    const released = new Promise<void>((resolve) => (release = resolve))
    await using slow = await openPlayerBench({ hold: ({ from }) => (from === 0 ? undefined : released) })
    const { page, body } = await slow.open(aLongShop())
    await eventually(async () => expect((await state(page)).status).toBe('paused'))
    expect(await body()).toBe('<h1>0</h1>')
    await page.evaluate(() => void window.player.seek(30_000))
    expect((await state(page)).status).toBe('buffering')
    release()
    await eventually(async () => expect(await state(page)).toMatchObject({ status: 'paused', positionMs: 30_000 }))
    expect(await body()).toBe('<h1 class="batch-2">0</h1>')
  })

  it('tries again when the server stumbles', async () => {
    await using stumbling = await openPlayerBench({ status: ({ attempt }) => (attempt === 0 ? 503 : undefined) })
    const { page, loaded } = await stumbling.open(aLongShop())
    await loaded()
    expect((await state(page)).status).toBe('paused')
  })

  it('says that the agent is signed out, or that the server refuses', async () => {
    await using strict = await openPlayerBench({ status: ({ attempt }) => (attempt === 0 ? 401 : 403) })
    const signedOut = await strict.open(aLongShop())
    await signedOut.loaded()
    expect(await state(signedOut.page)).toMatchObject({ status: 'failed', failure: 'SIGNED_OUT' })
    const refused = await strict.open(aLongShop())
    await refused.loaded()
    expect(await state(refused.page)).toMatchObject({ status: 'failed', failure: 'NETWORK' })
  })
})
