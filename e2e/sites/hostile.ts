import { callPage, settle } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

/** Names of DOM properties as names of fields: `form.attributes` and its like are fields here. */
const CLOBBERING = [
  'attributes',
  'childNodes',
  'nodeName',
  'nodeType',
  'tagName',
  'localName',
  'parentNode',
  'firstChild',
  'nextSibling',
  'children',
  'getAttribute',
  'hasAttribute',
  'matches',
  'closest',
  'classList',
  'id',
  'shadowRoot',
  'ownerDocument',
  'textContent',
  'innerHTML',
  'querySelector',
  'addEventListener',
  'isConnected',
  'contains',
  'type',
  'value',
  'elements',
  'dataset',
  'style',
]

const BODY = `
<form id="clobbered" data-vasistas="mask">${CLOBBERING.map((name) => `<input name="${name}" value="clobbers ${name}">`).join('')}</form>
<a id="location"></a><a id="top" name="parent"></a><p id="length"></p><b id="document"></b>
<a.dotted>dot</a.dotted><a-:colon>colon</a-:colon><tag_with_a_very_long_name_${'x'.repeat(200)}>long</tag_with_a_very_long_name_${'x'.repeat(200)}>
<p @click="go" :bound="x" #ref v-on:click.prevent="y" [prop]="z" (event)="w" onclick="void 0" data-="" 1="one" data-vasistas="nonsense">odd attributes</p>
<p title='"quoted" <b>not bold</b> &amp;lt;' class="  a	b
 c  ">odd values</p>
<a href="javascript:void(0)">script address</a> <a href=" java
script:void(0)">broken script address</a> <a href="//">empty</a> <a href="http://[broken">broken</a> <a href="data:text/html,<p>x">data</a>
<div><form id="one"><div></form><form id="two"><input name="crossed"></div></form></div>
<table><div>fostered</div><tr><p>fostered too</p><td>cell</table>
<template id="inert"><p>inert</p><script>window.ran = true</script></template><noscript><p>no script</p></noscript>
<script type="text/template"><b>not a node</b></script><script type="application/json">{"secret":"in a script"}</script>
<object data="data:text/plain,object" width="60" height="30">fallback</object><embed src="data:text/plain,embed" width="60" height="30"><iframe srcdoc="<script>parent.framed = true</script><p>a frame that runs" width="120" height="40" title="srcdoc"></iframe>
<p id="unicode">null �, lone, right‏to‎left, zero​width, combining é̂̂̂̂, 𝒜𝓈𝓉𝓇𝒶𝓁, 👩‍👩‍👧‍👦</p>
<select><div>in a select</div><option>o<span>span</span></select><textarea><b>not bold</b></textarea><title>in the body</title><style>.styled-in-body { color: rgb(1, 2, 3) }</style><link rel="stylesheet" href="/missing.css">
<base href="/elsewhere/"><meta name="description" content="in the body"><p id="deep"></p><p id="wide"></p>`

const SCRIPT = `
function nestDeep() { let at = document.querySelector('#deep'); for (let level = 0; level < 400; level++) at = at.appendChild(document.createElement('span')); at.textContent = 'bottom' }
function spreadWide() { const wide = document.querySelector('#wide'); wide.append(...Array.from({ length: 1500 }, (_, index) => index % 2 ? 't' + index : document.createElement('wbr'))) }
function growAttribute() { document.querySelector('#wide').setAttribute('data-large', 'x'.repeat(200000)); document.querySelector('#wide').setAttribute('class', 'y'.repeat(5000)) }
function makeOddNodes() {
  const odd = [document.createElement('x:prefixed'), document.createElementNS('urn:nobody', 'nobody:thing'), document.createElementNS('http://www.w3.org/1999/xhtml', 'UPPER'),
    document.createElementNS(null, 'none'), document.createComment('--!>'), document.createElementNS('http://www.w3.org/2000/svg', 'p'), document.createElement('script')]
  odd[0].setAttributeNS('urn:nobody', 'n:attribute', 'v'); odd[6].type = 'text/plain'; odd[6].textContent = 'not run'
  document.body.append(...odd, document.createProcessingInstruction('php', 'echo 1'), String.fromCharCode(0xd800) + 'lone' + String.fromCharCode(0))
  const loop = document.createElement('div'); document.body.append(loop); loop.remove(); document.body.append(loop); document.body.append(document.querySelector('#clobbered'))
}
function churn() {
  const box = document.createElement('div'); document.body.append(box)
  for (let index = 0; index < 300; index++) { const child = document.createElement('i'); child.textContent = index; box.append(child); if (index % 3) child.remove(); else box.prepend(child) }
  for (let index = 0; index < 300; index++) box.setAttribute('data-turn', index % 2)
}
function replaceBodyAndHead() { const body = document.createElement('body'); body.innerHTML = '<h1 id="after">A new body</h1><p>and nothing else</p>'; document.documentElement.replaceChild(body, document.getElementsByTagName('body')[0]) }`

