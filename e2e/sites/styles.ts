import { callPage, settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const HEAD = `
<link rel="stylesheet" href="/main.css">
<link id="print" rel="stylesheet" href="/print.css" media="print">
<link id="off" rel="stylesheet" href="/off.css" disabled>
<style id="inline">.inline { color: rgb(10, 120, 10) } .inline + .after { font-weight: 700 }</style>
<style id="empty"></style>
<style id="layers">@layer base, theme; @layer theme { .layered { color: rgb(0, 90, 180) } } @layer base { .layered { color: rgb(200, 0, 0) } }</style>
<style id="container">.holder { container-type: inline-size; width: 30rem } @container (min-width: 20rem) { .contained { background-color: rgb(255, 233, 184) } }</style>`

const BODY = `
<h1 class="heading">Style sheets</h1>
<p class="imported">from an imported sheet</p><p class="inline">inline</p><p class="after">after</p>
<p class="inserted">by insertRule</p><p class="adopted">by an adopted sheet</p><p class="layered">layers</p>
<div class="holder"><p class="contained">container</p></div>
<p class="narrow">narrow windows have me green</p><p class="nested">nested <b>rules</b></p><p class="supported">supported</p>
<p class="off">waits for a disabled sheet</p><p class="print">print only</p>
<p class="styled" style="--own: rgb(138, 95, 20); color: var(--own); padding: 2px">inline style</p>
<p class="pseudo"></p><ul class="counted"><li>a</li><li>b</li></ul>
<p class="quoted">a quote in content</p>`

const SCRIPT = `
const adopted = new CSSStyleSheet({ media: 'screen' })
adopted.replaceSync('.adopted { color: rgb(90, 0, 140) }')
document.adoptedStyleSheets.push(adopted)
const empty = document.querySelector('#empty').sheet
for (let index = 0; index < 40; index++) empty.insertRule('.generated-' + index + ' { order: ' + index + ' }')
empty.insertRule('.inserted { color: rgb(200, 85, 61) }', 20)
function insertRules() {
  empty.insertRule('.inserted { background-color: rgb(240, 240, 255) }', 0)
  empty.insertRule('@media (min-width: 1px) { .inserted { font-style: italic } }', empty.cssRules.length)
  const media = empty.cssRules[empty.cssRules.length - 1]
  media.insertRule('.inserted { text-decoration: underline }', 1)
  media.deleteRule(0)
}
function deleteRules() { for (let index = 0; index < 10; index++) empty.deleteRule(5); document.querySelector('#inline').sheet.deleteRule(1) }
function changeDeclarations() {
  const rule = document.querySelector('#inline').sheet.cssRules[0]
  rule.style.setProperty('color', 'rgb(180, 60, 0)', 'important')
  rule.style.removeProperty('missing')
  rule.style.borderLeft = '4px solid rgb(31, 74, 69)'
  rule.selectorText = '.inline, .supported'
}
function changeAdopted() { adopted.replaceSync('.adopted { color: rgb(0, 0, 0); letter-spacing: 2px }'); const other = new CSSStyleSheet(); other.insertRule('.pseudo::before { content: "other" }'); document.adoptedStyleSheets = [other, adopted] }
function changeLinks() {
  document.querySelector('#off').disabled = false
  document.querySelector('#print').media = 'all'
  document.querySelector('#layers').disabled = true
}
function changeText() { document.querySelector('#inline').textContent = '.inline { color: rgb(0, 60, 200) }'; document.querySelector('#container').firstChild.data += ' .contained { padding: 4px }' }
function changeInline() {
  const { style } = document.querySelector('.styled')
  style.setProperty('--own', 'rgb(45, 106, 69)'); style.padding = ''; style.cssText += '; outline: 1px dashed rgb(200, 85, 61)'
  document.querySelector('.heading').className = 'heading loud'
  document.documentElement.style.setProperty('--space', '3px')
}
async function addSheet() {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/late.css' })
  const loaded = new Promise((resolve) => { link.onload = resolve })
  document.head.append(link); await loaded
  const style = document.createElement('style'); document.head.append(style); style.sheet.insertRule('.late-rule { color: red }'); style.sheet.insertRule('.counted { gap: 9px }')
}
function removeSheet() { document.querySelector('#empty').remove(); document.adoptedStyleSheets.pop() }`

export const styles: TestSite = {
  name: 'styles',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({ title: 'Style sheets', snippet, head: HEAD, body: BODY, script: SCRIPT }),
    '/main.css': `@charset "utf-8"; @import url("/imported.css") layer(base);
      @namespace svg url(http://www.w3.org/2000/svg);
      .heading { color: #8a5f14 } .heading.loud { text-transform: uppercase }
      .narrow { color: rgb(90, 90, 90) } @media (max-width: 700px) { .narrow { color: rgb(0, 128, 0) } }
      .nested { color: rgb(60, 60, 60); & b { color: rgb(200, 0, 90) } }
      @supports (display: grid) { .supported { display: grid; grid-template-columns: 1fr 2fr } }
      .pseudo::before { content: "from content: “ünïcödé” \\201C" } .pseudo:is(:hover, :focus)::before { color: red }
      .counted { counter-reset: item } .counted li::marker { content: counter(item) "→" } .counted li { counter-increment: item }
      .quoted { quotes: "«" "»" } .quoted::before { content: open-quote } .quoted::after { content: close-quote }
      @property --tilt { syntax: "<angle>"; inherits: false; initial-value: 0deg }
      @font-face { font-family: "Missing"; src: url("/missing.woff2") format("woff2") }`,
    '/imported.css': '@import "/deeper.css"; .imported { color: rgb(31, 74, 69) }',
    '/deeper.css':
      '.imported { font-style: italic; background-image: url("data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E") }',
    '/print.css': '.print { color: rgb(160, 0, 0) }',
    '/off.css': '.off { color: rgb(0, 120, 160) }',
    '/late.css': '.after { color: rgb(120, 0, 60) }',
  }),
  steps: [
    { name: 'inserts rules, also inside a group', run: callPage('insertRules') },
    { name: 'deletes rules', run: callPage('deleteRules') },
    { name: 'changes declarations and a selector', run: callPage('changeDeclarations') },
    { name: 'changes adopted sheets', run: callPage('changeAdopted') },
    { name: 'turns sheets on and off', run: callPage('changeLinks') },
    { name: 'changes the text of style elements', run: callPage('changeText') },
    { name: 'changes inline styles', run: callPage('changeInline') },
    { name: 'adds sheets', run: callPage('addSheet') },
    {
      name: 'makes the window narrow',
      async run(page) {
        await page.setViewportSize({ width: 600, height: 700 })
        await settle(page)
      },
    },
    { name: 'removes sheets', run: callPage('removeSheet') },
  ],
}
