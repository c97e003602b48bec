import { eventually } from '@vasistas/testing'
import type { ReplayRecord, SerializedNode } from '@vasistas/wire/recording'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRecorderBench, type RecordedPage, type RecorderBench, type RecordOptions } from './openRecordedPage.ts'
import { attributesOf, childrenOf, replayModel, writeTree } from './replayModel.ts'

let bench: RecorderBench
beforeAll(async () => {
  bench = await openRecorderBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

async function recorded(body: string, options: RecordOptions = {}, head = ''): Promise<RecordedPage> {
  const page = await bench.open(
    `<!doctype html><html><head><title>A shop</title>${head}</head><body>${body}</body></html>`,
  )
  await page.start(options)
  await page.records()
  return page
}

type OfType<Type extends ReplayRecord['type']> = Extract<ReplayRecord, { readonly type: Type }>

async function ofType<Type extends ReplayRecord['type']>(
  page: RecordedPage,
  type: Type,
): Promise<readonly OfType<Type>[]> {
  return (await page.records()).filter((record): record is OfType<Type> => record.type === type)
}

async function tree(page: RecordedPage): Promise<string> {
  return writeTree(replayModel(await page.records()))
}

/** The replay equals what a fresh snapshot tells, whatever way the page came to where it is. */
async function expectSameAsSnapshot(page: RecordedPage): Promise<void> {
  const before = await tree(page)
  await page.takeSnapshot()
  const records = await page.records()
  const last = records.findLastIndex((record) => record.type === 'snapshot')
  expect(before).toBe(writeTree(replayModel(records.slice(last))))
}

describe('startRecording', () => {
  it('tells the page first and the snapshot second', async () => {
    const page = await recorded('<p>words</p>')
    const [first, second] = await page.records()
    expect(first).toMatchObject({ type: 'page', url: `${bench.origin}/`, width: 1000, height: 700 })
    expect(second).toMatchObject({ type: 'snapshot', left: 0, top: 0, node: { type: 0, id: 1 } })
  })

  it('refuses to record when a selector that raises privacy is not valid', async () => {
    const page = await bench.open('<p>words</p>')
    await page.start({ policy: { block: ['.secret, :bogus(x)'] } })
    expect(await page.page.evaluate(() => window.told.recording === undefined)).toBe(true)
    expect(await page.records()).toEqual([])
  })

  it('tells nothing more once it has stopped, and gives the page its functions back', async () => {
    const page = await recorded('<p id="p">words</p>')
    const natives = await page.page.evaluate(() => {
      window.told.recording?.stop()
      window.told.recording?.stop()
      document.querySelector('p')?.append('more')
      history.pushState(null, '', '/p/2')
      return [history.pushState, CSSStyleSheet.prototype.insertRule, Element.prototype.attachShadow].map(String)
    })
    const count = (await page.records()).length
    await page.page.mouse.move(50, 50)
    await page.page.waitForTimeout(300)
    expect((await page.records()).length).toBe(count)
    expect(natives.every((text) => text.includes('[native code]'))).toBe(true)
  })

  it('tells quirks mode and leaves the doctype to the player', async () => {
    const page = await bench.open('<html><body><p>old</p></body></html>')
    await page.start()
    const [, snapshot] = await page.records()
    expect(snapshot).toMatchObject({ node: { compatMode: 'BackCompat' } })
  })

  it('finishes a snapshot of a big page in slices while the page goes on changing', async () => {
    const page = await bench.open('<body><main></main></body>')
    await page.page.evaluate(() => {
      const main = document.querySelector('main') as HTMLElement
      main.innerHTML = '<section><h2>title</h2><p>some <b>bold</b> words</p></section>'.repeat(6000)
    })
    await page.start()
    await page.page.evaluate(async () => {
      const main = document.querySelector('main') as HTMLElement
      for (let turn = 0; turn < 40; turn++) {
        const sections = main.children
        main.prepend(sections[(turn * 131) % sections.length] as Element)
        sections[(turn * 977) % sections.length]?.remove()
        sections[(turn * 577) % sections.length]?.append(document.createElement('i'))
        ;(sections[(turn * 313) % sections.length] as Element).querySelector('p')?.append(`turn ${turn}`)
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    })
    await expectSameAsSnapshot(page)
    expect(await page.failures()).toEqual([])
  })
})

describe('trackPointer', () => {
  it('samples moves and tells clicks with the node and the place', async () => {
    const page = await recorded(
      '<button id="b" style="position:absolute;left:100px;top:100px;width:80px;height:40px">Buy</button>',
    )
    for (let step = 0; step < 30; step++) await page.page.mouse.move(100 + step, 110)
    await page.page.mouse.click(130, 120)
    const moves = (await ofType(page, 'pointer-move')).flatMap(({ positions }) => positions)
    expect(moves.length).toBeGreaterThan(0)
    expect(moves.length).toBeLessThan(30)
    expect(moves.every(({ offset }) => offset <= 0)).toBe(true)
    const actions = await ofType(page, 'pointer-action')
    expect(actions.map(({ action }) => action)).toEqual(['mouseDown', 'mouseUp', 'click'])
    expect(actions[2]).toMatchObject({ x: 130, y: 120 })
    expect(await tree(page)).toContain(`${actions[2]?.node} <button`)
  })

  it.each([
    ['blocked', 'data-vasistas="block"'],
    ['ignored', 'data-vasistas="ignore"'],
    ['marked for another recorder', 'class="ph-no-capture"'],
  ])('says nothing of what happens in a %s element', async (_, mark) => {
    const page = await recorded(
      `<div ${mark} style="width:400px;height:400px"><input style="width:300px;height:300px"></div>`,
    )
    await page.page.mouse.move(100, 100)
    await page.page.mouse.move(120, 120)
    await page.page.mouse.click(150, 150)
    await page.page.keyboard.type('hello')
    const types = new Set((await page.records()).map(({ type }) => type))
    expect([...types].sort()).toEqual(['page', 'snapshot'])
  })

  it('drops clicks on a pad of digits', async () => {
    const keys = Array.from({ length: 10 }, (_, digit) => `<button>${digit}</button>`).join('')
    const page = await recorded(`<div>${keys}</div><p><button id="ok">OK</button></p>`)
    for (const digit of ['4', '2', '7']) await page.page.getByRole('button', { name: digit }).click()
    await page.page.locator('#ok').click()
    const clicks = (await ofType(page, 'pointer-action')).filter(({ action }) => action === 'click')
    expect(clicks).toHaveLength(1)
  })

  it('follows no strokes on a canvas', async () => {
    const page = await recorded('<canvas width="500" height="400"></canvas>')
    await page.page.mouse.move(50, 50)
    await page.page.waitForTimeout(60)
    await page.page.mouse.down()
    for (let step = 0; step < 10; step++) {
      await page.page.mouse.move(60 + step * 20, 60 + (step % 3) * 30)
      await page.page.waitForTimeout(20)
    }
    await page.page.mouse.up()
    const positions = (await ofType(page, 'pointer-move')).flatMap((record) => record.positions)
    expect(positions.every(({ x, y }) => x === 50 && y === 50)).toBe(true)
  })

  it('tells the node of a click inside a shadow tree', async () => {
    const page = await recorded('<div id="host"></div>')
    await page.page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      if (root) root.innerHTML = '<button>Inside</button>'
    })
    await page.records()
    await page.page.getByRole('button').click()
    const click = (await ofType(page, 'pointer-action')).find(({ action }) => action === 'click')
    expect(await tree(page)).toContain(`${click?.node} <button> (shadow)`)
  })
})

describe('trackScroll', () => {
  it('tells where the page, an element and an element of a shadow tree stand', async () => {
    const page = await recorded(
      '<div id="box" style="height:100px;overflow:auto"><p style="height:900px">tall</p></div><div id="host"></div><p style="height:3000px">taller</p>',
    )
    await page.page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      if (root) root.innerHTML = '<section style="height:80px;overflow:auto"><p style="height:500px">x</p></section>'
    })
    await page.records()
    await page.page.evaluate(() => {
      document.querySelector('#box')?.scrollTo(0, 120)
      document.querySelector('#host')?.shadowRoot?.querySelector('section')?.scrollTo(0, 60)
      scrollTo(0, 700)
    })
    await eventually(async () => {
      const tops = (await ofType(page, 'scroll')).map(({ top }) => top)
      expect(new Set(tops)).toEqual(new Set([120, 60, 700]))
    })
  })

  it('starts a snapshot from where things stand', async () => {
    const page = await bench.open(
      '<!doctype html><div id="box" style="height:100px;overflow:auto"><p style="height:900px">x</p></div><p style="height:3000px">y</p>',
    )
    await page.page.evaluate(() => {
      document.querySelector('#box')?.scrollTo(0, 40)
      scrollTo(0, 300)
    })
    await page.start()
    const [, snapshot] = await page.records()
    expect(snapshot).toMatchObject({ top: 300 })
    expect(JSON.stringify(snapshot)).toContain('"rr_scrollTop":40')
  })
})

