import { eventually, type ChromiumPage } from '@vasistas/testing'
import { rrweb, type ReplayRecord, type SerializedNode } from '@vasistas/wire/recording'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aNode, aPage, aRecording, element, mutation, opening, START, STREAM, text, type Page } from './aRecording.ts'
import { openPlayerBench, type OpenedPlayer, type PlayerBench } from './openPlayerBench.ts'

let bench: PlayerBench
beforeAll(async () => {
  bench = await openPlayerBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

async function replay(page: Page, ...records: readonly ReplayRecord[]): Promise<OpenedPlayer> {
  const end = mutation(10_000, { attributes: [{ id: page.id('body'), attributes: { 'data-end': '' } }] })
  const opened = await bench.open(aRecording([{ stream: STREAM, batches: [[...opening(page), ...records, end]] }]))
  await opened.loaded()
  return opened
}

/** A computed style of the first element that the selector finds, in the replayed document. */
const styleOf = (page: ChromiumPage, selector: string, property: string) =>
  page.evaluate(
    ([found, name]) => {
      const document = window.player.frame.contentDocument
      const target = document?.querySelector(found)
      return target ? document?.defaultView?.getComputedStyle(target).getPropertyValue(name) : 'nothing found'
    },
    [selector, property] as const,
  )

const RED = 'rgb(255, 0, 0)'
const BLUE = 'rgb(0, 0, 255)'

/** What one sees after a seek to a moment from behind, and after playing on to it; there it may be 250 ms later. */
async function atBothWays(opened: OpenedPlayer, at: number, look: () => Promise<void>): Promise<void> {
  await opened.seek(9000)
  await opened.seek(at)
  await look()
  await opened.seek(at - 1050)
  await opened.page.evaluate(async (to) => {
    window.player.play()
    while (window.player.state.positionMs < to) await new Promise((resolve) => requestAnimationFrame(resolve))
    window.player.pause()
  }, at)
  await eventually(look)
}

describe('the replayed page', () => {
  it('has shadow trees, moved with their hosts', async () => {
    const page = aPage([
      element(
        'div',
        { key: 'host' },
        [
          element('style', { _cssText: 'b{color:red}' }, [], { isShadow: true }),
          element('b', { key: 'inner' }, ['in'], { isShadow: true }),
          'light',
        ],
        { isShadowHost: true },
      ),
      element('section', { key: 'section' }),
    ])
    const host = page.id('host')
    const opened = await replay(
      page,
      mutation(1000, {
        adds: [
          {
            parentId: host,
            nextId: page.id('inner'),
            node: { ...aNode(element('i', {}, []), 70), isShadow: true } as SerializedNode,
          },
        ],
      }),
      mutation(2000, {
        removes: [{ parentId: page.id('body'), id: host }],
        adds: [
          {
            parentId: page.id('section'),
            nextId: null,
            node: aNode(element('div', {}, [], { isShadowHost: true }), 80),
          },
          { parentId: 80, nextId: null, node: { ...aNode(element('u'), 81), isShadow: true } as SerializedNode },
        ],
      }),
    )
    const shadow = () =>
      opened.page.evaluate(() => window.player.frame.contentDocument?.querySelector('div')?.shadowRoot?.innerHTML)
    await opened.seek(1500)
    expect(await shadow()).toBe('<style>b{color:red}</style><i></i><b>in</b>')
    await opened.seek(2500)
    expect(await shadow()).toBe('<u></u>')
    expect(await opened.body()).toBe('<section><div></div></section>')
    await opened.page.close()
  })

  it('has the documents of frames, which scroll and change on their own', async () => {
    const page = aPage([element('iframe', { key: 'frame', width: '300', height: '100' })])
    const frameDocument = (id: number, words: string): SerializedNode => ({
      type: rrweb.NODE.document,
      id,
      childNodes: [
        aNode(
          element('html', {}, [
            element('head'),
            element('body', {}, [element('p', {}, [words]), element('div', { style: 'height:900px' })]),
          ]),
          id + 1,
        ),
      ],
    })
    const opened = await replay(
      page,
      mutation(100, {
        adds: [{ parentId: page.id('frame'), nextId: null, node: frameDocument(100, 'first') }],
        isAttachIframe: true,
      }),
      mutation(1000, { texts: [{ id: 105, value: 'changed' }] }),
      { type: 'scroll', at: START + 1500, node: 100, left: 0, top: 40 },
      mutation(3000, {
        adds: [{ parentId: page.id('frame'), nextId: null, node: frameDocument(200, 'another page') }],
        isAttachIframe: true,
      }),
    )
    const inner = () =>
      opened.page.evaluate(() => {
        const document = window.player.frame.contentDocument?.querySelector('iframe')?.contentDocument
        return [document?.querySelector('p')?.textContent, document?.scrollingElement?.scrollTop]
      })
    await atBothWays(opened, 2000, async () => expect(await inner()).toEqual(['changed', 40]))
    await opened.seek(3500)
    expect(await inner()).toEqual(['another page', 0])
    await opened.page.close()
  })

  it('follows sheets: their text, their rules, and those adopted', async () => {
    const page = aPage(
      [
        element('p', { class: 'a' }, ['a']),
        element('div', { key: 'host' }, [element('p', {}, [], { isShadow: true })], { isShadowHost: true }),
      ],
      [
        element('style', { key: 'sheet', _cssText: '.a{color:red}' }),
        element('style', { key: 'empty' }),
        element('style', { key: 'text' }, ['.b{color:red}']),
      ],
    )
    const rule = (at: number, more: Partial<ReplayRecord & { type: 'style-sheet' }>): ReplayRecord => ({
      type: 'style-sheet',
      at: START + at,
      ...more,
    })
    const opened = await replay(
      page,
      rule(1000, { node: page.id('sheet'), adds: [{ rule: '.a{color:blue}', index: 1 }] }),
      rule(2000, { node: page.id('sheet'), removes: [{ index: 1 }] }),
      rule(2100, { node: page.id('empty'), adds: [{ rule: '.a{opacity:0.5}', index: 0 }] }),
      rule(2200, { node: page.id('empty'), adds: [{ rule: '@media all{.z{color:red}}', index: 0 }] }),
      rule(2300, { node: page.id('empty'), adds: [{ rule: '.a{margin-left:7px}', index: [0, 1] }] }),
      mutation(3000, { attributes: [{ id: page.id('sheet'), attributes: { _cssText: '.a{color:green}' } }] }),
      {
        type: 'adopted-sheets',
        at: START + 4000,
        node: 1,
        styleIds: [1],
        styles: [{ styleId: 1, rules: [{ rule: '.a{padding-left:3px}', index: 0 }] }],
      },
      rule(4100, { styleId: 1, adds: [{ rule: '.a{padding-right:4px}', index: 1 }] }),
      rule(5000, { styleId: 1, replace: '.a{padding-left:9px}' }),
      { type: 'adopted-sheets', at: START + 6000, node: 1, styleIds: [] },
    )
    const look = async () =>
      Promise.all(
        ['color', 'opacity', 'margin-left', 'padding-left', 'padding-right'].map((name) =>
          styleOf(opened.page, '.a', name),
        ),
      )
    await atBothWays(opened, 1500, async () => expect(await look()).toEqual([BLUE, '1', '0px', '0px', '0px']))
    await atBothWays(opened, 2500, async () => expect(await look()).toEqual([RED, '0.5', '7px', '0px', '0px']))
    await atBothWays(opened, 4500, async () =>
      expect(await look()).toEqual(['rgb(0, 128, 0)', '0.5', '7px', '3px', '4px']),
    )
    await atBothWays(opened, 5500, async () => expect((await look()).slice(3)).toEqual(['9px', '0px']))
    await atBothWays(opened, 6500, async () => expect((await look()).slice(3)).toEqual(['0px', '0px']))
    await opened.page.close()
  })

  it('shows what fields show, where things are scrolled, and what media do', async () => {
    const page = aPage([
      element('input', { key: 'input', value: '•••••' }),
      element('input', { key: 'box', type: 'checkbox' }),
      element('textarea', { key: 'area', value: 'first' }),
      element('video', { key: 'video', rr_mediaState: 'played', rr_mediaCurrentTime: 3 }),
      element('div', { key: 'list', style: 'height:50px;overflow:auto', rr_scrollTop: 30 }, [
        element('div', { style: 'height:500px' }),
      ]),
    ])
    const opened = await replay(
      page,
      { type: 'input', at: START + 1000, node: page.id('input'), text: 'typed', checked: false },
      { type: 'input', at: START + 1100, node: page.id('box'), text: 'on', checked: true },
      { type: 'input', at: START + 1200, node: page.id('area'), text: 'second', checked: false },
      { type: 'scroll', at: START + 1300, node: page.id('list'), left: 0, top: 120 },
      {
        type: 'media',
        at: START + 1400,
        node: page.id('video'),
        action: 'pause',
        currentTime: 12,
        volume: 0.5,
        muted: true,
        loop: false,
        playbackRate: 1.5,
      },
    )
    const look = () =>
      opened.page.evaluate(() => {
        const find = (selector: string) => window.player.frame.contentDocument?.querySelector(selector)
        const video = find('video') as HTMLVideoElement
        return [
          (find('input') as HTMLInputElement).value,
          (find('[type=checkbox]') as HTMLInputElement).checked,
          (find('textarea') as HTMLTextAreaElement).value,
          find('div')?.scrollTop,
          [video.currentTime, video.volume, video.muted, video.playbackRate],
        ]
      })
    await opened.seek(500)
    expect(await look()).toEqual(['•••••', false, 'first', 30, [3, 1, false, 1]])
    await atBothWays(opened, 2000, async () =>
      expect(await look()).toEqual(['typed', true, 'second', 120, [12, 0.5, true, 1.5]]),
    )
    await opened.page.close()
  })

  it('shows what the pointer hovers and presses and what has the keyboard, without taking either from the dashboard', async () => {
    const page = aPage(
      [
        element('nav', { key: 'nav' }, [element('a', { key: 'link', href: 'https://shop.example/' }, ['link'])]),
        element('input', { key: 'input', style: 'position:absolute;left:300px;top:200px' }),
      ],
      [
        element('style', {
          _cssText:
            'body{margin:0} nav:hover{color:red} a:active{color:blue} input:focus{opacity:0.5} body:focus-within{margin-top:1px}',
        }),
      ],
    )
    const opened = await replay(
      page,
      {
        type: 'pointer-move',
        at: START + 1000,
        pointer: 'mouse',
        positions: [
          { x: 5, y: 5, node: page.id('link'), offset: -100 },
          { x: 9, y: 9, node: page.id('link'), offset: 0 },
        ],
      },
      { type: 'pointer-action', at: START + 1200, action: 'mouseDown', node: page.id('link'), x: 9, y: 9 },
      { type: 'pointer-action', at: START + 3000, action: 'mouseUp', node: page.id('link'), x: 9, y: 9 },
      {
        type: 'pointer-move',
        at: START + 4000,
        pointer: 'mouse',
        positions: [{ x: 310, y: 210, node: page.id('input'), offset: 0 }],
      },
      { type: 'focus', at: START + 4100, node: page.id('input'), focused: true },
      { type: 'focus', at: START + 6000, node: page.id('input'), focused: false },
    )
    await opened.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('input'), { id: 'own' }))
      document.querySelector<HTMLElement>('#own')?.focus()
    })
    await atBothWays(opened, 1100, async () => expect(await styleOf(opened.page, 'nav', 'color')).toBe(RED))
    await atBothWays(opened, 5000, async () => {
      expect(await styleOf(opened.page, 'nav', 'color')).toBe('rgb(0, 0, 0)')
      expect(await styleOf(opened.page, 'input', 'opacity')).toBe('0.5')
      expect(await styleOf(opened.page, 'body', 'margin-top')).toBe('1px')
    })
    await opened.seek(7000)
    expect(await styleOf(opened.page, 'input', 'opacity')).toBe('1')
    expect(await opened.page.evaluate(() => document.activeElement?.id)).toBe('own')
    // The cursor is drawn above the page, in the size of the screen.
    const cursor = await opened.page.evaluate(
      () => document.querySelector('#stage svg')?.getBoundingClientRect().toJSON() as DOMRect,
    )
    const frame = await opened.page.evaluate(() => window.player.frame.getBoundingClientRect().toJSON() as DOMRect)
    expect([Math.round(cursor.left - frame.left), Math.round(cursor.top - frame.top)]).toEqual([307, 208])
    await opened.page.close()
  })

  it('keeps the mode, the size and the formulas of a page, and the box of what was blocked', async () => {
    const quirky = aPage([
      element('table', {}, [element('tbody', {}, [element('tr', {}, [element('td', { key: 'cell' }, ['cell'])])])]),
      element('math', {}, [element('mfrac', {}, [element('mi', {}, ['x']), element('mn', {}, ['2'])])]),
      element('span', { rr_width: '80px', rr_height: '24px', title: 'hidden' }, ['never'], { needBlock: true }),
    ])
    const node = { ...quirky.node, compatMode: 'BackCompat', childNodes: quirky.node.childNodes.slice(1) }
    const opened = await replay({ ...quirky, node }, { type: 'viewport', at: START + 2000, width: 400, height: 300 })
    expect(await opened.page.evaluate(() => window.player.frame.contentDocument?.compatMode)).toBe('BackCompat')
    expect(await styleOf(opened.page, 'math', 'display')).toBe('math')
    expect(await styleOf(opened.page, 'span', 'width')).toBe('80px')
    expect(await opened.body()).not.toMatch(/never|hidden/)
    const size = () =>
      opened.page.evaluate(() => [
        window.player.frame.contentWindow?.innerWidth,
        window.player.frame.contentWindow?.innerHeight,
      ])
    expect(await size()).toEqual([800, 600])
    await atBothWays(opened, 2500, async () => expect(await size()).toEqual([400, 300]))
    await opened.page.close()
  })

  it('follows text that code writes into a style element', async () => {
    const page = aPage([element('p', {}, ['p'])], [element('style', { key: 'style' }, ['p{color:red}'])])
    const style = page.id('style')
    const opened = await replay(
      page,
      mutation(1000, { adds: [{ parentId: style, nextId: null, node: text(90, 'p{opacity:0.5}') }] }),
      mutation(2000, { texts: [{ id: 90, value: 'p{opacity:0.25}' }] }),
      mutation(3000, { removes: [{ parentId: style, id: 90 }] }),
    )
    const look = async () => [await styleOf(opened.page, 'p', 'color'), await styleOf(opened.page, 'p', 'opacity')]
    await atBothWays(opened, 1500, async () => expect(await look()).toEqual([RED, '0.5']))
    await atBothWays(opened, 2500, async () => expect(await look()).toEqual([RED, '0.25']))
    await atBothWays(opened, 3500, async () => expect(await look()).toEqual([RED, '1']))
    await opened.page.close()
  })
})
