import { fileURLToPath } from 'node:url'

import { bundleForBrowser, openChromium, startStaticServer } from '@vasistas/testing'
import { DEFAULT_PRIVACY, type PrivacyPolicy } from '@vasistas/wire/core'
import { decodeRecords, type ReplayRecord } from '@vasistas/wire/recording'
import { expect, it } from 'vitest'

import { inspectBatch } from '../src/indexing/inspectBatch.ts'

const RECORDER = fileURLToPath(new URL('../../recorder/test/recorderInPage.ts', import.meta.url))

/** Every kind of thing that a rule of the second pass looks at. */
const PAGE = `<!doctype html><html lang="en"><head><title>Doors</title>
<link rel="stylesheet" href="/sheet.css?v=12345678">
<style>/* a note */ .card::before { content: "Hello Ada"; } .card { background: url("/a.png?x=1") } [data-state="open"] { color: teal }</style>
</head><body>
<nav><a href="/doors/12345678?ref=ada#top" class="card unknown" aria-label="Ada" data-state="open" onclick="void 0">Doors</a>
<a href="javascript:void(0)">More</a><a href="mailto:ada@example.com">Write</a></nav>
<p title="Ada">Write to ada@example.com or +33 6 12 34 56 78. Card 4242 4242 4242 4242, key sk_live_51Habcdefgh. Visit https://shop.example/?session=abc</p>
<form><label>Name <input name="name" value="Ada" placeholder="Your name"></label><input type="email" value="ada@example.com">
<input type="password" value="secret"><input type="checkbox" checked><input type="radio" name="r" checked><input type="submit" value="Send">
<textarea>two doors</textarea><select><optgroup label="x"><option selected>One</option><option>Two</option></optgroup></select>
<output>17</output><meter value="0.5">half</meter><button>Buy</button></form>
<div contenteditable="true" role="textbox">some words</div><div style="width:10px;background:url('/b.png?y=2')" data-vasistas="mask">masked</div>
<div data-vasistas="block"><p>blocked</p></div><div data-vasistas="allow">allowed 123456789</div>
<img src="/a.png?width=3" srcset="/a.png 1x, /b.png?2 2x" alt="Ada"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<svg viewBox="0 0 10 10" width="10"><defs><linearGradient id="grad"><stop offset="0" stop-color="red"/></linearGradient></defs>
<path d="M0 0L5,5" fill="url(#grad)"/><use href="#grad"/><text>Ada</text></svg>
<video src="/v.mp4" poster="/p.png?x" muted></video><iframe srcdoc="<p>inside 4242424242424242</p>"></iframe>
<x-door></x-door><ada@example>odd</ada@example><script>window.x = 'script text'</script><noscript>no</noscript>
<ol start="3"><li value="4">x</li></ol><table><tr><td colspan="2">cell</td></tr></table><details open><summary>s</summary>d</details>
<script>
customElements.define('x-door', class extends HTMLElement { constructor() { super(); const root = this.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet(); sheet.replaceSync('p { color: red; background: url("/c.png?z=3") }'); root.adoptedStyleSheets = [sheet];
  root.innerHTML = '<style>p::after{content:"Ada"}</style><p>shadow ada@example.com</p>' } })
</script></body></html>`

const POLICIES: Readonly<Record<string, Partial<PrivacyPolicy>>> = {
  'the default settings': {},
  'form inputs recorded': { recordFormInputs: true },
  'all that can be recorded': {
    recordFormInputs: true,
    recordEmails: true,
    recordNumbers: true,
    allow: ['p'],
    allowedQueryNames: ['ref'],
    imageHosts: ['cdn.example'],
  },
  'the strict level': { level: 'strict' },
}

it('finds nothing in what our own recorder tells, with any settings', async () => {
  await using server = await startStaticServer({ '/': PAGE, '/sheet.css': '.card{color:blue} #grad{opacity:1}' })
  await using browser = await openChromium()
  const script = await bundleForBrowser(RECORDER, 'recorder')
  for (const [name, changes] of Object.entries(POLICIES)) {
    const page = await browser.newPage()
    await page.goto(`${server.origin}/?ref=ada&session=12345678`)
    await page.evaluate(`{ ${script}; window.told = recorder.record(${JSON.stringify(changes)}) }`)
    await page.locator('input[name=name]').fill('Grace 4242424242424242')
    await page.locator('textarea').fill('three doors')
    await page.locator('select').selectOption({ index: 1 })
    await page.locator('input[type=checkbox]').uncheck()
    await page.evaluate(`{
      const p = document.querySelector('p'); p.firstChild.data = 'IBAN FR76 3000 6000 0112 3456 7890 189'; p.setAttribute('title', 'x'); p.className = 'card';
      document.querySelector('nav a').href = '/other/98765432?y=1'; document.body.append(document.querySelector('form').cloneNode(true));
      document.querySelector('style').sheet.insertRule('.late { background: url("/d.png?q=1") }'); history.pushState(0, '', '/next/12345678?token=1');
      document.querySelector('li').setAttribute('value', '5'); document.querySelector('textarea').value = 'ada@example.com'; window.dispatchEvent(new ErrorEvent('error', { error: new TypeError('Ada') }))
    }`)
    const sent = await page.evaluate<string[]>(
      `new Promise((done) => setTimeout(() => { told.recording.flush(); done(told.sent) }, 300))`,
    )
    await page.close()
    const decoded = decodeRecords(`[${sent.join()}]`)
    const { records, unknown } = decoded.ok ? decoded.value : { records: [] as ReplayRecord[], unknown: 0 }
    expect([name, records.some(({ type }) => type === 'snapshot'), unknown]).toEqual([name, true, 0])
    const policy = { ...DEFAULT_PRIVACY, ...changes }
    const found = records
      .map((record) => [inspectBatch([record], policy), record] as const)
      .filter(([reason]) => reason)
    expect([name, found]).toEqual([name, []])
    expect([name, inspectBatch(records, policy)]).toEqual([name, undefined])
  }
})