describe('trackInput', () => {
  it('tells by default once and only that something was typed', async () => {
    const page = await recorded('<input id="q">')
    await page.page.locator('#q').pressSequentially('several words', { delay: 30 })
    const inputs = await ofType(page, 'input')
    expect(inputs.map(({ text, checked }) => [text, checked])).toEqual([['•••••', false]])
  })

  it('tells what was typed where the site says so, in steps of a tenth of a second', async () => {
    const page = await recorded('<input id="q">', { policy: { recordFormInputs: true } })
    await page.page.locator('#q').pressSequentially('several words', { delay: 15 })
    const inputs = await ofType(page, 'input')
    expect(inputs.at(-1)?.text).toBe('several words')
    expect(inputs.length).toBeLessThan('several words'.length)
  })

  it('tells no choice by default', async () => {
    const page = await recorded(
      '<input type="checkbox" id="c"><select><option>one<option>two</select><input type="radio" name="r">',
    )
    await page.page.locator('#c').check()
    await page.page.locator('[type=radio]').check()
    await page.page.locator('select').selectOption('two')
    expect(await ofType(page, 'input')).toEqual([])
    expect(await page.sent()).not.toMatch(/"(?:checked|selected)":|"isChecked":true|two/)
  })

  it('tells choices where the site says so, also those that code makes', async () => {
    const page = await recorded(
      '<input type="checkbox" id="c"><input type="radio" name="r" id="r1"><input type="radio" name="r" id="r2"><select><option>one<option>two</select><textarea></textarea>',
      { policy: { recordFormInputs: true } },
    )
    await page.page.locator('#r1').check()
    await page.page.locator('#c').check()
    await page.page.locator('#r2').check()
    await page.page.locator('select').selectOption('two')
    await page.page.evaluate(() => {
      const area = document.querySelector('textarea') as HTMLTextAreaElement
      area.value = 'set by code'
      document.body.append('changed')
    })
    await page.page.waitForTimeout(150)
    await expectSameAsSnapshot(page)
    expect(await tree(page)).toContain('value="set by code"')
  })

  it.each(['email', 'password', 'tel'])('never tells what goes into a field of type %s', async (type) => {
    const page = await recorded(`<input id="q" type="${type}">`, { policy: { recordFormInputs: true } })
    await page.page.locator('#q').pressSequentially('0612345678', { delay: 10 })
    expect((await ofType(page, 'input')).map(({ text }) => text)).toEqual(['•••••'])
  })
})

