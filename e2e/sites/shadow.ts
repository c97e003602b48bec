import { callPage } from './settle.ts'
import type { TestSite } from './testSite.types.ts'
import { writePage } from './writePage.ts'

const BODY = `
<x-outer theme="warm"><span slot="title">Slotted title</span><p>Slotted into the default slot</p>Loose text</x-outer>
<x-late>was here before its definition</x-late>
<div id="declared"><template shadowrootmode="open"><style>p { color: rgb(31, 74, 69) }</style><p>Declared in the markup</p><slot>nothing given</slot></template></div>
<x-closed>light child of a closed root</x-closed>
<article id="plain">Becomes a host later</article>
<x-list><li>one</li><li>two</li></x-list>`

const SCRIPT = `
const shared = new CSSStyleSheet()
shared.replaceSync(':host { display: block; padding: .5rem; border: 1px solid rgb(200, 85, 61) } ::slotted(p) { color: rgb(138, 95, 20) } b { color: rgb(0, 0, 200) }')
const own = new CSSStyleSheet()
own.replaceSync('h2 { font-size: 22px } :host([theme=warm]) h2 { background-color: rgb(255, 233, 184) }')
customElements.define('x-inner', class extends HTMLElement {
  constructor() { super(); this.attachShadow({ mode: 'open' }); this.shadowRoot.adoptedStyleSheets = [shared] }
  connectedCallback() { if (!this.shadowRoot.firstChild) this.shadowRoot.innerHTML = '<b>inner</b> <slot>inner fallback</slot><x-innermost></x-innermost>' }
})
customElements.define('x-innermost', class extends HTMLElement {
  connectedCallback() { if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).innerHTML = '<style>i { color: rgb(120, 0, 120) }</style><i part="deep">three roots deep</i><input value="x">' }
})
customElements.define('x-outer', class extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true })
    root.adoptedStyleSheets = [shared, own]
    root.innerHTML = '<h2><slot name="title">no title</slot></h2><slot></slot><x-inner><slot name="inner">passed through</slot></x-inner>'
  }
})
customElements.define('x-closed', class extends HTMLElement {
  connectedCallback() { this.attachShadow({ mode: 'closed' }).innerHTML = '<slot></slot> <em>nobody can see this</em>' }
})
customElements.define('x-list', class extends HTMLElement {
  connectedCallback() { this.attachShadow({ mode: 'open', slotAssignment: 'manual' }).innerHTML = '<ul><slot id="first"></slot></ul><ul style="opacity: .5"><slot id="rest"></slot></ul>'
    const [first, ...rest] = this.children; this.shadowRoot.querySelector('#first').assign(first); this.shadowRoot.querySelector('#rest').assign(...rest) }
})
const outer = document.querySelector('x-outer')
function defineLate() {
  customElements.define('x-late', class extends HTMLElement { connectedCallback() { if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).innerHTML = '<strong>late</strong> <slot></slot>' } })
}
function attachLater() {
  const root = document.querySelector('#plain').attachShadow({ mode: 'open' })
  root.innerHTML = '<style>:host { color: rgb(0, 110, 60) }</style><slot></slot> in a root of its own'
  root.adoptedStyleSheets.push(shared)
}
function changeSheets() {
  shared.insertRule('b { text-transform: uppercase }', shared.cssRules.length)
  own.replaceSync('h2 { font-size: 30px }')
  document.querySelector('x-outer').shadowRoot.adoptedStyleSheets = [own, shared]
}
function moveSlots() {
  outer.querySelector('[slot]').slot = 'inner'
  const title = document.createElement('span'); title.slot = 'title'; title.textContent = 'Another title'; outer.append(title)
  outer.setAttribute('theme', 'cold')
}
function mutateDeep() {
  const deep = outer.shadowRoot.querySelector('x-inner').shadowRoot.querySelector('x-innermost').shadowRoot
  deep.querySelector('i').append(' and changed')
  deep.append(document.createElement('x-inner'))
}
function moveHost() { document.body.prepend(outer); document.querySelector('#declared').append(document.querySelector('x-late')) }
function removeAndReturn() { const late = document.querySelector('x-late'); late.remove(); document.body.append(late); document.querySelector('x-list').remove() }`

export const shadow: TestSite = {
  name: 'shadow',
  start: '/',
  typed: [],
  pages: (snippet) => ({
    '/': writePage({
      title: 'Shadow roots',
      snippet,
      head: '<style>x-innermost::part(deep) { text-decoration: underline }</style>',
      body: BODY,
      script: SCRIPT,
    }),
  }),
  steps: [
    { name: 'defines an element that was there already', run: callPage('defineLate') },
    { name: 'gives an element a root', run: callPage('attachLater') },
    { name: 'changes adopted sheets and their order', run: callPage('changeSheets') },
    { name: 'reassigns slots', run: callPage('moveSlots') },
    { name: 'changes what lies three roots deep', run: callPage('mutateDeep') },
    { name: 'moves hosts', run: callPage('moveHost') },
    { name: 'removes hosts and brings one back', run: callPage('removeAndReturn') },
  ],
}
