import { callPage, settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const BODY = `
<h1>Frames</h1>
<iframe id="src" src="/inside" width="360" height="140" title="by address"></iframe>
<iframe id="srcdoc" width="360" height="90" title="by srcdoc" srcdoc="&lt;!doctype html&gt;&lt;style&gt;p { color: rgb(200, 85, 61) }&lt;/style&gt;&lt;p&gt;Written in an attribute&lt;/p&gt;"></iframe>
<iframe id="written" width="360" height="90" title="written"></iframe>
<div id="later"></div>`

const SCRIPT = `
const written = document.querySelector('#written').contentDocument
written.open()
written.write('<!doctype html><title>written</title><style>b { color: rgb(31, 74, 69) }</style><p>Written <b>by hand</b></p>')
written.close()
function loaded(frame) { return new Promise((resolve) => frame.addEventListener('load', () => resolve(frame), { once: true })) }
function changeInside() {
  const inside = document.querySelector('#src').contentDocument
  inside.querySelector('p').textContent = 'Changed from outside'
  inside.body.append(Object.assign(inside.createElement('ins'), { textContent: 'added' }))
  inside.styleSheets[0].insertRule('ins { background-color: rgb(255, 233, 184) }', 0)
  written.body.firstElementChild.append(' and again')
}
async function addFrame() {
  const frame = document.createElement('iframe')
  frame.src = '/inside?later'
  const ready = loaded(frame)
  document.querySelector('#later').append(frame)
  await ready
  const blank = document.createElement('iframe')
  document.querySelector('#later').append(blank)
  blank.contentDocument.body.innerHTML = '<p>Filled without an address</p>'
}
async function navigateFrame() {
  const frame = document.querySelector('#src')
  const ready = loaded(frame)
  frame.src = '/other'
  await ready
}
async function rewriteSrcdoc() {
  const frame = document.querySelector('#srcdoc')
  const ready = loaded(frame)
  frame.srcdoc = '<p>A second document</p>'
  await ready
}
async function moveFrame() {
  const frame = document.querySelector('#later iframe')
  const ready = loaded(frame)
  document.body.prepend(frame)
  await ready
}
function removeFrame() { document.querySelector('#later').replaceChildren() }`

const INSIDE = writePage({
  title: 'Inside',
  body: `<p>Inside a frame</p><input name="inner" aria-label="inner field"><iframe src="/deep" width="240" height="60" title="deep"></iframe><div style="height: 600px">tall</div>`,
})

export const frames: TestSite = {
  name: 'frames',
  start: '/',
  typed: ['marzipan-in-a-frame'],
  pages: (snippet) => ({
    '/': writePage({ title: 'Frames', snippet, body: BODY, script: SCRIPT }),
    '/inside': INSIDE,
    '/deep': writePage({ title: 'Deep', body: '<p>Two frames deep</p>' }),
    '/other': writePage({ title: 'Other', body: '<h2>Another page</h2><ul><li>in the same frame</li></ul>' }),
  }),
  steps: [
    {
      name: 'scrolls, clicks and types inside a frame',
      async run(page) {
        const inside = page.frameLocator('#src')
        await inside.locator('input').click()
        await page.keyboard.type('marzipan-in-a-frame')
        await page.mouse.wheel(0, 120)
        await page.waitForFunction(() => {
          const frame = document.querySelector<HTMLIFrameElement>('#src')
          return (frame?.contentDocument?.documentElement.scrollTop ?? 0) >= 100
        })
        await settle(page)
      },
    },
    { name: 'changes documents inside frames', run: callPage('changeInside') },
    { name: 'gets frames later', run: callPage('addFrame') },
    { name: 'navigates a frame', run: callPage('navigateFrame') },
    { name: 'gives a frame another srcdoc', run: callPage('rewriteSrcdoc') },
    { name: 'moves a frame, which loads it again', run: callPage('moveFrame') },
    { name: 'removes frames', run: callPage('removeFrame') },
  ],
}