describe('trackFocus', () => {
  it('tells which field has the keyboard', async () => {
    const page = await recorded('<input id="a"><input id="b">')
    await page.page.locator('#a').focus()
    await page.page.locator('#b').focus()
    expect((await ofType(page, 'focus')).map(({ focused }) => focused)).toEqual([true, false, true])
  })
})

describe('trackViewport', () => {
  it('tells the new size', async () => {
    const page = await recorded('<p>x</p>')
    await page.page.setViewportSize({ width: 640, height: 480 })
    await eventually(async () =>
      expect((await ofType(page, 'viewport')).at(-1)).toMatchObject({ width: 640, height: 480 }),
    )
    await page.page.setViewportSize({ width: 1000, height: 700 })
  })
})

describe('trackNavigation', () => {
  it('tells route changes without query and fragment, and no change of those alone', async () => {
    const page = await recorded('<p>x</p>')
    await page.page.evaluate(() => {
      history.pushState(null, '', '/p/2?token=abc#frag')
      history.replaceState(null, '', '/p/2?token=def')
    })
    await page.page.goBack()
    await eventually(async () =>
      expect((await ofType(page, 'navigation')).map(({ url }) => url)).toEqual([
        `${bench.origin}/p/2`,
        `${bench.origin}/`,
      ]),
    )
  })

  it('records nothing of an excluded page, and begins anew after it', async () => {
    const page = await recorded('<p id="p">shop words</p>', { policy: { excludedPages: ['/checkout/*'] } })
    await page.page.evaluate(() => {
      history.pushState(null, '', '/checkout/pay')
      document.querySelector('#p')?.append('card words')
    })
    await page.page.waitForTimeout(300)
    await page.page.mouse.click(20, 20)
    expect((await page.records()).at(-1)).toMatchObject({ type: 'gap', reason: 'excluded-page' })
    expect(await page.sent()).not.toMatch(/checkout|card words/)
    await page.page.evaluate(() => {
      document.querySelector('#p')?.replaceChildren('thank you')
      history.pushState(null, '', '/p/1')
    })
    const types = (await page.records()).map(({ type }) => type)
    expect(types).toEqual(['page', 'snapshot', 'gap', 'page', 'snapshot'])
    await page.page.mouse.click(20, 20)
    expect((await page.records()).at(-1)?.type).toBe('pointer-action')
  })

  it('records nothing when it starts on an excluded page', async () => {
    const page = await bench.open('<p>words</p>', '/checkout/pay')
    await page.start({ policy: { excludedPages: ['/checkout/*'] } })
    expect((await page.records()).map(({ type }) => type)).toEqual(['gap'])
  })
})