/** Here the document itself is clobbered: `document.body` is a form, `document.createElement` a picture. */
const CLOBBERED = `<h1>Named like the document's own</h1><p id="text">before</p>
<img name="querySelector" alt=""><img name="createElement" alt=""><img name="addEventListener" alt=""><img name="documentElement" alt="">
<form name="body"><input name="inside" value="in a form called body"></form><form name="head"></form><img name="defaultView" alt=""><img name="cookie" alt="">`

/** What old libraries and odd pages do to everybody's prototypes, before anything else runs. */
const POLLUTION = `
Array.prototype.toJSON = function () { return 'toJSON of an old library' }
String.prototype.toJSON = function () { return 'string ' + this.length }
Object.prototype.polluted = 'yes'
Array.prototype.extra = function () {}
Element.prototype.matches = () => { throw new Error('matches is taken') }
Element.prototype.closest = () => null
Element.prototype.getAttribute = () => 'from a patched getAttribute'
Node.prototype.contains = () => true
Array.from = () => []
window.MutationObserver = class { observe() {} disconnect() {} takeRecords() { return [] } }
window.requestAnimationFrame = (callback) => setTimeout(() => callback(0), 5)
performance.now = () => 4; Date.now = () => 42
window.Map = class extends Map { get() { return undefined } }
console.log = () => { throw new Error('no logging here') }`

export const hostile: TestSite = {
  name: 'hostile',
  start: '/',
  typed: ['typed-into-a-clobbered-form'],
  pages: (snippet) => ({
    '/': writePage({ title: 'Hostile', snippet, body: BODY, script: SCRIPT }),
    '/clobbered': writePage({
      title: 'Clobbered',
      snippet,
      body: CLOBBERED,
      script: `function change() { document.getElementById('text').textContent = 'after'; document.getElementById('text').after('and more') }`,
    }),
    '/polluted': writePage({
      title: 'Polluted',
      head: `<script>${POLLUTION}</script>`,
      snippet,
      body: '<h1>Patched prototypes</h1><p id="text">before</p><input name="field" value="written">',
      script: `function change() { document.querySelector('#text').textContent = 'after'; document.body.append(document.createElement('hr')) }`,
    }),
  }),
  steps: [
    {
      name: 'types into a form whose fields are called like DOM properties',
      async run(page) {
        // Not by a locator: Playwright itself trips over such a form.
        await page.evaluate(() => document.getElementsByName('childNodes')[0]?.focus())
        await page.keyboard.press('End')
        await page.keyboard.type('typed-into-a-clobbered-form')
        await page.evaluate(() => document.getElementsByName('attributes')[0]?.click())
        await settle(page)
      },
    },
    { name: 'nests four hundred levels', run: callPage('nestDeep') },
    { name: 'puts fifteen hundred nodes beside each other', run: callPage('spreadWide') },
    { name: 'grows an attribute of 200 kB', run: callPage('growAttribute') },
    { name: 'makes odd nodes', run: callPage('makeOddNodes') },
    { name: 'adds and removes within one task', run: callPage('churn') },
    { name: 'replaces its body', run: callPage('replaceBodyAndHead') },
    {
      name: 'goes to a page that clobbers its document',
      async run(page) {
        await page.goto(new URL('/clobbered', page.url()).href)
      },
    },
    { name: 'changes there', run: (page) => page.evaluate('change()') },
    {
      name: 'goes to a page with patched prototypes',
      async run(page) {
        await page.goto(new URL('/polluted', page.url()).href)
      },
    },
    { name: 'changes in spite of the patches', run: (page) => page.evaluate('change()') },
  ],
}
