import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findCanary } from './findCanary.ts'
import { openRecorderBench, type RecordedPage, type RecorderBench, type RecordOptions } from './openRecordedPage.ts'

let bench: RecorderBench
beforeAll(async () => {
  bench = await openRecorderBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

/** Records a page, lets a visitor type into `#field`, and lets the page do something with it afterwards. */
async function visit(
  body: string,
  typed: string,
  act: string,
  { before, options }: { readonly before?: string; readonly options?: RecordOptions } = {},
): Promise<RecordedPage> {
  const visited = await bench.open(
    `<!doctype html><html><head><title>A shop</title></head><body><h1>Welcome words</h1>${body}<p id="out"></p></body></html>`,
  )
  if (before) await visited.page.evaluate(before)
  await visited.start(options)
  await visited.records()
  if (typed) {
    await visited.page.locator('#field').focus()
    await visited.page.keyboard.type(typed)
  }
  await visited.page.evaluate(
    `{ const out = document.querySelector('#out'), field = document.querySelector('#field'); ${act} }`,
  )
  await visited.records()
  await visited.page.waitForTimeout(50)
  await visited.takeSnapshot()
  return visited
}

/** What left of the canaries, in any spelling, and what failed. */
async function leaksOf(visited: RecordedPage, canaries: readonly string[]): Promise<readonly string[]> {
  const sent = await visited.sent()
  const failures = await visited.failures()
  await visited.page.close()
  if (!sent.includes('Welcome words')) return ['nothing was recorded at all']
  return [
    ...failures,
    ...canaries.flatMap((canary) => {
      // The spellings of so short a word occur anywhere.
      if (canary.length < 4) return sent.toLowerCase().includes(canary) ? [canary] : []
      return findCanary(sent, canary).map((spelling) => `${canary} ${spelling}`)
    }),
  ]
}

const FIELD = '<input id="field" name="q">'

interface Copy {
  readonly typed: string
  readonly act: string
  readonly canaries: readonly string[]
  readonly html?: string
}

const COPIES: readonly (readonly [how: string, copy: Copy])[] = [
  [
    'an answer that comes when more was typed already',
    { typed: 'zanqudorv', act: 'out.textContent = "No results for zanqudo"', canaries: ['zanqud'] },
  ],
  [
    'an answer that comes when something else was typed over it',
    {
      typed: 'zanqudorv',
      act: 'field.value = "something else"; field.dispatchEvent(new InputEvent("input", { bubbles: true })); out.textContent = "No results for zanqudorv"',
      canaries: ['zanqud'],
    },
  ],
  [
    'a greeting with one word of it',
    { typed: 'Zanqud Worvelit', act: 'out.textContent = "Hello Worvelit, welcome"', canaries: ['worvelit'] },
  ],
  [
    'a name of three letters',
    {
      typed: 'Zqk',
      act: 'field.dispatchEvent(new Event("focusout", { bubbles: true })); out.textContent = "Hello Zqk!"',
      canaries: ['zqk'],
    },
  ],
  [
    'a value that was picked, without an event',
    {
      typed: 'za',
      act: 'field.value = "zanqudorv"; field.blur(); out.textContent = "To zanqudorv"',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a preview in paragraphs and bold words',
    {
      html: '<textarea id="field"></textarea>',
      typed: 'Good morning to the zanqudorv people\nI am called worvelit by everybody who knows me',
      act: 'out.innerHTML = "<i>Good morning to the <b>zanqudorv</b> people</i><i>I am called worvelit by everybody who knows me</i>"',
      canaries: ['zanqudorv', 'worvelit'],
    },
  ],
  [
    'the address of a search',
    { typed: 'zanqudorv', act: 'history.pushState(null, "", "/search/zanqudorv")', canaries: ['zanqudorv'] },
  ],
  [
    'the address of a search, escaped',
    {
      typed: 'zanqudorv élite',
      act: 'history.pushState(null, "", "/search/" + encodeURIComponent("zanqudorv élite"))',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a link',
    {
      typed: 'zanqudorv élite',
      act: 'out.innerHTML = "<a href=/search/zanqudorv%20%C3%A9lite>more</a>"',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'the address of an image',
    { typed: 'zanqudorv', act: 'out.innerHTML = "<img src=/avatar/zanqudorv.png>"', canaries: ['zanqudorv'] },
  ],
  [
    'a drawing written into an address',
    {
      typed: 'zanqudorv',
      act: 'out.innerHTML = `<img src="data:image/svg+xml;utf8,<svg xmlns=%22http://www.w3.org/2000/svg%22><text>zanqudorv</text></svg>">`',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a drawing written into an address, as base64',
    {
      typed: 'zanqudorv',
      act: 'out.innerHTML = `<img src="data:image/svg+xml;base64,${btoa("<svg><text>zanqudorv</text></svg>")}">`',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'the image of a style',
    {
      typed: 'zanqudorv',
      act: 'out.style.backgroundImage = "url(/avatar/zanqudorv.png)"',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a filter made of a style sheet',
    {
      typed: 'zanqudorv',
      act: 'out.innerHTML = `<style>li:not([data-words*="zanqudorv"]){display:none}</style>`',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a filter put into a style sheet, unquoted',
    {
      html: `${FIELD}<style>li{color:red}</style>`,
      typed: 'zanqudorv',
      act: 'document.styleSheets[0].insertRule("li:not([data-words~=zanqudorv]){display:none}")',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a custom property',
    { typed: 'zanqudorv', act: 'out.style.setProperty("--query", field.value)', canaries: ['zanqudorv'] },
  ],
  [
    'a class that a rule of the same moment names',
    {
      typed: 'zanqudorv',
      act: 'out.innerHTML = "<style>.tag-zanqudorv{color:red}</style><b class=tag-zanqudorv id=zanqudorv>x</b>"',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a class, while a sheet of another origin names nobody knows what',
    {
      html: `${FIELD}<link rel="stylesheet" href="data:text/css,b{}">`,
      typed: 'zanqudorv',
      act: 'out.innerHTML = "<b class=tag-zanqudorv>x</b>"',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a state that a rule asks for',
    {
      html: `${FIELD}<style>[data-query]{color:red}</style>`,
      typed: 'zanqudorv',
      act: 'out.dataset.query = field.value',
      canaries: ['zanqudorv'],
    },
  ],
  [
    'a keyword',
    { typed: 'zanqudorv', act: 'out.innerHTML = "<p lang=zanqudorv align=zanqudorv>x</p>"', canaries: ['zanqudorv'] },
  ],
]

describe('a page that repeats what was typed', () => {
  it.each(COPIES)('tells nothing of it by %s', async (_, { html = FIELD, typed, act, canaries }) => {
    expect(await leaksOf(await visit(html, typed, act), canaries)).toEqual([])
  })

  it('leaves words alone that only begin like it', async () => {
    const visited = await visit(FIELD, 'information', 'out.textContent = "An informal dinner"')
    expect(await visited.sent()).toContain('An informal dinner')
    await visited.page.close()
  })

  it('keeps its own style after it', async () => {
    const visited = await visit(
      `<style>.black{color:black} .card{--tone:black}</style>${FIELD}<b class="black card">x</b>`,
      'black',
      'document.querySelector("b").className = "card black"',
    )
    const sent = await visited.sent()
    expect(sent).not.toContain('{color:•')
    expect(sent).toContain('"class":"card black"')
    await visited.page.close()
  })
})

describe('a password', () => {
  it('stays one in a field without a name that takes its place, also where the site records what is typed', async () => {
    const visited = await visit('<input id="field" type="password">', 'zanqudorv', '', {
      options: { policy: { recordFormInputs: true } },
    })
    await visited.page.evaluate(() => {
      const old = document.querySelector<HTMLInputElement>('#field')
      const field = document.createElement('input')
      field.value = old?.value ?? ''
      old?.replaceWith(field)
      field.focus()
    })
    await visited.records()
    await visited.page.keyboard.type('worvelit')
    await visited.records()
    expect(await leaksOf(visited, ['zanqudorv', 'worvelit'])).toEqual([])
  })

  it('typed on a pad of digits is told by no focus', async () => {
    const keys = Array.from('1234567890', (digit) => `<button>${digit} <small>ABC</small></button>`).join('')
    const visited = await visit(`<div>${keys}</div>`, '', '')
    for (const digit of '4711') await visited.page.locator('button', { hasText: digit }).first().click()
    const told = (await visited.records()).filter(({ type }) => /focus|pointer/.test(type))
    expect(told).toEqual([])
    await visited.page.close()
  })
})

describe('an editor', () => {
  it.each(['CodeMirror', 'monaco-editor vs-dark', 'ace_editor', 'terminal xterm'])(
    'that draws by itself what is typed is a field: %s',
    async (className) => {
      const visited = await visit(
        `<div class="${className}"><textarea id="field"></textarea><pre></pre></div>`,
        '',
        'document.querySelector("pre").innerHTML = "<span>zanqudorv</span>"',
      )
      expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
    },
  )

  it('that is a whole document is a field', async () => {
    const visited = await visit('<iframe srcdoc="<p>a</p>"></iframe>', '', '')
    await visited.page.frames()[1]?.evaluate(() => {
      document.designMode = 'on'
      document.body.focus()
    })
    await visited.records()
    await visited.page.frames()[1]?.evaluate(() => {
      const text = document.querySelector('p')?.firstChild
      if (text) text.nodeValue = 'zanqudorv'
    })
    await visited.takeSnapshot()
    expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
  })
})

describe('a place that is masked', () => {
  it('tells no words of attributes that belong to other elements', async () => {
    const visited = await visit(
      '<div data-vasistas="mask"><x-name text="zanqudorv" from="zanqudorv"></x-name><b result="zanqudorv" color="zanqudorv">x</b></div>',
      '',
      '',
    )
    expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
  })

  it('tells no words of states that a sheet asks for without naming them', async () => {
    const visited = await visit(
      '<style>[data-name]{color:red} [data-state=open]{margin:0}</style><div data-vasistas="mask" data-name="zanqudorv" data-state="open"></div>',
      '',
      '',
    )
    expect(await visited.sent()).toContain('"data-state":"open"')
    expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
  })

  it('is masked although it became so while the page was told in slices', async () => {
    const visited = await bench.open(
      `<!doctype html><body><h1>Welcome words</h1><div id="late">${'<p>x</p>'.repeat(30_000)}<b></b></div></body>`,
    )
    await visited.start()
    await visited.page.evaluate(async () => {
      await new Promise((done) => setTimeout(done, 30))
      const late = document.querySelector('#late')
      late?.classList.add('rr-mask')
      late?.lastElementChild?.append('zanqudorv')
    })
    expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
  })
})

describe('an excluded page', () => {
  it('is not recorded although a router took the browser’s functions before the recording began', async () => {
    const visited = await visit(
      '',
      '',
      'out.textContent = "on the shelf"; history.pushState(null, "", "/checkout/pay"); out.textContent = "zanqudorv"',
      {
        before: `{ const push = history.pushState.bind(history); history.pushState = (...args) => push(...args) }`,
        options: { policy: { excludedPages: ['/checkout/*'] } },
      },
    )
    expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
  })

  it('is one by its whole address, also when only what is not told of it changed', async () => {
    const visited = await visit(
      '',
      '',
      'history.pushState(null, "", "/orders/11111"); out.textContent = "a"; history.pushState(null, "", "/orders/22222"); out.textContent = "zanqudorv"',
      { options: { policy: { excludedPages: ['/orders/22222'] } } },
    )
    expect(await leaksOf(visited, ['zanqudorv'])).toEqual([])
  })
})