describe('trackStyleSheet', () => {
  it('tells sheets as they are, also those that code filled', async () => {
    const page = await bench.open(
      '<!doctype html><style>.a{margin:var(--m);margin-top:0}</style><style id="s"></style><link rel="stylesheet" href="/sheet.css"><p class="a b from-link nowhere">x</p>',
    )
    await page.page.evaluate(() => {
      document.querySelector<HTMLStyleElement>('#s')?.sheet?.insertRule('.b{color:red}')
    })
    await page.start()
    const text = await tree(page)
    expect(text).toContain('margin:var(--m);margin-top:0')
    expect(text).toContain('.b { color: red; }')
    expect(text).toContain('.from-link { color: rgb(1, 2, 3); }')
    expect(text).toContain('class="a b from-link"')
  })

  it('tells rules put in and taken out, one by one', async () => {
    const page = await recorded('<p>x</p>', {}, '<style id="s"></style>')
    await page.page.evaluate(() => {
      const sheet = document.querySelector<HTMLStyleElement>('#s')?.sheet
      sheet?.insertRule('.one{color:red}')
      sheet?.insertRule('.two{background:url(/a.png?x=1)}', 1)
      sheet?.deleteRule(0)
    })
    expect((await ofType(page, 'style-sheet')).map(({ adds, removes }) => adds ?? removes)).toEqual([
      [{ rule: '.one{color:red}', index: 0 }],
      [{ rule: `.two{background:url("${bench.origin}/a.png")}`, index: 1 }],
      [{ index: 0 }],
    ])
  })

  it('tells adopted sheets of documents and shadow roots, each sheet once, and their changes', async () => {
    const page = await recorded('<div id="host"></div>')
    await page.page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('.x{color:red}')
      document.adoptedStyleSheets = [sheet]
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      if (root) root.adoptedStyleSheets.push(sheet)
      Object.assign(window, { sheet })
    })
    const adopted = await ofType(page, 'adopted-sheets')
    expect(adopted.map(({ styleIds, styles }) => [styleIds, styles?.length])).toEqual([
      [[1], 1],
      [[1], 0],
    ])
    await page.page.evaluate(() => (window as unknown as { sheet: CSSStyleSheet }).sheet.replaceSync('.y{color:blue}'))
    expect((await ofType(page, 'style-sheet')).at(-1)).toMatchObject({ styleId: 1, replace: '.y { color: blue; }' })
    await page.takeSnapshot()
    expect((await ofType(page, 'adopted-sheets')).slice(2).map(({ styles }) => styles?.length)).toEqual([1, 0])
  })

  it('tells of an imported sheet what it brings, under its conditions, and the classes it mentions', async () => {
    const page = await recorded('<p class="leaf plain">x</p>')
    await page.page.evaluate(async () => {
      const blob = (css: string) => URL.createObjectURL(new Blob([css], { type: 'text/css' }))
      const style = document.createElement('style')
      style.textContent = `@import "${blob('.leaf{color:red}')}" layer(base) screen;`
      const loaded = new Promise((resolve) => style.addEventListener('load', resolve))
      document.head.append(style)
      await loaded
    })
    expect(await tree(page)).toContain('<p class="leaf">')
    expect(await tree(page)).toContain('@media screen{@layer base{.leaf { color: red; }}}')
    await expectSameAsSnapshot(page)
  })

  it('keeps the names of slots that a sheet asks for, and no others', async () => {
    const page = await recorded(
      '<b slot="title">x</b><i slot="anna">y</i>',
      {},
      "<style>b[slot='title']{color:red}</style>",
    )
    const written = await tree(page)
    expect(written).toContain('slot="title"')
    expect(written).not.toContain('anna')
  })

  it('tells the sheets of a host again when it has moved', async () => {
    const page = await recorded('<div id="host"></div><p></p>')
    await page.page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      if (root) root.adoptedStyleSheets = [sheet]
    })
    const [before] = await ofType(page, 'adopted-sheets')
    await page.page.evaluate(() => document.body.append(document.querySelector('#host') ?? ''))
    const after = (await ofType(page, 'adopted-sheets')).at(-1)
    expect(after?.styleIds).toEqual(before?.styleIds)
    expect(after?.node).not.toBe(before?.node)
  })

  it('tells classes that a later sheet mentions', async () => {
    const page = await recorded('<p class="late plain">x</p>')
    expect(await tree(page)).toContain('<p>')
    await page.page.addStyleTag({ content: '.late{color:red}' })
    expect(await tree(page)).toContain('<p class="late">')
    await expectSameAsSnapshot(page)
  })

  it('tells a sheet that is loaded later', async () => {
    const page = await recorded('<p class="from-link">x</p>')
    await page.page.evaluate(
      () =>
        new Promise((resolve) => {
          const link = Object.assign(document.createElement('link'), {
            rel: 'stylesheet',
            href: '/sheet.css',
            onload: resolve,
          })
          document.head.append(link)
        }),
    )
    await eventually(async () => expect(await tree(page)).toContain('.from-link { color: rgb(1, 2, 3); }'))
    expect(await tree(page)).toContain('<p class="from-link">')
  })
})

describe('trackRoots', () => {
  it('tells the documents of frames, and what changes in them', async () => {
    const page = await recorded('<iframe src="/frame.html"></iframe>')
    await eventually(async () => expect(await tree(page)).toContain('framed words'))
    await page.page.evaluate(() => {
      const inner = document.querySelector('iframe')?.contentDocument
      inner?.body.append('added inside')
      inner?.querySelector('p')?.remove()
    })
    const text = await tree(page)
    expect(text).toContain('added inside')
    expect(text).not.toContain('framed words')
    expect(await page.failures()).toEqual([])
  })

  it('names the document in all that is in a frame, but not in the document itself: players look it up first', async () => {
    const page = await recorded('<iframe src="/frame.html"></iframe>')
    await eventually(async () => expect(await tree(page)).toContain('framed words'))
    const attached = (await ofType(page, 'mutation')).findLast(({ isAttachIframe }) => isAttachIframe)
    const document = attached?.adds[0]?.node as SerializedNode
    expect(document).not.toHaveProperty('rootId')
    expect(childrenOf(document).map(({ rootId }) => rootId)).toEqual([document.id, document.id])
  })

  it('tells a frame that code fills, and one that loads another page', async () => {
    const page = await recorded('<p>x</p>')
    await page.page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      frame.contentDocument?.body.append('written by code')
    })
    expect(await tree(page)).toContain('written by code')
    await page.page.evaluate(
      () =>
        new Promise((resolve) => {
          const frame = document.querySelector('iframe') as HTMLIFrameElement
          frame.onload = resolve
          frame.src = '/frame.html'
        }),
    )
    const text = await tree(page)
    expect(text).toContain('framed words')
    expect(text).not.toContain('written by code')
  })

  it('records what the visitor does in a frame', async () => {
    const page = await recorded('<iframe src="/frame.html" style="width:400px;height:300px"></iframe>', {
      policy: { recordFormInputs: true },
    })
    await eventually(async () => expect(await tree(page)).toContain('framed words'))
    await page.page.frameLocator('iframe').locator('input').fill('typed inside')
    expect((await ofType(page, 'input')).at(-1)).toMatchObject({ text: 'typed inside' })
  })

  it('never opens a blocked frame', async () => {
    const page = await recorded('<div data-vasistas="block"><iframe src="/frame.html"></iframe></div>')
    await page.page.waitForTimeout(300)
    await page.takeSnapshot()
    expect(await page.sent()).not.toContain('framed')
  })

  it('tells shadow trees that come later, and their insides', async () => {
    const page = await recorded('<div id="host"><b>light</b></div>')
    await page.page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' })
      if (root) root.innerHTML = '<p>shade</p><slot></slot>'
    })
    await page.records()
    await page.page.evaluate(() => document.querySelector('#host')?.shadowRoot?.querySelector('p')?.append(' and more'))
    expect(await tree(page)).toContain('"shade"')
    expect(await tree(page)).toContain('" and more"')
    await expectSameAsSnapshot(page)
  })
})

describe('privacy levels at run time', () => {
  it('takes an element out and tells it anew when its level rises', async () => {
    const page = await recorded('<div id="d"><p>private words</p></div>')
    await page.page.evaluate(() => document.querySelector('#d')?.classList.add('rr-mask'))
    expect(await tree(page)).not.toContain('private words')
    await page.page.evaluate(() => document.querySelector('#d')?.setAttribute('data-vasistas', 'block'))
    const text = await tree(page)
    expect(text).toMatch(/<div>\n|<div>$/)
    await expectSameAsSnapshot(page)
  })

  it('stays up when the mark goes away, even before it was looked at', async () => {
    const page = await recorded('<p id="a" class="rr-mask">first</p><p id="b">second</p>')
    await page.page.evaluate(() => {
      document.querySelector('#a')?.classList.remove('rr-mask')
      const b = document.querySelector('#b') as HTMLElement
      b.className = 'rr-block'
      b.className = ''
      b.append(' CANARY')
      document.querySelector('#a')?.append(' CANARY')
    })
    await page.records()
    await page.takeSnapshot()
    expect(await page.sent()).not.toContain('CANARY')
  })

  it('keeps an element blocked that was moved out of a blocked one', async () => {
    const page = await recorded('<div class="rr-block" id="d"><p id="p">words</p></div>')
    await page.page.evaluate(() => {
      const p = document.querySelector('#p') as Element
      p.append('CANARY')
      document.body.append(p)
    })
    await page.takeSnapshot()
    await page.page.evaluate(() => document.querySelector('#p')?.append('CANARY'))
    expect(await page.sent()).not.toMatch(/CANARY|words/)
  })

  it('obeys marks made by code, with elements and selectors, before and during the recording', async () => {
    const page = await bench.open(
      '<!doctype html><p class="one">first words</p><p class="two">second words</p><p class="three">third words</p>',
    )
    await page.start({ marks: [{ target: '.one', mark: 'mask' }] })
    await page.records()
    const answers = await page.page.evaluate(() => [
      window.told.recording?.mark('.two', 'block'),
      window.told.recording?.mark(document.querySelector('.three') as Element, 'mask'),
      window.told.recording?.mark(':bogus(', 'mask'),
    ])
    expect(answers).toEqual([true, true, false])
    const text = await tree(page)
    expect(text).not.toMatch(/first|second|third/)
    await expectSameAsSnapshot(page)
  })

  it('lowers by a call what a class had raised, but never a secret field', async () => {
    const page = await recorded('<div id="d"><p>quiet words</p><input type="password" value="CANARY"></div>', {
      policy: { level: 'strict', recordFormInputs: true },
    })
    expect(await tree(page)).not.toContain('quiet words')
    await page.page.evaluate(() => window.told.recording?.mark(document.querySelector('#d') as Element, 'allow'))
    expect(await tree(page)).toContain('quiet words')
    expect(await page.sent()).not.toContain('CANARY')
  })

  it('obeys a selector of the site that another element makes match', async () => {
    const page = await recorded('<section><p class="x">before</p></section>', {
      policy: { mask: ['.on .x', 'section:has(b) .x'] },
    })
    await page.page.evaluate(() => {
      document.querySelector('section')?.classList.add('on')
      document.querySelector('.x')?.append('CANARY')
    })
    await page.takeSnapshot()
    expect(await page.sent()).not.toContain('CANARY')
  })

  it('masks all words of a strict site', async () => {
    const page = await recorded('<h1>Any words</h1>', { policy: { level: 'strict' } })
    expect(await page.sent()).not.toContain('Any words')
  })
})

describe('what the site tells', () => {
  it('is redacted as page text is', async () => {
    const page = await recorded('<p>x</p>')
    await page.page.evaluate(() =>
      window.told.recording?.event('signed up', { plan: 'large', mail: 'someone@leak.example', count: 3, paid: true }),
    )
    expect(await ofType(page, 'custom')).toMatchObject([
      { name: 'signed up', props: { plan: 'large', mail: '•••••', count: 3, paid: true } },
    ])
  })

  it('says of an error its kind only', async () => {
    const page = await recorded('<p>x</p>')
    await page.page.evaluate(() => {
      setTimeout(() => {
        throw new RangeError('someone@leak.example')
      })
      void Promise.reject(new TypeError('CANARY'))
    })
    await eventually(async () =>
      expect(new Map((await ofType(page, 'error')).map(({ name, message }) => [name, message]))).toEqual(
        new Map([
          ['RangeError', ''],
          ['TypeError', ''],
        ]),
      ),
    )
  })
})

describe('hostile pages', () => {
  const PATCHES = [
    'Element.prototype.matches = () => false',
    'Element.prototype.closest = () => null',
    'Element.prototype.getAttribute = () => null',
    'Element.prototype.getAttributeNames = () => []',
    'Object.defineProperty(Node.prototype, "parentNode", { get: () => null })',
    'Object.defineProperty(HTMLInputElement.prototype, "type", { get: () => "text" })',
    'Object.defineProperty(Element.prototype, "localName", { get: () => "div" })',
    'Array.from = () => []',
    'Function.prototype.call = function () {}',
    'Reflect.apply = () => undefined',
  ]
  it.each(PATCHES)('changes no level by %s', async (patch) => {
    const page = await bench.open(
      '<!doctype html><div class="rr-mask"><p>CANARY</p></div><input type="password" value="CANARY"><div data-vasistas="block">CANARY</div>',
    )
    await page.page.evaluate(patch)
    await page.page.evaluate(
      (policy) => {
        window.told = window.recorder.record(policy)
        window.told.recording?.flush()
      },
      { recordFormInputs: true },
    )
    const sent = await page.page.evaluate(() => window.told.sent.join(' '))
    expect(sent).toContain('"tagName":"body"')
    expect(sent).not.toContain('CANARY')
  })

  it('tells forms as they are, whatever their fields are called', async () => {
    const names =
      'attributes childNodes firstChild nextSibling parentNode nodeType localName tagName shadowRoot classList matches closest getAttribute getAttributeNames isConnected ownerDocument namespaceURI value type id children querySelector querySelectorAll getRootNode scrollTop scrollLeft getBoundingClientRect append remove'.split(
        ' ',
      )
    const page = await recorded(
      `<form class="rr-mask" id="f">${names.map((name) => `<input name="${name}">`).join('')}<p>CANARY</p></form><form id="g"><input name="parentNode"><p>seen</p></form>`,
    )
    await page.page.evaluate(() => {
      const forms = [...document.forms]
      for (const form of forms) Element.prototype.append.call(form, 'CANARY'.slice(0, form.id === 'f' ? 6 : 0))
      Element.prototype.remove.call(forms[1])
    })
    const text = await tree(page)
    expect(text).not.toContain('CANARY')
    expect(text.match(/<input/g)?.length).toBe(names.length)
    await expectSameAsSnapshot(page)
    expect(await page.failures()).toEqual([])
  })

  it('survives a page nested ten thousand deep', async () => {
    const page = await bench.open('<!doctype html><main style="display:none"></main>')
    await page.page.evaluate(() => {
      let at: Element = document.querySelector('main') as Element
      for (let depth = 0; depth < 10_000; depth++) {
        const next = document.createElement('div')
        at.append(next)
        at = next
      }
      at.append('deep')
    })
    await page.start()
    const types = await page.page.evaluate(() => {
      window.told.recording?.flush()
      return window.told.records.map(({ type }) => type)
    })
    expect(types).toEqual(['page', 'snapshot'])
    expect(await page.failures()).toEqual([])
  })

  it('tells of a broken element nothing at all', async () => {
    const page = await bench.open('<!doctype html><p title="x">words</p><div id="broken"><b>CANARY</b></div>')
    await page.page.evaluate(() => {
      // A property of the element itself is out of every prototype's reach.
      const broken = document.querySelector('#broken') as Element
      const names = Element.prototype.getAttributeNames
      Element.prototype.getAttributeNames = new Proxy(names, {
        apply(target, receiver: Element, args: []) {
          if (receiver === broken) throw new Error('broken')
          return Reflect.apply(target, receiver, args)
        },
      })
    })
    await page.start()
    const sent = await page.sent()
    expect(sent).toContain('words')
    expect(sent).not.toContain('CANARY')
  })
})

describe('what a replay needs', () => {
  it('names the parts of drawings by numbers that still meet', async () => {
    const page = await recorded(
      '<svg viewBox="0 0 9 9"><defs><linearGradient id="grad"><stop offset="0"/></linearGradient><g id="shape"/></defs><rect fill="url(#grad)" width="9"/><use href="#shape"/></svg>',
    )
    const text = await tree(page)
    const [, gradient] = /<linearGradient id="(v\d+)"/.exec(text) ?? []
    expect(text).toContain(`fill="url(#${gradient})"`)
    const [, shape] = /<g id="(v\d+)"/.exec(text) ?? []
    expect(text).toContain(`<use href="#${shape}"`)
  })

  it('keeps images of the site without their query and boxes of all others', async () => {
    const page = await recorded(
      '<img src="/image.gif?u=1" width="20" height="20"><img src="https://elsewhere.example/x.png" width="30" height="40">',
    )
    const [, snapshot] = await page.records()
    const text = JSON.stringify(snapshot)
    expect(text).toContain(`"src":"${bench.origin}/image.gif"`)
    expect(text).not.toContain('elsewhere')
    expect(text).toContain('"rr_width":"30px","rr_height":"40px"')
  })

  it('keeps states that a style sheet asks for', async () => {
    const page = await recorded(
      '<p data-state="open" data-user="someone" aria-expanded="true" role="tab">x</p>',
      {},
      '<style>[data-state=open]{color:red} [aria-expanded="true"]{margin:0}</style>',
    )
    expect(await tree(page)).toContain('<p aria-expanded="true" data-state="open">')
  })

  it('tells where nothing may be told the sizes only', async () => {
    const page = await recorded(
      '<div data-vasistas="block" class="user-481" id="u481" style="width:203px;height:61px" title="x"><p>y</p></div>',
    )
    const [, snapshot] = await page.records()
    const [body] = childrenOf(childrenOf(replayModel([snapshot as ReplayRecord]))[1] as never).slice(-1)
    const [box] = childrenOf(body as never)
    expect(attributesOf(box as never)).toEqual({ rr_width: '200px', rr_height: '64px' })
    expect(childrenOf(box as never)).toEqual([])
  })
})
